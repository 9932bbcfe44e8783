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
            comes(due, at: at + .seconds(10))
        case .signalTwice:
            tell(side, .mishap) { "the signal comes twice" }
            comes(due, at: at)
            comes(due, at: at + .seconds(1))
        default: comes(due, at: at)
        }
    }

    private mutating func comes(_ signal: Due, at: Instant) {
        toCome += 1
        schedule.enter(signal, at: at)
    }

    /// Records what is wanted, and has it acted on.
    mutating func record(_ direction: Plan.Direction, from source: String, on side: Side) {
        serial += 1
        nodes[side].asked = direction
        let wanted = Wanted(
            direction: direction, signal: subject.rules[direction].signal, source: source, at: now,
            serial: String(1_000_000_000 + serial))
        nodes[side].wanted = wanted
        tell(side, .signal) { "\(direction.rawValue) is wanted: \(source)" }
        guard !nodes[side].held.covers(direction) else { return }
        wake(side)
    }

    /// Rings for the worker that has the lock, or starts one.
    mutating func wake(_ side: Side) {
        guard !nodes[side].isAtWork else { return ring(side) }
        schedule.enter(.worker(side, boot: nodes[side].boot), at: now + Self.starting)
    }

    /// Lets whoever has the lock know that something has changed.
    mutating func ring(_ side: Side) { hear(.surveyed(nodes[side].survey), on: side) }

    /// Nobody was at work for what is awaited.
    mutating func lonely(_ side: Side) {
        guard nodes[side].isAwaited, !nodes[side].isAtWork else { return }
        if nodes[side].survey.isOpen { wake(side) }
        attend(side)
    }

    // MARK: - What the service sees by itself

    /// The machine has booted: the service begins to listen.
    mutating func up(_ side: Side) {
        nodes[side].boot += 1
        nodes[side].isUp = true
        nodes[side].lookout = Lookout(at: now)
        tell(side, .consequence) { "the machine is up" }
        look(side)
    }

    /// Looks at the address as far as the lookout asks for it, and does what follows.
    mutating func look(_ side: Side) {
        let now = now
        defer {
            schedule.enter(.look(side, boot: nodes[side].boot), at: nodes[side].lookout.dueAt)
        }
        let survey = nodes[side].survey
        let isAtWork = nodes[side].isAtWork
        let need = nodes[side].lookout.need(at: now, survey.held, isAtWork: isAtWork)
        switch need {
        case .nothing: return
        case .address(onceTellable: true) where !isTellable(side):
            return nodes[side].lookout.untellable(at: now)
        case .address, .review: break
        }
        let verdict = pair[side].see(AllOf(subject.rules.acquire.onlyIf))
        let sight = Lookout.Sight(
            address: Plan.Direction(calledForBy: verdict), survey,
            followed: nodes[side].lastRun.direction,
            isUnfinished: nodes[side].isUnfinished
                && nodes[side].journal?.boot == nodes[side].boot)
        switch nodes[side].lookout.saw(sight, at: now) {
        case .nothing: break
        case .take(let direction):
            record(direction, from: "the address as watch sees it", on: side)
        case .wake, .replace: wake(side)
        }
    }

    /// Whether the host can be asked at all: at a boot hastd is not up yet.
    private mutating func isTellable(_ side: Side) -> Bool {
        pair[side].see(Tellable(subject.released)) == .holds
    }
}
