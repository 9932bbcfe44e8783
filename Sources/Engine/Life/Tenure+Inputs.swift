/// What each input means where the tenure is.
extension Tenure {
    mutating func begin(_ runs: [String], _ survey: Survey, _ turn: inout Turn) {
        stage = .recovering
        take(survey)
        // Nothing begins under a hold, and whoever claims the lock recovers by himself.
        guard survey.held != .all, survey.claim == nil else { return depart(&turn) }
        guard !runs.isEmpty else { return start(&turn) }
        salvage = Salvage(runs, wants: wanted?.direction)
        obey(salvage.begin(), &turn)
    }

    /// Others have changed something, or may have.
    mutating func surveyed(_ survey: Survey, _ turn: inout Turn) {
        let isNews = survey.claim != nil && survey.claim != claim
        take(survey)
        switch stage {
        case .idle, .over: return
        case .settled: isEnding ? depart(&turn) : start(&turn)
        case .recovering, .dispatching:
            guard !isEnding else { return depart(&turn) }
            forward(survey, &turn)
        case .resuming, .running:
            guard let claim else { return turned(by: survey, &turn) }
            if isNews { turn.orders.append(.supersede(by: claim)) }
        }
    }

    /// What a newer signal means to the run under way.
    private mutating func turned(by survey: Survey, _ turn: inout Turn) {
        switch stage {
        case .resuming(let direction, let isTold):
            // It is no run of the dispatcher, and hears of a newer signal all the same.
            guard let direction, !isTold, let wanted, wanted.direction != direction else { return }
            stage = .resuming(direction, isTold: true)
            turn.orders.append(.supersede(by: name(wanted.direction)))
        case .idle, .recovering, .settled, .dispatching, .running, .over: forward(survey, &turn)
        }
    }

    /// The run under way has ended.
    mutating func ended(
        _ ending: Ending, _ required: [any Condition], _ turn: inout Turn
    ) {
        switch stage {
        case .resuming(let direction, _):
            lastRun = lastRun.after(ending, of: direction)
            guard !isEnding else {
                obey(salvage.handle(.ended(ending), at: turn.now), isLeaving: true, &turn)
                return depart(after: ending, of: direction, &turn)
            }
            stage = .recovering
            obey(salvage.handle(.ended(ending), at: turn.now), &turn)
        case .running(let direction):
            lastRun = lastRun.after(ending, of: direction)
            stage = .dispatching
            let orders = dispatcher.handle(
                .ended(ending, required: required), at: turn.now)
            guard isEnding else { return obey(orders, &turn) }
            for case .clear(let wanted) in orders where ending.kind == .done || !isNewer(wanted) {
                clear(wanted, &turn)
            }
            depart(after: ending, of: direction, &turn)
        case .idle, .recovering, .settled, .dispatching, .over: return
        }
    }

    /// Whoever ends it wants no other attempt.
    mutating func interrupted(_ turn: inout Turn) {
        isEnding = true
        if lastHeard == nil { lastHeard = wanted?.serial ?? "" }
        switch stage {
        case .resuming, .running, .idle, .over: return
        case .recovering, .settled, .dispatching:
            turn.say("the worker is told to end, and nothing is under way", .warning)
            depart(&turn)
        }
    }

    mutating func dispatch(_ input: Dispatcher.Input, _ turn: inout Turn) {
        guard case .dispatching = stage else { return }
        obey(dispatcher.handle(input, at: turn.now), &turn)
    }

    mutating func recover(_ input: Salvage.Input?, _ turn: inout Turn) {
        guard let input else { return }
        switch (stage, input) {
        case (.resuming, .unnoted): stage = .recovering
        case (.recovering, _): break
        default: return
        }
        obey(salvage.handle(input, at: turn.now), &turn)
    }
}

// MARK: - What follows

extension Tenure {
    private mutating func take(_ survey: Survey) {
        held = survey.held
        if let newer = survey.wanted { wanted = newer }
        salvage.wants = wanted?.direction
        guard let claim = survey.claim else { return }
        self.claim = claim
        isEnding = true
    }

