/// The life of one step on one way: look, announce, apply, look until it holds.
///
/// An undo is the same life of the inverse step. A life ends with a `result`; until then it has
/// exactly one piece of work open, or waits for its own command in doubt to be gone.
struct StepLife: Sendable {
    /// What the plan and the run's phase allow the step.
    struct Terms: Sendable {
        /// The end of all attempts.
        let deadline: Instant
        /// The limit of one attempt; nil for none but the deadline.
        let attemptTimeout: Duration?
        /// Attempts and pauses; nil for an attempt every second until the deadline.
        let retry: Retry?
        /// Decides whether the step runs at all.
        let when: (any Condition)?
        /// What must hold before each effect.
        let guards: AllOf?
        /// Whether the effect may still come, so that the commands are issued whatever is seen.
        let isForced: Bool
    }

    /// What earlier engines have left of the same way through the step.
    struct Legacy: Sendable {
        /// The commands that they announced.
        var announced: [Command] = []
        /// How it has come out already; nil when it is to be gone through.
        var result: StepResult?
        /// Whether it must wait for a command of theirs to be gone.
        var waits = false
    }

    /// A guard did not hold before an effect.
    var brokenGuard: Verdict?
    /// How the life ended; nil while it goes on.
    var result: StepResult?
    /// The commands that were announced last; empty as long as nothing was.
    var announced: [Command] = []

    let node: NodeID
    let way: Way
    let step: any Step
    /// The step's goal, asked for once.
    let goal: Goal
    let terms: Terms
    let legacy: Legacy
    var state = State.idle
    var attempt = 1
    var attemptDeadline = Instant.never
    var lastSeen = ""
    /// How often it was refused for now, and since when.
    var refusals = 0
    var refusedSince: Instant?
    var isCut = false
    /// Whether any command was started at all that is taken back; without one nothing is.
    var hasActed = false
    /// What the commands of this attempt said of what they could not do.
    var said: [String] = []

    enum State {
        case idle
        /// It does not begin before an earlier engine's command is gone, or the deadline.
        case waiting(WorkID)
        case deciding(WorkID)
        case opening(WorkID)
        case guarding(WorkID, [Command], Int)
        case applying(WorkID, [Command], Int)
        case looking(WorkID, failure: Failure?)
        case pausing(WorkID)
        /// The next attempt waits until the command in doubt is gone, or the deadline.
        case settling(WorkID)
    }

    /// Why an attempt came to nothing.
    struct Failure {
        let why: String
        let isFinal: Bool
        /// For a refusal that passes: the end of all patience with it.
        var patience: Instant?
    }

    init(
        _ node: NodeID,
        _ way: Way,
        _ step: any Step,
        _ terms: Terms,
        after legacy: Legacy = Legacy()
    ) {
        self.node = node
        self.way = way
        self.step = step
        goal = step.goal
        self.terms = terms
        self.legacy = legacy
        announced = legacy.announced
        hasActed = announced.contains(where: step.isTakenBack)
    }
}

// MARK: - What happens

extension StepLife {
    mutating func begin(_ ledger: inout Ledger) {
        ledger.record(.stepBegan(node, way))
        if let result = legacy.result { return end(result) }
        guard legacy.waits else { return decide(&ledger) }
        state = .waiting(ledger.sleep(until: terms.deadline, for: .step(node, way)))
    }

    private mutating func decide(_ ledger: inout Ledger) {
        guard let when = terms.when else { return open(&ledger) }
        let until = min(ledger.now + Self.decision, terms.deadline)
        let look = Decided(when, for: .when)
        state = .deciding(
            ledger.await(look, until: until, seenBy: terms.deadline, for: .step(node, way))
        )
    }

    mutating func looked(_ look: Look, _ ledger: inout Ledger) {
        switch state {
        case .deciding: decided(look, &ledger)
        case .opening: opened(look, &ledger)
        case .guarding(_, let commands, let index): guarded(look, commands, index, &ledger)
        case .looking(_, let failure): closed(look, failure, &ledger)
        case .idle, .waiting, .applying, .pausing, .settling:
            preconditionFailure("a step that does not look was shown something")
        }
    }

    mutating func woke(_ ledger: inout Ledger) {
        switch state {
        case .pausing: ledger.isInDoubt(node) ? settle(&ledger) : nextAttempt(&ledger)
        case .settling, .waiting:
            end(.failed(why: "a command of the last attempt is in doubt", lastSeen: lastSeen))
        default: preconditionFailure("a step that does not sleep was woken")
        }
    }

    mutating func finished(_ finish: Finish, _ command: Command, _ ledger: inout Ledger) {
        guard case .applying(let id, let commands, let index) = state else {
            preconditionFailure("a step that runs nothing had a command finished")
        }
        switch finish {
        case .ended(let output):
            if output.refusal == nil, step.isTakenBack(command) { hasActed = true }
            ledger.record(.commandEnded(node, way, id, output))
            isCut ? end(.cut) : ended(output, commands, index, &ledger)
        case .gaveUp(let pid, let output):
            if step.isTakenBack(command) { hasActed = true }
            ledger.record(.commandGivenUp(node, way, id, command, pid: pid))
            ledger.doubt(
                Ledger.Doubt(work: id, node: node, way: way, command: command, pid: pid))
            if isCut { return end(.cut) }
            let said = output.excerpt
            let why = "`\(command.line)` did not end in time" + (said.isEmpty ? "" : ": \(said)")
            look(after: Failure(why: why, isFinal: false), &ledger)
        }
    }

    /// A command of this step that was in doubt can take no effect any more.
    mutating func gone(_ ledger: inout Ledger) {
        switch state {
        case .settling(let id) where !ledger.isInDoubt(node):
            ledger.drop(id)
            nextAttempt(&ledger)
        case .waiting(let id) where !ledger.isInDoubt(node, way):
            ledger.drop(id)
            decide(&ledger)
        default: return
        }
    }

    /// Ends the life; a command under way comes to its own end first.
    mutating func cut() {
        if case .applying = state { isCut = true } else if result == nil { end(.cut) }
    }
}

// MARK: - From the opening look to the commands

extension StepLife {
    private mutating func decided(_ look: Look, _ ledger: inout Ledger) {
        ledger.record(.looked(node, way, .when, look.verdict, look.basis))
        switch look.verdict {
        case .holds: open(&ledger)
        case .doesNot(let seen), .never(let seen): end(.notWanted(seen))
        case .unknown(let why):
            end(.failed(why: Self.undecided, lastSeen: why))
        }
    }

    mutating func open(_ ledger: inout Ledger) {
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

    private mutating func opened(_ look: Look, _ ledger: inout Ledger) {
        ledger.record(.looked(node, way, .opening, look.verdict, look.basis))
        lastSeen = look.verdict.detail
        if look.verdict != .holds, let caution = step.caution(look.answers) { ledger.warn(caution) }
        guard case .condition(let goal) = goal else {
            preconditionFailure("a step without a goal has no opening look")
        }
        let commands = step.apply(terms.isForced && !isStarted ? .none : look.answers)
        switch look.verdict {
        case .holds where goal.steadyFor > .zero && !isStarted:
            prepare(commands, &ledger)
        case .holds where terms.isForced && !isStarted:
            prepare(commands, &ledger)
        case .holds where goal.steadyFor > .zero && attempt == 1:
            // An earlier engine did it, and nobody has seen yet whether it lasts.
            self.look(after: nil, &ledger)
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

    private mutating func guarded(
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
