/// What is done next for what is wanted.
extension Dispatcher {
    /// Goes on with what is wanted, or leaves. No work is open and no run is under way.
    mutating func goOn(isRetry: Bool = false, _ turn: inout Turn) {
        stage = .idle
        guard let wanted, let target else { return turn.orders.append(.leave) }
        guard !held.covers(target) else {
            turn.say("held: \(described(wanted)) waits for `failover unhold`")
            return turn.orders.append(.leave)
        }
        switch target {
        case .acquire where leavings != .nothing: inspect(&turn)
        case .acquire: confirm(wanted, &turn)
        case .release:
            let settled = wanted.at + pair.release.settle
            guard !isRetry, unconfirmed != wanted.serial, settled > turn.now else {
                return run(.release, settled: .zero, &turn)
            }
            let id = nextID()
            stage = .settling(id)
            let until = min(settled, turn.now + pair.release.settle)
            turn.orders.append(.work(.sleep(id, until: until)))
        }
    }

    private mutating func confirm(_ wanted: Wanted, _ turn: inout Turn) {
        let rule = pair.acquire
        let condition = Confirmation(rule.onlyIf, settle: rule.settle)
        let id = nextID()
        stage = .confirming(id, since: wanted.serial)
        turn.say("\(described(wanted)): waiting until \(condition.summary)")
        turn.orders.append(.work(.await(id, condition, until: turn.now + rule.within)))
    }

    mutating func confirmed(_ look: Look, since serial: String, _ turn: inout Turn) {
        guard let wanted else { return }
        if look.verdict == .holds {
            let condition = Confirmation(pair.acquire.onlyIf, settle: pair.acquire.settle)
            return run(.acquire, settled: condition.steadyFor, &turn)
        }
        // A signal that came meanwhile (another address of the pair was won) has its own time.
        guard serial == wanted.serial else { return confirm(wanted, &turn) }
        unconfirmed = serial
        attempts = 0
        turn.say(
            "\(described(wanted)) is not confirmed within \(durationText(pair.acquire.within)):"
                + " \(look.verdict.detail); giving the pair up instead",
            .warning)
        goOn(&turn)
    }

    mutating func run(_ direction: Plan.Direction, settled: Duration, _ turn: inout Turn) {
        attempts += 1
        stage = .running(direction, isTold: false)
        let isLast = direction == .acquire && attempts >= pair.acquire.retry.attempts
        turn.orders.append(.run(direction, settled: settled, terms: isLast ? .last : .moreFollow))
    }

    mutating func clear(_ turn: inout Turn) {
        if let wanted { turn.orders.append(.clear(wanted)) }
        wanted = nil
        attempts = 0
        inspections = 0
    }
}

// MARK: - After a failure

extension Dispatcher {
    mutating func failed(
        _ direction: Plan.Direction, _ ending: Ending, _ required: [any Condition],
        _ turn: inout Turn
    ) {
        let retry = pair[direction].retry
        // The run has told its reason, which is told once more where nothing follows.
        let brief = "\(direction.rawValue) \(ending.kind.rawValue)"
        let what = "\(brief): \(ending.reason)"
        let isHeld = held.covers(direction)
        let isStuck = direction == .acquire && leavings != .nothing
        // What serves nobody is taken away also after the last attempt: the peer may want it.
        let isLeft = isStuck && leavings == .part && !isHeld
        guard attempts < retry.attempts || isLeft else { return giveUp(what, &turn) }
        if isHeld { return goOn(&turn) }
        if isStuck {
            guard !clean().isEmpty else { return giveUp(what, &turn) }
            turn.say("\(what); no further attempt until nothing of it is left here", .failure)
            return block(&turn)
        }
        let pause = retry.delay(after: attempts)
        let of = retry.attempts == Signals.Backoff.endless ? "" : " of \(retry.attempts)"
        let isHopeful = direction == .acquire && ending.kind == .refused && !required.isEmpty
        turn.say(
            "\(brief); attempt \(attempts + 1)\(of) in \(durationText(pause))"
                + (isHopeful ? ", or as soon as what it requires holds" : ""), .warning)
        rest(until: turn.now + pause, unless: isHopeful ? Reprieve(required) : nil, &turn)
    }