    private mutating func start(_ turn: inout Turn) {
        stage = .dispatching
        // Before anything else, so that nothing begins under a hold.
        obey(dispatcher.handle(.held(held), at: turn.now), &turn)
        let start = Dispatcher.Input.start(wanted: wanted, leavings: lastRun.leavings)
        obey(dispatcher.handle(start, at: turn.now), &turn)
    }

    private mutating func forward(_ survey: Survey, _ turn: inout Turn) {
        guard dispatcher.hasStarted else { return }
        obey(dispatcher.handle(.held(survey.held), at: turn.now), &turn)
        guard let wanted = survey.wanted else { return }
        obey(dispatcher.handle(.wanted(wanted), at: turn.now), &turn)
    }

    private mutating func obey(_ orders: [Dispatcher.Order], _ turn: inout Turn) {
        for order in orders {
            switch order {
            case .work(let work): turn.orders.append(.work(work))
            case .run(let direction, let settled, let terms):
                stage = .running(direction)
                turn.orders.append(.run(direction, settled: settled, terms: terms))
            case .supersede(let direction):
                turn.orders.append(.supersede(by: name(direction)))
            case .clear(let wanted): clear(wanted, &turn)
            case .say(let text, let weight): turn.say(text, weight)
            case .leave: leave(isForGood: false, &turn)
            }
        }
    }

    /// Does what the recovery orders; whoever leaves goes on with no further run.
    private mutating func obey(
        _ orders: [Salvage.Order], isLeaving: Bool = false, _ turn: inout Turn
    ) {
        for order in orders {
            switch order {
            case .report(let outcome): turn.orders.append(.report(outcome))
            case _ where isLeaving: continue
            case .examine(let run): turn.orders.append(.examine(run))
            case .work(let work): turn.orders.append(.work(work))
            case .close(let remains, let ending):
                if remains.isLast { lastRun = lastRun.after(ending, of: remains.direction) }
                turn.orders.append(.close(remains, ending))
            case .passOver(let run): turn.orders.append(.passOver(run))
            case .resume(let remains, let past, let way):
                stage = .resuming(remains.direction, isTold: false)
                turn.orders.append(.resume(remains, past, way))
            case .finish:
                stage = .settled
                turn.orders.append(.survey)
            }
        }
    }

    private mutating func clear(_ settled: Wanted, _ turn: inout Turn) {
        if let wanted, wanted.serial <= settled.serial { self.wanted = nil }
        turn.orders.append(.clear(settled))
    }

    /// What a person runs now counts more than what was wanted before, and so does that he ended a
    /// run.
    private mutating func depart(
        after ending: Ending? = nil, of direction: Plan.Direction? = nil, _ turn: inout Turn
    ) {
        let isInterrupted = ending?.kind == .interrupted && wanted?.direction == direction
        if let wanted, claim != nil || isInterrupted && !isNewer(wanted) {
            let why = claim == nil ? "interrupted by a person" : "handed over to a person's run"
            turn.say("\(why): \(wanted.source) is not followed", .warning)
            clear(wanted, &turn)
        }
        leave(isForGood: isEnding, &turn)
    }

    /// Whether it came after it was wanted that this ends, so that the next worker follows it.
    private func isNewer(_ wanted: Wanted) -> Bool { lastHeard.map { wanted.serial > $0 } ?? false }

    private mutating func leave(isForGood: Bool, _ turn: inout Turn) {
        stage = .over
        turn.orders.append(.leave(isForGood: isForGood))
    }

    /// The name of the plan for a direction, by its file: `become-slave`.
    private func name(_ direction: Plan.Direction) -> String {
        let path = pair[direction].plan
        let file = path.split(separator: "/").last.map(String.init) ?? path
        return file.hasSuffix(".yaml") ? String(file.dropLast(5)) : file
    }
}
