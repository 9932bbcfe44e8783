import Engine

/// What a world file says of DRBD: `drbd: 9`, or a map, stands for the replication by it.
extension WorldReader {
    private enum FencingWord: String, CaseIterable {
        case none = "dont-care"
        case resourceOnly = "resource-only"
    }
    private enum ModuleWord: String, CaseIterable { case installed, missing }
    /// The roles, in the words of the plans.
    private enum RoleWord: String, CaseIterable { case `init`, primary, secondary }

    /// Which DRBD replicates; nil when it does not.
    mutating func drbdRelease(_ file: Section) -> Drbd.Release? {
        guard let node = file["drbd"] else { return nil }
        guard node.entries != nil else { return choice(node, "`drbd` of a world") ?? .v84 }
        return node["release"].flatMap { choice($0, "`release` of `drbd`") } ?? .v84
    }

    mutating func readDrbd(_ file: Section) {
        guard let node = file["drbd"], node.entries != nil else { return }
        let keys = [
            "release", "module", "silence", "ping-timeout", "probes", "fencing", "fence-peer",
        ]
        guard let section = section(node, "`drbd`", keys: keys) else { return }
        if let word: ModuleWord = choice(section, "module") {
            world.drbd.isInstalled = word == .installed
        }
        if let silence = duration(section, "silence") { world.drbd.silence = silence }
        if let timeout = duration(section, "ping-timeout") { world.drbd.pingTimeout = timeout }
        if let probes = duration(section, "probes") { world.drbd.probes = probes }
        if let word: FencingWord = choice(section, "fencing") {
            world.drbd.fences = word == .resourceOnly
        }
        if let code = integer(section, "fence-peer", in: 0...255) { world.drbd.fencePeer = code }
    }

    mutating func readDrbdResources(_ file: Section) {
        let keys = ["role", "peer", "disk", "peer-disk", "connection"]
        for (name, section) in sections(file, "resources", of: "a resource", keys: keys) {
            let index = world.drbd.index(of: name) ?? world.addDrbd(name)
            if let word: RoleWord = choice(section, "role") { take(index, word) }
            if let word: RoleWord = choice(section, "peer"), word != .`init` {
                world.drbd.resources[index].peer = word == .primary ? .primary : .secondary
            }
            readStates(of: index, section)
        }
    }

    private mutating func take(_ index: Int, _ role: RoleWord) {
        if role == .`init` { return world.takeDown(drbd: index) }
        world.drbd.resources[index].role = role == .primary ? .primary : .secondary
        if role == .primary { world.drbd.resources[index].peer = .secondary }
    }

    /// A copy that is not full is being made so while there is a peer for that.
    private mutating func readStates(of index: Int, _ section: Section) {
        if let word: DrbdResource.Connection = choice(section, "connection"), word != .connected {
            world.drbd.resources[index].disconnect(word)
        }
        if let word: DrbdResource.Disk = choice(section, "peer-disk") {
            world.drbd.resources[index].peerDisk = word
        }
        guard let word: DrbdResource.Disk = choice(section, "disk") else { return }
        world.drbd.resources[index].disk = word
        let isConnected = world.drbd.resources[index].connection == .connected
        if isConnected && word == .inconsistent {
            world.drbd.resources[index].replication = .target
        }
    }
}

extension Pair.Replication {
    /// How long a dead peer counts as connected, unless the file says otherwise.
    fileprivate static let pingInterval = Drbd().silence
    var silence: Duration { self == .hast ? Hast.usualTimeout : Self.pingInterval }
}