    /// A release is wanted once more while it pauses: its pauses begin anew, and this one ends no
    /// later than the first would.
    mutating func shorten(_ until: Instant, _ turn: inout Turn) {
        attempts = 1
        let soon = turn.now + pair.release.retry.delay(after: attempts)
        guard soon < until else { return }
        dropWork(&turn)
        rest(until: soon, &turn)
    }

    private mutating func rest(
        until: Instant, unless reprieve: Reprieve? = nil, _ turn: inout Turn
    ) {
        let id = nextID()
        stage = .pausing(id, until: until)
        let wait = reprieve.map { Work.await(id, $0, until: until) } ?? .sleep(id, until: until)
        turn.orders.append(.work(wait))
    }

    private mutating func giveUp(_ what: String, _ turn: inout Turn) {
        let count = attempts == 1 ? "1 attempt" : "\(attempts) attempts"
        turn.say("\(what); given up after \(count): a person or a new signal is needed", .failure)
        clear(&turn)
        goOn(&turn)
    }

    /// Waits before the next look at what a stuck acquire left.
    private mutating func block(_ turn: inout Turn) {
        inspections += 1
        let id = nextID()
        stage = .blocked(id)
        let pause = pair.acquire.retry.delay(after: inspections)
        turn.orders.append(.work(.sleep(id, until: turn.now + pause)))
    }

    /// Looks whether anything is left of a stuck acquire.
    mutating func inspect(_ turn: inout Turn) {
        let clean = clean()
        guard !clean.isEmpty else {
            return giveUp("an acquire is stuck, and nothing tells whether it is undone", &turn)
        }
        let id = nextID()
        stage = .inspecting(id)
        let condition = Decided(AllOf(clean), for: .require)
        // A look that is slow is waited for as long as the host lets it go on.
        let until = turn.now + Self.lookPatience
        turn.orders.append(.work(.await(id, condition, until: until, seenBy: .never)))
    }

    mutating func inspected(_ look: Look, _ turn: inout Turn) {
        guard look.verdict == .holds else {
            let detail = look.verdict.detail
            if leavings == .part { return cleanUp(detail, &turn) }
            if inspections == 0 {
                turn.say("an acquire is stuck, and not undone: \(detail)", .warning)
            }
            return block(&turn)
        }
        leavings = .nothing
        turn.say("nothing is left of the acquire that was stuck: going on")
        goOnClean(&turn)
    }

    /// Takes away what a stuck acquire left, as if the release were wanted.
    private mutating func cleanUp(_ detail: String, _ turn: inout Turn) {
        stage = .running(.release, isTold: false)
        turn.say(
            "the release plan takes away what a stuck acquire left: \(detail)", .warning)
        turn.orders.append(.run(.release, settled: .zero, terms: .moreFollow))
    }

    /// The release that was to take away what a stuck acquire left has ended.
    mutating func cleaned(_ ending: Ending, _ turn: inout Turn) {
        guard ending.kind != .done else { return goOnClean(&turn) }
        guard !held.covers(.acquire) else { return goOn(&turn) }
        turn.say(
            "release \(ending.kind.rawValue): \(ending.reason); what a stuck acquire left is still "
                + "here", .failure)
        block(&turn)
    }

    /// Makes another attempt, if one is left, where nothing stands of the last.
    private mutating func goOnClean(_ turn: inout Turn) {
        inspections = 0
        guard attempts < pair.acquire.retry.attempts else {
            return giveUp("the acquire was stuck, and is taken back", &turn)
        }
        goOn(&turn)
    }
}

extension Dispatcher {
    /// A record, for a log.
    func described(_ wanted: Wanted) -> String {
        "\(wanted.direction.rawValue) wanted by \(wanted.source)"
    }
}
