import Engine

/// Builds a world from the nodes of a file, and notes every fault.
struct WorldReader {
    var diagnostics: Diagnostics
    var pair: Pair
    var world = World()

    init(_ pair: Pair, diagnostics: Diagnostics) {
        self.pair = pair
        self.diagnostics = diagnostics
    }

    /// What a world file may say.
    static let keys =
        [
            "description", "standing", "platform", "disks", "pool", "interface", "vhid", "peer",
            "peer-after", "zfs", "hastd", "hast-timeout",
            "drbd", "carp", "advskew", "peer-advskew",
            "carp-preempts", "resources", "pools", "services", "targets", "luns", "lio", "tgt",
            "nfs", "files", "devices", "processes", "ports", "operator", "tools", "latencies",
            "faults", "later",
        ] + keysOfKeepalived

    /// What the peer does, in a world file's words.
    private enum PeerWord: String, CaseIterable { case releases, dead, stays }
    /// The states of a daemon, in a world file's words.
    private enum DaemonWord: String, CaseIterable { case running, stopped, deadlocked }

    mutating func read(_ node: Node, for plan: Plan?, of site: Site) -> World {
        let empty = Node(.map([]), span: node.span)
        guard let file = section(node.isNull ? empty : node, "a world", keys: Self.keys),
            !isOfAnotherPlatform(file, site)
        else { return world }
        readPair(file)
        if let plan { checkNames(file, plan) }
        world = World.pair(pair, choice(file, "standing") ?? Standing(for: plan?.direction))
        if let release: ZFSRelease = choice(file, "zfs") { world.zfs = release }
        if let word: Operator = choice(file, "operator") { world.operator = word }
        readAddress(file)
        readDrbd(file)
        readResources(file)
        readPools(file)
        readServices(file)
        readLinux(file)
        switch choice(file, "hastd") as DaemonWord? {
        case .stopped: world.serviceIndex("hastd").map { world.takeDown($0) }
        case .deadlocked: world.hast.isDeadlocked = true
        case .running, nil: break
        }
        readFiles(file)
        world.settleShares()
        readTools(file)
        readLatencies(file)
        for item in items(file, "faults") {
            if let fault = fault(item) { world.faults.append(fault) }
        }
        for item in items(file, "later") { world.later += later(item) }
        world.upcoming = []
        return world
    }

    private mutating func readPair(_ file: Section) {
        if let disks = texts(file, "disks") { pair.disks = disks }
        if let pool = text(file, "pool") { pair.pool = pool }
        if let interface = text(file, "interface") { pair.interface = interface }
        if let vhid = integer(file, "vhid", in: 1...255) { pair.vhid = vhid }
        if let platform: Platform = choice(file, "platform") {
            pair.platform = platform
            if platform == .linux {
                pair.replication = .drbd(.v84)
                pair.keepalived = pair.keepalived ?? Vrrp()
            }
        }
        if let release = drbdRelease(file) { pair.replication = .drbd(release) }
        readAddressOfPair(file)
        if let timeout = duration(file, "hast-timeout") { pair.hastTimeout = timeout }
        let after = duration(file, "peer-after")
        let word: PeerWord = choice(file, "peer") ?? .releases
        switch word {
        case .releases: pair.peer = .releases(after: after ?? .milliseconds(1200))
        case .dead: pair.peer = .isDead(workersEnd: after ?? pair.replication.silence)
        case .stays: pair.peer = .stays
        }
    }

    private mutating func readFiles(_ file: Section) {
        if let node = file["files"], let entries = node.entries {
            for entry in entries {
                let text = text(entry.value, "the text of `\(entry.key)`") ?? ""
                world.create(FileEntry(entry.key, bytes: Array(text.utf8)))
            }
        } else if let node = file["files"] {
            wrongType("`files` of a world is a map of paths and texts", at: node.span)
        }
        for path in texts(file, "devices") ?? [] {
            world.create(FileEntry(path, .characterDevice))
        }
        for title in texts(file, "processes") ?? [] { world.startProcess(title) }
        for item in items(file, "ports") {
            if let port = integer(item, "an item of `ports`", in: 1...65535) {
                world.listeners.append(port)
            }
        }
    }

    private mutating func readLatencies(_ file: Section) {
        guard let node = file["latencies"] else { return }
        guard let entries = node.entries else {
            return wrongType(
                "`latencies` of a world is a map of commands and durations",
                at: node.span
            )
        }
        for entry in entries {
            guard let takes = duration(entry.value, "`\(entry.key)` of latencies") else { continue }
            switch entry.key {
            case "read": world.latencies.read = takes
            case "device": world.latencies.device = takes
            case "connect": world.latencies.connect = takes
            case "apply": world.latencies.apply = takes
            case "ask": world.latencies.ask = takes
            default:
                let words = entry.key.split(separator: " ").map(String.init)
                world.latencies.overrides.append(Latencies.Override(words, takes: takes))
            }
        }
    }
}
