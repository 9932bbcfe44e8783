import Engine

/// The states of an instance of keepalived in a world file's words.
private enum KeepalivedWord: String, CaseIterable {
    case fault, backup, master

    var state: VirtualHost.State {
        switch self {
        case .fault: .initial
        case .backup: .backup
        case .master: .master
        }
    }
}

/// Shared addresses, which CARP or keepalived moves.
extension WorldReader {
    /// What only a world with keepalived has.
    static let keysOfKeepalived = [
        "keepalived", "address", "track-file", "priority", "peer-priority",
    ]

    mutating func readAddressOfPair(_ file: Section) {
        if let address = text(file, "address") { pair.address = address }
        if Self.keysOfKeepalived.contains(where: { file[$0] != nil }) {
            pair.keepalived = pair.keepalived ?? Vrrp()
        }
        if let path = text(file, "track-file") { pair.keepalived?.trackFile = path }
        if let number = integer(file, "priority", in: 1...254) {
            pair.keepalived?.priority = number
        }
        if let number = integer(file, "peer-priority", in: 1...254) {
            pair.keepalived?.peerPriority = number
        }
    }

    mutating func readAddress(_ file: Section) {
        if let word: KeepalivedWord = choice(file, "keepalived") {
            world.virtualHosts[0].state = word.state
        }
        if let state: CarpWord = choice(file, "carp") { world.virtualHosts[0].state = state.state }
        if let skew = integer(file, "advskew", in: 0...254) { world.virtualHosts[0].advskew = skew }
        if let skew = integer(file, "peer-advskew", in: 0...254) {
            world.virtualHosts[0].peerAdvskew = skew
        }
        if let flag = boolean(file, "carp-preempts") { world.carpPreempts = flag }
        guard world.virtualHosts[0].vrrp != nil else { return }
        for key in ["carp", "advskew", "peer-advskew", "carp-preempts"] {
            guard let node = file[key] else { continue }
            badValue(
                "`\(key)` is of CARP, and keepalived moves the address of this world",
                at: node.span, help: "leave it out, or say `keepalived: master`")
        }
    }

    /// A state of the pair's own instance.
    mutating func keepalived(_ node: Node) -> [Change] {
        let word: KeepalivedWord? = choice(node, "`keepalived`")
        return word.map { [.carp(pair.interface, vhid: pair.vhid, $0.state)] } ?? []
    }
}
