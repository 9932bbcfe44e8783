import Engine

/// A worker, which has the pair's lock and does what the tenure of it orders.
extension Play {
    mutating func startWorker(on side: Side) {
        guard !nodes[side].isAtWork else { return }
        nodes[side].work(Tenure(subject.rules) { [goals = subject.released] in goals })
        let runs = nodes[side].isUnfinished ? [Self.runName] : []
        hear(.begin(runs, nodes[side].survey, nodes[side].lastRun), on: side)
    }

    /// Lets whoever has the lock hear, and does what is ordered.
    mutating func hear(_ input: Tenure.Input, on side: Side) {
        let now = now
        guard let orders = nodes[side].tenure?.handle(input, at: now) else { return }
        let base = nodes[side].base
        for order in orders {
            // It may have left or died in the middle of it.
            guard nodes[side].isAtWork(from: base) else { return }
            carryOut(order, on: side)
        }
    }

    private mutating func carryOut(_ order: Tenure.Order, on side: Side) {
        switch order {
        case .examine: examine(on: side)
        case .close(let remains, let ending): close(remains, ending, on: side)
        case .resume(_, let past, let way): resume(past, way, on: side)
        case .survey: hear(.surveyed(nodes[side].survey), on: side)
        case .work(let work): give(work, base: nodes[side].base, to: side)
        case .run(let direction, let settled, let terms):
            begin(direction, settled: settled, terms: terms, on: side)
        case .supersede(let plan): pass(.superseded(by: plan), toRunOn: side)
        case .clear(let wanted):
            if let open = nodes[side].wanted, open.serial <= wanted.serial {
                nodes[side].wanted = nil
            }
        case .say(let text, _): tell(side, .word) { text }
        case .passOver, .report: break
        case .leave(let isForGood):
            nodes[side].leave()
            if !isForGood, nodes[side].survey.isOpen { return startWorker(on: side) }
            attend(side)
        }
    }

    /// Whoever waits for what is wanted goes on when it is so, and has another worker started where
    /// one has died.
    mutating func attend(_ side: Side) {
        guard nodes[side].isAwaited, !nodes[side].isAtWork else { return }
        guard !nodes[side].survey.isOpen else {
            return schedule.enter(
                .lonely(side, boot: nodes[side].boot), at: now + Tenure.loneliness)
        }
        nodes[side].isAwaited = false
        if nodes[side].isShuttingDown { goDown(side) }
    }

    /// A shutdown goes on once the release for which it waited is through.
    private mutating func goDown(_ side: Side) {
        nodes[side].isShuttingDown = false
        nodes[side].isUp = false
        tell(side, .consequence) { "the shutdown goes on" }
        pair.shutDown(side)
    }

    /// What a host answers finds the one who asked; nobody may be left to hear it.
    mutating func hear(_ event: Event, on side: Side) {
        guard let id = event.input.id else { return }
        if let index = doomed.firstIndex(where: { $0.side == side && $0.id == id }) {
            return fulfil(doomed.remove(at: index))
        }
        let base = (id.number >> 24) << 24
        switch nodes[side].hearer(base) {
        case .nobody: return
        case .run: pass(event.input.shifted(back: base), toRunOn: side)
        case .tenure:
            switch event.input.shifted(back: base) {
            case .looked(let id, let look): hear(.looked(id, look), on: side)
            case .woke(let id): hear(.woke(id), on: side)
            case .gone(let id): hear(.gone(id), on: side)
            default: break
            }
        }
    }

    // MARK: - Runs

    private mutating func begin(
        _ direction: Plan.Direction, settled: Duration, terms: Run.Terms, on side: Side
    ) {
        nodes[side].journal = Player.Journal(
            direction: direction, boot: nodes[side].boot)
        let run = Run(subject[direction], terms: terms)
        start(run, direction, isResumed: false, settled: settled, on: side)
    }

    mutating func start(
        _ run: Run, _ direction: Plan.Direction, isResumed: Bool, settled: Duration, on side: Side
    ) {
        runs += 1
        let base = nodes[side].nextBase()
        nodes[side].run = run
        nodes[side].underway = Player.Underway(
            base: base, direction: direction, began: now, limit: now + subject[direction].longest,
            isResumed: isResumed, before: Holdings(pair[side].world))
        tell(side, .run) { (isResumed ? "takes up " : "runs ") + subject[direction].name }
        pass(.begin(settled: settled), toRunOn: side)
    }

    /// Hands an input to the run under way, and does what it answers.
    mutating func pass(_ input: Event.Input, toRunOn side: Side) {
        let event = Event(at: now, input)
        guard let (turn, base, client, ending) = nodes[side].handle(event) else { return }
        for record in turn.records {
            nodes[side].write(record)
            tell(record, on: side)
            check(record, on: side)
            if case .interrupted = record.fact { hear(.interrupted, on: side) }
        }
        for work in turn.work {
            give(work, base: base, to: side)
            // A mishap may have ended the engine in the middle of it.
            guard nodes[side].isLast(client) else { return }
        }
        if let ending { ended(ending, on: side) }
    }

    private mutating func ended(_ ending: Ending, on side: Side) {
        guard let run = nodes[side].underway else { return }
        nodes[side].run = nil
        nodes[side].underway = nil
        let before = nodes[side].lastRun
        nodes[side].lastRun = before.after(ending, of: run.direction)
        if ending.kind == .done, strikes.isEmpty, let records = nodes[side].journal?.records {
            courses.append((run.direction, now - run.began, records))
        }
        check(ending, of: run, on: side)
        hear(.ended(ending, required: subject[run.direction].require), on: side)
    }
}
