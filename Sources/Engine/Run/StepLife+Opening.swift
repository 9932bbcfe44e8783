/// From the opening look to the commands.
extension StepLife {
    mutating func decided(_ look: Look, _ ledger: inout Ledger) {
        ledger.record(.looked(node, way, .when, look.verdict, look.basis))
        switch look.verdict {
        case .holds: open(&ledger)
        case .doesNot(let seen), .never(let seen): end(.notWanted(seen))
        case .unknown(let why):
            end(.failed(why: Self.undecided, lastSeen: why))
        }
    }

    mutating func open(_ ledger: inout Ledger) {
        attemptBegan = ledger.now
        attemptDeadline =
            terms.attemptTimeout.map { min(ledger.now + $0, terms.deadline) }
            ?? terms.deadline
        said = []
        guard case .condition(let goal) = goal else {
            let commands = step.apply(.none)
            precondition(!commands.isEmpty, "a step without a goal does something")
            return guardEffect(commands, 0, &ledger)
        }
        let patience = step.silence.map { ledger.now + $0 } ?? .never
        let until = min(attemptDeadline, patience)
        let look = Decided(goal, for: .opening)
        state = .opening(ledger.await(look, until: until, for: .step(node, way)))
    }

    mutating func opened(
        _ look: Look, hasLasted: Bool = false, _ ledger: inout Ledger
    ) {
        ledger.record(.looked(node, way, .opening, look.verdict, look.basis))
        lastSeen = look.verdict.detail
        seen = look.answers
        if look.verdict == .holds { ledger.trust(node, way) }
        if look.verdict != .holds, let caution = step.caution(look.answers) { ledger.warn(caution) }
        guard case .condition(let goal) = goal else {
            preconditionFailure("a step without a goal has no opening look")
        }
        let commands = step.apply(terms.isForced && !isStarted ? .none : look.answers)
        switch look.verdict {
        case .holds where (terms.isForced && !isStarted) || isIncomplete:
            prepare(commands, &ledger)
        case .holds where goal.steadyFor > .zero && !hasLasted:
            // Nothing is to be done but to wait, or was done, and nobody has seen yet whether it
            // lasts.
            if commands.isEmpty || isStarted { return self.look(after: nil, &ledger) }
            let steady = Decided(goal, for: .opening, steadyFor: goal.steadyFor)
            state = .opened(ledger.await(steady, until: attemptDeadline, for: .step(node, way)))
        case .holds:
            tellLeftOver(look.answers, &ledger)
            if way == .forward { return end(isStarted ? .done(look.basis) : .already) }
            end(isStarted ? .undone : .nothingToUndo)
        case .unknown where step.silence == nil:
            fail(Failure(why: "it cannot be told how things stand", isFinal: false), &ledger)
        case .never(let why) where commands.isEmpty || isHopeless:
            lastSeen = ""
            fail(Failure(why: why, isFinal: true), &ledger)
        case .doesNot, .unknown, .never:
            prepare(commands, &ledger)
        }
    }

    /// Whether nothing can make a goal true that can never hold: what the step takes over or gives
    /// up does not exist here. Nothing is announced then, and nothing has to be undone; an undo
    /// tries all the same.
    private var isHopeless: Bool { way == .forward && step.effect != .neither }

    /// Whether this run has announced a command of this step.
    var isStarted: Bool { !announced.isEmpty }

    private mutating func prepare(_ commands: [Command], _ ledger: inout Ledger) {
        guard !commands.isEmpty else { return look(after: nil, &ledger) }
        guardEffect(commands, 0, &ledger)
    }

    mutating func guardEffect(
        _ commands: [Command],
        _ index: Int,
        _ ledger: inout Ledger
    ) {
        guard let guards = terms.guards else { return apply(commands, index, &ledger) }
        let until = min(ledger.now + Self.guardPatience, attemptDeadline)
        let look = Decided(guards, for: .guard)
        let id = ledger.await(look, until: until, for: .step(node, way))
        state = .guarding(id, commands, index)
    }

    mutating func guarded(
        _ look: Look,
        _ commands: [Command],
        _ index: Int,
        _ ledger: inout Ledger
    ) {
        ledger.record(.looked(node, way, .guard, look.verdict, look.basis))
        // With no time left nothing is started, and the guard was not given its time to come back:
        // that is a failure of time, which `apply` tells, and not a broken guard.
        if look.verdict == .holds || ledger.now >= attemptDeadline {
            return apply(commands, index, &ledger)
        }
        brokenGuard = look.verdict
        end(.failed(why: "its guard does not hold", lastSeen: look.verdict.detail))
    }

    private mutating func apply(_ commands: [Command], _ index: Int, _ ledger: inout Ledger) {
        guard ledger.now < attemptDeadline else {
            // Started now, it would be given up on at once, and be in doubt for nothing.
            let why = "no time was left for `\(commands[index].line)`"
            return fail(Failure(why: why, isFinal: false), &ledger)
        }
        if index == 0 {
            announced = commands
            ledger.record(.intent(node, way, attempt: attempt, commands))
        }
        let command = commands[index]
        let id = ledger.execute(command, until: attemptDeadline, for: node, way)
        ledger.record(.commandBegan(node, way, id, command))
        state = .applying(id, commands, index)
    }
}
