public import Engine

/// A shared address on this node: a virtual host of CARP, or an instance of VRRP.
public struct VirtualHost: Hashable, Sendable {
    /// The states of carp(4); `initial` is also VRRP's FAULT.
    public enum State: String, Sendable, CaseIterable {
        case initial = "INIT"
        case backup = "BACKUP"
        case master = "MASTER"
    }

    /// The interface that carries the shared address.
    public var interface: String
    /// The number of the virtual host.
    public var vhid: Int
    /// This node's state.
    public var state: State
    /// The shared address; nil when the virtual host was made without one.
    public var address: String?
    /// The base of the interval between advertisements, in seconds.
    public var advbase = 1
    /// This node's skew, in 1/256 s: the lower one wins.
    public var advskew: Int
    /// The peer's skew.
    public var peerAdvskew: Int
    /// What keepalived makes of it; nil for CARP.
    public var vrrp: Vrrp?

    /// Creates a virtual host.
    public init(
        _ interface: String,
        vhid: Int,
        _ state: State,
        address: String? = "192.0.2.250",
        advskew: Int = 0,
        peerAdvskew: Int = 100
    ) {
        self.interface = interface
        self.vhid = vhid
        self.state = state
        self.address = address
        self.advskew = advskew
        self.peerAdvskew = peerAdvskew
    }

    /// By which two nodes compare: the lower one is preferred.
    var rank: Int { vrrp.map { -$0.priority } ?? advbase * 256 + advskew }
    /// The peer's rank, where the peer is not simulated.
    var peerRank: Int { vrrp.map { -$0.peerPriority } ?? advbase * 256 + peerAdvskew }

    /// How much longer a node waits that is preferred less.
    var skew: Duration {
        .milliseconds(
            vrrp.map { (256 - $0.priority) * advbase * 1000 / 256 } ?? advskew * 1000 / 256)
    }
    /// How often a master advertises; of CARP's, the skew is a part of that.
    var interval: Duration { .seconds(advbase) + (vrrp == nil ? skew : .zero) }
    /// How long a backup waits for the master's advertisements before it takes over.
    var masterDown: Duration { .seconds(3 * advbase) + skew }

    /// Who moves it and which one it is, for a person.
    public var name: String {
        vrrp.map { "keepalived: \($0.instance)" } ?? "CARP: \(vhid)@\(interface)"
    }
    /// The state in the words of whoever moves the address.
    public var word: String { vrrp != nil && state == .initial ? "FAULT" : state.rawValue }
    /// What a node hears of a change to this state.
    public var notice: Notice {
        guard let vrrp else {
            return .carp(vhid: vhid, interface: interface, state: state.rawValue)
        }
        return .keepalived(kind: "INSTANCE", name: vrrp.instance, state: word)
    }
}

extension World {
    /// The index of a virtual host.
    func carpIndex(_ interface: String, _ vhid: Int) -> Int? {
        virtualHosts.firstIndex { $0.interface == interface && $0.vhid == vhid }
    }

    /// Gives a virtual host a state, for a reason in the words of carp(4).
    mutating func setCarp(_ index: Int, to state: VirtualHost.State, why: String) {
        let host = virtualHosts[index]
        guard host.state != state else { return }
        virtualHosts[index].state = state
        virtualHosts[index].vrrp?.hasResigned = host.state == .master && state == .initial
        if let vrrp = host.vrrp {
            let word = virtualHosts[index].word
            return note("Keepalived_vrrp: (\(vrrp.instance)) Entering \(word) STATE")
        }
        note(
            "carp: \(host.vhid)@\(host.interface): \(host.state.rawValue) -> \(state.rawValue)"
                + " (\(why))"
        )
    }

    /// Lets a virtual host do in a while what its neighbours will make it do.
    mutating func settleCarp(_ index: Int) {
        guard !isPaired else { return }
        let host = virtualHosts[index]
        guard takesPart(host), let (next, delay) = nextCarpState(host), next != host.state
        else { return }
        schedule(.carpSettles(host.interface, vhid: host.vhid), after: delay)
    }

    /// Does it, if it is still so.
    mutating func carpSettles(_ index: Int) {
        let host = virtualHosts[index]
        guard takesPart(host), let (next, _) = nextCarpState(host) else { return }
        let why = next == .master ? "master timed out" : "more frequent advertisement received"
        setCarp(index, to: next, why: why)
    }

    /// A backup without a better master takes over, a master gives way to a better one.
    private func nextCarpState(
        _ host: VirtualHost
    ) -> (state: VirtualHost.State, after: Duration)? {
        let preempts = host.vrrp?.preempts ?? carpPreempts
        switch host.state {
        case .initial: return nil
        case .backup:
            let peerServes = !preempts || host.peerRank <= host.rank
            return peerIsAlive && peerServes ? nil : (.master, host.masterDown)
        case .master:
            let peerIsBetter = preempts && host.peerRank < host.rank
            return peerIsAlive && peerIsBetter ? (.backup, .seconds(host.advbase)) : nil
        }
    }
}
