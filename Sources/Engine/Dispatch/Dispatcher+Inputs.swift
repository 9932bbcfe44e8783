/// What each input means where the dispatcher is.
extension Dispatcher {
    mutating func start(_ wanted: Wanted?, _ leavings: Leavings, _ turn: inout Turn) {
        guard !hasStarted else { return }
        hasStarted = true
        // A record may have been read before the start.
        if let wanted, wanted.serial > newest || self.wanted == nil {
            self.wanted = wanted
            newest = max(newest, wanted.serial)
        }
        self.leavings = leavings
        // The stuck run counts, if that leaves another.
        if leavings != .nothing { attempts = min(1, pair.acquire.retry.attempts - 1) }
        goOn(&turn)
    }

    mutating func take(_ record: Wanted, _ turn: inout Turn) {
        guard record.serial > newest else { return }
        let old = target
        newest = record.serial
        wanted = record
        guard hasStarted else { return }
        let isSame = old == record.direction
        switch stage {
        case .running(let direction, let isTold):
            guard direction != record.direction, !isTold else { return }
            stage = .running(direction, isTold: true)
            turn.say("\(described(record)): the \(direction.rawValue) under way is told")
            turn.orders.append(.supersede(by: record.direction))
        case .settling, .confirming, .inspecting:
            // What is open serves the newer record as well.
            if !isSame { startOver(&turn) }
        case .pausing(_, let until):
            // An address that was won again is news for an acquire; a release keeps its pace, from
            // the first pause on.
            if !isSame || record.direction == .acquire {
                startOver(&turn)
            } else {
                shorten(until, &turn)
            }
        case .blocked, .idle:
            startOver(&turn)
        }
    }

    mutating func hold(_ held: Held, _ turn: inout Turn) {
        guard self.held != held else { return }
        self.held = held
        guard hasStarted else { return }
        if case .running = stage { return }
        if held.covers(target ?? .acquire) {
            dropWork(&turn)
            goOn(&turn)
        } else if wanted != nil {
            startOver(&turn)
        }
    }

    mutating func looked(_ id: WorkID, _ look: Look, _ turn: inout Turn) {
        switch stage {
        case .confirming(id, let serial): confirmed(look, since: serial, &turn)
        case .inspecting(id): inspected(look, &turn)
        case .pausing(id, _): goOn(isRetry: true, &turn)
        default: return
        }
    }

    mutating func woke(_ id: WorkID, _ turn: inout Turn) {
        switch stage {
        case .settling(id): run(.release, settled: .zero, &turn)
        case .pausing(id, _): goOn(isRetry: true, &turn)
        case .blocked(id): inspect(&turn)
        default: return
        }
    }

    mutating func ended(
        _ ending: Ending, _ required: [any Condition], _ turn: inout Turn
    ) {
        guard case .running(let direction, let isTold) = stage, let wanted else { return }
        leavings = leavings.after(ending, of: direction)
        if ending.kind == .done, direction == target {
            clear(&turn)
            return goOn(&turn)
        }
        // Nobody wants the release that takes away what a stuck acquire left, unless he was told.
        let isCleanup = direction == .release && target == .acquire && !isTold
        if direction != target && !isCleanup || ending.kind == .superseded && isTold {
            // The newest wins; what failed so far was before it.
            attempts = 0
            return goOn(&turn)
        }
        switch ending.kind {
        case .interrupted:
            turn.say("interrupted by a person: \(described(wanted)) is not followed", .warning)
            clear(&turn)
            goOn(&turn)
        case .superseded:
            turn.say(
                "handed over to a person's run: \(described(wanted)) is not followed", .warning)
            clear(&turn)
            goOn(&turn)
        default: isCleanup ? cleaned(ending, &turn) : failed(direction, ending, required, &turn)
        }
    }

    /// Drops what is open and begins with the newest record, with all of its attempts.
    private mutating func startOver(_ turn: inout Turn) {
        dropWork(&turn)
        attempts = 0
        inspections = 0
        goOn(&turn)
    }

    /// Cancels the one piece of work that is open; something else begins, or it leaves.
    func dropWork(_ turn: inout Turn) {
        switch stage {
        case .settling(let id), .confirming(let id, _), .pausing(let id, _), .blocked(let id),
            .inspecting(let id):
            turn.orders.append(.work(.cancel(id)))
        case .idle, .running: return
        }
    }
}
