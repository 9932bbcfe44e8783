/// A virtual host of CARP on this node.
public struct VirtualHost: Hashable, Sendable {
    /// The states of carp(4).
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

    /// How long a backup waits for the master's advertisements before it takes over.
    var masterDown: Duration { .seconds(3 * advbase) + .milliseconds(advskew * 1000 / 256) }
}

extension World {
    /// The index of a virtual host.
    func carpIndex(_ interface: String, _ vhid: Int) -> Int? {
        carp.firstIndex { $0.interface == interface && $0.vhid == vhid }
    }

    /// Gives a virtual host a state, for a reason in the words of carp(4).
    mutating func setCarp(_ index: Int, to state: VirtualHost.State, why: String) {
        let host = carp[index]
        guard host.state != state else { return }
        carp[index].state = state
        note(
            "carp: \(host.vhid)@\(host.interface): \(host.state.rawValue) -> \(state.rawValue)"
                + " (\(why))"
        )
    }

    /// Lets a virtual host do in a while what its neighbours will make it do.
    mutating func settleCarp(_ index: Int) {
        guard !isPaired else { return }
        let host = carp[index]
        guard let (next, delay) = nextCarpState(host), next != host.state else { return }
        schedule(.carpSettles(host.interface, vhid: host.vhid), after: delay)
    }

    /// Does it, if it is still so.
    mutating func carpSettles(_ index: Int) {
        guard let (next, _) = nextCarpState(carp[index]) else { return }
        let why = next == .master ? "master timed out" : "more frequent advertisement received"
        setCarp(index, to: next, why: why)
    }

    /// A backup without a better master takes over, a master gives way to a better one.
    private func nextCarpState(
        _ host: VirtualHost
    ) -> (state: VirtualHost.State, after: Duration)? {
        switch host.state {
        case .initial: return nil
        case .backup:
            let peerServes = !carpPreempts || host.peerAdvskew <= host.advskew
            return peerIsAlive && peerServes ? nil : (.master, host.masterDown)
        case .master:
            let peerIsBetter = carpPreempts && host.peerAdvskew < host.advskew
            return peerIsAlive && peerIsBetter ? (.backup, .seconds(host.advbase)) : nil
        }
    }
}
