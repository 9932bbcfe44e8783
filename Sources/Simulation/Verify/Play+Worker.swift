import Engine

/// What a worker does that has the lock: recover, then follow the dispatcher.
extension Play {
    mutating func startWorker(on side: Side) {
        guard !nodes[side].isAtWork, nodes[side].held != .all else { return }
        let dispatcher = Dispatcher(subject.rules, clean: subject.release.lastingGoals)
        nodes[side].work(dispatcher)
        recover(on: side)
    }

    /// Earlier runs are settled: what is wanted comes next.
    mutating func dispatch(on side: Side) {
        var orders = handle(.held(nodes[side].held), on: side)
        let start = Dispatcher.Input.start(
            wanted: nodes[side].wanted, isStuck: nodes[side].isStuck)
        orders += handle(start, on: side)
        follow(orders, on: side)
    }

    mutating func handle(_ input: Dispatcher.Input, on side: Side) -> [Dispatcher.Order] {
        let now = now
        return nodes[side].dispatcher?.handle(input, at: now) ?? []
    }

    mutating func follow(_ orders: [Dispatcher.Order], on side: Side) {
        for order in orders {
            guard nodes[side].isAtWork else { return }
            switch order {
            case .work(let work): give(work, base: nodes[side].base, to: side)
            case .run(let direction, let settled, let terms):
                begin(direction, settled: settled, terms: terms, on: side)
            case .supersede(let direction): supersede(by: direction, on: side)
            case .clear(let wanted):
                if let open = nodes[side].wanted, open.serial <= wanted.serial {
                    nodes[side].wanted = nil
                }
            case .say(let text, _): tell(side, .word) { text }
            case .leave:
                nodes[side].leave()
                nodes[side].isAwaited = false
                if nodes[side].isShuttingDown { goDown(side, "the shutdown goes on") }
            }
        }
    }

    /// A shutdown goes on once the release for which it waited is through.
    mutating func goDown(_ side: Side, _ words: String) {
        nodes[side].isShuttingDown = false
        nodes[side].isUp = false
        tell(side, .consequence) { words }
        pair.shutDown(side)
    }

    /// What a host answers finds the one who asked; nobody may be left to hear it.
    mutating func hear(_ event: Event, on side: Side) {
        guard let id = event.input.id else { return }
        if let index = doomed.firstIndex(where: { $0.side == side && $0.id == id }) {
            return fulfil(doomed.remove(at: index))
        }
        guard nodes[side].isAtWork else { return }
        let base = (id.number >> 24) << 24
        if nodes[side].underway?.base == base {
            pass(event.input.shifted(back: base), toRunOn: side)
        } else if nodes[side].base == base {
            switch event.input.shifted(back: base) {
            case .looked(let id, let look): follow(handle(.looked(id, look), on: side), on: side)
            case .woke(Self.orphanAlarm): orphansAreLeft(on: side)
            case .woke(let id): follow(handle(.woke(id), on: side), on: side)
            case .gone: orphanIsGone(on: side)
            default: break
            }
        }
    }

    // MARK: - Runs

    mutating func begin(
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

    mutating func supersede(by direction: Plan.Direction, on side: Side) {
        pass(.superseded(by: subject[direction].name), toRunOn: side)
    }

    /// Hands an input to the run under way, and does what it answers.
    mutating func pass(_ input: Event.Input, toRunOn side: Side) {
        let event = Event(at: now, input)
        guard let turn = nodes[side].run?.handle(event), let base = nodes[side].underway?.base
        else { return }
        for record in turn.records {
            write(record, on: side)
            tell(record, on: side)
            check(record, on: side)
        }
        let client = nodes[side].clients
        for work in turn.work {
            give(work, base: base, to: side)
            // A mishap may have ended the engine in the middle of it.
            guard nodes[side].isAtWork, nodes[side].clients == client else {
                return
            }
        }
        if let ending = nodes[side].run?.ending { ended(ending, on: side) }
    }

    private mutating func write(_ record: Record, on side: Side) {
        guard nodes[side].journal?.isFull == false else { return }
        nodes[side].journal?.records.append(record)
    }

    private mutating func ended(_ ending: Ending, on side: Side) {
        guard let run = nodes[side].underway else { return }
        nodes[side].run = nil
        nodes[side].underway = nil
        noteStuck(run.direction, ending, on: side)
        if ending.kind == .done, strikes.isEmpty, let records = nodes[side].journal?.records {
            courses.append((run.direction, now - run.began, records))
        }
        check(ending, of: run, on: side)
        if run.isResumed {
            dispatch(on: side)
        } else {
            follow(handle(.ended(ending), on: side), on: side)
        }
    }
}
