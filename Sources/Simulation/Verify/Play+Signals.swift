import Engine

/// What a node's service does about what it hears: `on` and `watch`.
extension Play {
    /// A signal comes to a node, unless something happens to it.
    mutating func signal(_ notice: Notice, on side: Side) {
        guard nodes[side].isUp, let direction = subject.rules.direction(of: notice) else { return }
        let at = now + Self.recording
        let due = Due.signal(side, boot: nodes[side].boot, direction, notice.text)
        let mishap = nodes[side].signalMishap
        nodes[side].signalMishap = nil
        switch mishap {
        case .signalLost: tell(side, .mishap) { "the signal is lost" }
        case .signalLate:
            tell(side, .mishap) { "the signal comes 10 s late" }
            schedule.enter(due, at: at + .seconds(10))
        case .signalTwice:
            tell(side, .mishap) { "the signal comes twice" }
            schedule.enter(due, at: at)
            schedule.enter(due, at: at + .seconds(1))
        default: schedule.enter(due, at: at)
        }
    }

    /// Records what is wanted, and has it acted on.
    mutating func record(_ direction: Plan.Direction, from source: String, on side: Side) {
        serial += 1
        nodes[side].heard = direction
        let wanted = Wanted(
            direction: direction, signal: subject.rules[direction].signal, source: source, at: now,
            serial: String(1_000_000_000 + serial))
        nodes[side].wanted = wanted
        tell(side, .signal) { "\(direction.rawValue) is wanted: \(source)" }
        guard !nodes[side].held.covers(direction) else { return }
        guard nodes[side].isAtWork else { return wake(side) }
        follow(handle(.wanted(wanted), on: side), on: side)
        turnResumedRun(on: side)
    }

    /// Starts a worker, unless one has the lock.
    mutating func wake(_ side: Side) {
        guard !nodes[side].isAtWork else { return }
        schedule.enter(.worker(side, boot: nodes[side].boot), at: now + Self.starting)
    }

    /// A run that was taken up again is no run of the dispatcher, and hears of a newer signal all
    /// the same.
    private mutating func turnResumedRun(on side: Side) {
        guard let run = nodes[side].underway, run.isResumed, !run.isTold,
            let wanted = nodes[side].wanted, wanted.direction != run.direction
        else { return }
        nodes[side].underway?.isTold = true
        supersede(by: wanted.direction, on: side)
    }

    /// The machine has booted: the service begins to listen.
    mutating func up(_ side: Side) {
        nodes[side].boot += 1
        nodes[side].isUp = true
        tell(side, .consequence) { "the machine is up" }
        reconcile(side)
    }

    /// Holds what was heard against what the address is; signals are lost while nobody listens.
    mutating func reconcile(_ side: Side) {
        let boot = nodes[side].boot
        guard pair[side].world.hast.isRunning else {
            return schedule.enter(.beat(side, boot: boot), at: now + .seconds(5))
        }
        schedule.enter(.beat(side, boot: boot), at: now + Self.beat)
        guard nodes[side].held != .all else { return }
        let direction: Plan.Direction
        switch pair[side].see(AllOf(subject.rules.acquire.onlyIf)) {
        case .holds: direction = .acquire
        case .doesNot, .never: direction = .release
        case .unknown: return
        }
        guard !nodes[side].held.covers(direction) else { return }
        if direction != nodes[side].heard {
            return record(direction, from: "the address as watch sees it", on: side)
        }
        let isUnsettled = nodes[side].wanted != nil || hasUnfinishedRun(side)
        if isUnsettled { wake(side) }
    }

    private func hasUnfinishedRun(_ side: Side) -> Bool {
        guard let journal = nodes[side].journal else { return false }
        return !journal.isEnded
    }
}
