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

/// CARP between the nodes (sys/netinet/ip_carp.c), or VRRP (RFC 5798, keepalived(8)).
extension PairWorld {
    /// From an interface that comes up to its virtual hosts listening.
    private static let initializes = Duration.milliseconds(200)

    mutating func coupleAddresses() {
        let count = min(hosts[0].world.virtualHosts.count, hosts[1].world.virtualHosts.count)
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
        let host = hosts[side].world.virtualHosts[index]
        guard host.state != nodes[side].addresses[index].told else { return }
        nodes[side].addresses[index].told = host.state
        guard nodes[side].isOn else { return }
        happenings.append(.address(side, host))
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
        let mine = hosts[side].world.virtualHosts[index]
        guard nodes[side].isOn, hosts[side].world.takesPart(mine) else { return nil }
        let isUp = nodes[side].interfaceIsUp && !hosts[side].world.isInFault(mine)
        guard isUp || mine.state == .initial else {
            return (.initial, .zero, "hardware interface down")
        }
        let other = hosts[side.other].world.virtualHosts[index]
        let hears =
            (serves || isArbitrated) && nodes[side.other].isOn && nodes[side.other].interfaceIsUp
        let isBehind =
            hears && other.state == .master && hosts[side.other].world.takesPart(other)
        switch mine.state {
        case .initial:
            return isUp ? (.backup, Self.initializes, "initialization complete") : nil
        case .backup where !isBehind:
            let wait = hears && other.vrrp?.hasResigned == true ? mine.skew : mine.masterDown
            return (.master, wait, "master timed out")
        case .backup:
            let preempts = mine.vrrp?.preempts ?? hosts[side].world.carpPreempts
            return preempts && mine.rank < other.rank
                ? (.master, other.interval, "preempting a slower master") : nil
        case .master:
            let gives = mine.rank > other.rank || mine.rank == other.rank && side == mine.loser
            return isBehind && gives
                ? (.backup, other.interval, "more frequent advertisement received") : nil
        }
    }
}

extension VirtualHost {
    /// Who of two masters alike gives way: with CARP the first to hear the other, which is always b
    /// here; with VRRP the one of the lower address, which is a.
    fileprivate var loser: Side { vrrp == nil ? .b : .a }
}
