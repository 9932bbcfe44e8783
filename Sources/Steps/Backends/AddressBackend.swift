import Engine

/// What a node is to a shared address.
enum AddressState: String, CaseIterable, Sendable {
    case master, backup
    /// Not taking part: the interface is down, or the protocol has only begun.
    case initial = "init"
}

/// A shared address, by the interface and the number of its virtual host.
struct SharedAddress: Hashable, Sendable {
    let interface: String
    let vhid: Int

    /// How a condition names what it is about.
    var subject: String { "address \(interface) vhid \(vhid)" }
}

/// How a shared address is looked at, claimed and yielded.
protocol AddressBackend: Sendable {
    func address(_ address: SharedAddress, is state: AddressState) -> Probe
    /// That it is, or is not, ours, at a preference in which 0 is preferred most.
    func address(_ address: SharedAddress, isClaimed: Bool, advskew: Int) -> Probe
    func claim(_ address: SharedAddress, advskew: Int) -> [Command]
    func yield(_ address: SharedAddress, advskew: Int) -> [Command]
}
