import Engine

/// What a virtual host of a pair is about to do.
struct Candidacy: Sendable {
    /// The state that was told last.
    var told: VirtualHost.State
    /// The state that it takes unless something happens before, and how long that took to decide.
    var next: VirtualHost.State?
    var after = Duration.zero
    var token = 0
}

/// CARP between the nodes (sys/netinet/ip_carp.c).
extension PairWorld {
    /// From an interface that comes up to its virtual hosts listening.
    private static let initializes = Duration.milliseconds(200)

    mutating func coupleAddresses() {
        let count = min(hosts[0].world.carp.count, hosts[1].world.carp.count)
        for side in Side.allCases {
            for index in 0..<min(count, nodes[side].addresses.count) {
                tellState(index, side)
            }
        }
        for side in Side.allCases {
            for index in 0..<min(count, nodes[side].addresses.count) { expect(index, side) }
        }
    }

    private mutating func tellState(_ index: Int, _ side: Side) {
        let host = hosts[side].world.carp[index]
        guard host.state != nodes[side].addresses[index].told else { return }
        nodes[side].addresses[index].told = host.state
        guard nodes[side].isOn else { return }
        happenings.append(
            .address(side, interface: host.interface, vhid: host.vhid, host.state))
    }

    private mutating func expect(_ index: Int, _ side: Side) {
        let old = nodes[side].addresses[index]
        guard let (state, after, _) = nextState(index, side) else {
            guard old.next != nil else { return }
            nodes[side].addresses[index].next = nil
            nodes[side].addresses[index].token += 1
            return
        }
        guard old.next != state || old.after != after else { return }
        nodes[side].addresses[index].next = state
        nodes[side].addresses[index].after = after
        nodes[side].addresses[index].token += 1
        agenda.enter(
            .elects(index, side), token: nodes[side].addresses[index].token, at: now + after)
    }

    mutating func elect(_ index: Int, _ side: Side, _ token: Int) {
        guard nodes[side].addresses[index].token == token else { return }
        nodes[side].addresses[index].next = nil
        guard let (state, _, why) = nextState(index, side) else { return }
        hosts[side].alter { $0.setCarp(index, to: state, why: why) }
        unsettled.insert(.carp)
    }

    /// The state that a virtual host takes if nothing changes, how soon, and why in the words of
    /// carp(4).
    private func nextState(
        _ index: Int, _ side: Side
    ) -> (state: VirtualHost.State, after: Duration, why: String)? {
        guard nodes[side].isOn else { return nil }
        let mine = hosts[side].world.carp[index]
        let isUp = nodes[side].interfaceIsUp
        guard isUp || mine.state == .initial else {
            return (.initial, .zero, "hardware interface down")
        }
        let other = hosts[side.other].world.carp[index]
        let hears =
            (serves || isArbitrated) && nodes[side.other].isOn && nodes[side.other].interfaceIsUp
        let isBehind = hears && other.state == .master
        switch mine.state {
        case .initial:
            return isUp ? (.backup, Self.initializes, "initialization complete") : nil
        case .backup where !isBehind: return (.master, mine.masterDown, "master timed out")
        case .backup:
            let preempts = hosts[side].world.carpPreempts && mine.interval < other.interval
            return preempts
                ? (.master, other.interval, "preempting a slower master") : nil
        case .master:
            // Of two alike, the first to hear the other gives way; here that is always b.
            let gives =
                mine.interval > other.interval
                || mine.interval == other.interval && side == .b
            return isBehind && gives
                ? (.backup, other.interval, "more frequent advertisement received") : nil
        }
    }
}

extension VirtualHost {
    /// How often a master advertises.
    fileprivate var interval: Duration {
        .seconds(advbase) + .milliseconds(advskew * 1000 / 256)
    }
}
