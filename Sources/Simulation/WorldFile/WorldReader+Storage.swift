import Engine

extension WorldReader {
    private enum WorkerWord: String, CaseIterable { case ends, stuck }
    private enum SuspendedWord: String, CaseIterable { case hangs, shows }
    /// The healths of zpool-list(8).
    private enum HealthWord: String, CaseIterable {
        case online = "ONLINE"
        case degraded = "DEGRADED"
        case faulted = "FAULTED"
        case offline = "OFFLINE"
        case removed = "REMOVED"
        case unavailable = "UNAVAIL"
    }
    private enum KeyWord: String, CaseIterable { case there, missing }
    private enum UserWord: String, CaseIterable { case thisNode = "this-node", peer }

    mutating func readResources(_ file: Section) {
        guard pair.replication == .hast else { return readDrbdResources(file) }
        for (name, section) in sections(
            file,
            "resources",
            of: "a resource",
            keys: ["role", "peer", "worker", "fresh"]
        ) {
            let index = resource(name)
            if let peer: HastResource.Peer = choice(section, "peer") {
                world.hast.resources[index].peer = peer
            }
            if let role: HastResource.Role = choice(section, "role") { take(index, role) }
            if let worker: WorkerWord = choice(section, "worker") {
                world.hast.resources[index].workerIgnoresTerm = worker == .stuck
            }
            if let flag = boolean(section, "fresh") { world.mark(name, isFresh: flag) }
        }
    }

    private mutating func resource(_ name: String) -> Int {
        if let index = world.hast.index(of: name) { return index }
        world.hast.resources.append(
            HastResource(
                name,
                localPath: "/dev/da\(world.hast.resources.count)",
                remoteAddress: "tcp4://" + pair.peerAddress
            )
        )
        world.mark(name, isFresh: true)
        return world.hast.resources.count - 1
    }

    /// A resource of the file begins as it will be, its device included.
    private mutating func take(_ index: Int, _ role: HastResource.Role) {
        world.endWorker(index)
        world.hast.resources[index].role = role
        let isConnected = world.hast.resources[index].peer == .primary
        guard role == .primary || role == .secondary && isConnected else { return }
        world.startWorker(index)
        guard role == .primary else { return }
        world.hast.resources[index].ioFlows = true
        world.hast.resources[index].start = .hasDevice
        world.create(FileEntry(world.hast.resources[index].device, .characterDevice))
    }

    mutating func readPools(_ file: Section) {
        let keys = [
            "imported", "exported", "last-user", "peer-has-it", "devices", "redundancy",
            "health", "suspended", "when-suspended", "holders", "datasets", "cachefile", "altroot",
            "id", "logs",
        ]
        for (name, section) in sections(file, "pools", of: "a pool", keys: keys) {
            let index = pool(name)
            readState(of: index, section)
            for item in items(section, "holders") {
                if let holder = holder(item) { world.pools[index].holders.append(holder) }
            }
            if section["datasets"] != nil {
                world.pools[index].datasets = items(section, "datasets").compactMap {
                    dataset($0)
                }
            }
        }
    }

    private mutating func pool(_ name: String) -> Int {
        if let index = world.poolIndex(name) { return index }
        world.pools.append(Pool(name, devices: [], lastUser: world.node))
        return world.pools.count - 1
    }

    private mutating func readState(of index: Int, _ section: Section) {
        var pool = world.pools[index]
        if let devices = texts(section, "devices") { pool.devices = devices }
        if let count = integer(section, "redundancy", in: 0...255) { pool.redundancy = count }
        if let flag = boolean(section, "imported") { pool.isImported = flag }
        if let flag = boolean(section, "exported") { pool.isExported = flag }
        if let flag = boolean(section, "peer-has-it") { pool.peerHasIt = flag }
        if let user: UserWord = choice(section, "last-user") {
            pool.lastUser = user == .peer ? world.peer : world.node
        }
        if let file = text(section, "cachefile") { pool.cachefile = file == "-" ? nil : file }
        if let root = text(section, "altroot") { pool.altroot = root }
        if let id = text(section, "id").flatMap(UInt64.init) { pool.guid = id }
        if let logs = texts(section, "logs") { pool.logs = logs }
        if let health: HealthWord = choice(section, "health") { pool.shownHealth = health.rawValue }
        if let flag = boolean(section, "suspended") { pool.isSuspended = flag }
        if let word: SuspendedWord = choice(section, "when-suspended") {
            pool.hangsWhenSuspended = word == .hangs
        }
        world.pools[index] = pool
    }

    mutating func holder(_ node: Node) -> Pool.Holder? {
        guard let section = section(node, "a holder", keys: ["name", "kind"]) else { return nil }
        let kind: Pool.Holder.Kind = choice(section, "kind") ?? .files
        guard let name = text(section, "name") else {
            missing("name", of: section, help: "write what holds the pool: `name: rsync`")
            return nil
        }
        return Pool.Holder(name, kind)
    }

    private mutating func dataset(_ node: Node) -> Dataset? {
        let keys = [
            "name", "mountpoint", "canmount", "mounted", "mount-fails", "not-empty", "keystatus",
            "keylocation", "key", "zoned", "receive-resume-token", "redacted", "sharenfs",
        ]
        guard let section = section(node, "a dataset", keys: keys) else { return nil }
        guard let name = text(section, "name") else {
            missing("name", of: section, help: "write the whole name: `name: tank/export`")
            return nil
        }
        var dataset = Dataset(
            name,
            mountpoint: text(section, "mountpoint"),
            canMount: choice(section, "canmount") ?? .on,
            isMounted: boolean(section, "mounted") ?? false,
            mountRefusal: text(section, "mount-fails")
        )
        if boolean(section, "not-empty") == true {
            dataset.mountRefusal = "directory is not empty"
        }
        if let status: Dataset.KeyStatus = choice(section, "keystatus") {
            dataset.keyStatus = status
        }
        dataset.keyLocation = text(section, "keylocation")
        if let word: KeyWord = choice(section, "key") { dataset.isKeyThere = word == .there }
        dataset.isZoned = boolean(section, "zoned") ?? false
        dataset.resumeToken = text(section, "receive-resume-token")
        dataset.isRedacted = boolean(section, "redacted") ?? false
        dataset.shareNFS = text(section, "sharenfs") ?? "off"
        return dataset
    }

    /// The maps under a key, each with the name that it stands under.
    mutating func sections(
        _ file: Section,
        _ key: String,
        of what: String,
        keys: [String]
    ) -> [(name: String, section: Section)] {
        guard let node = file[key] else { return [] }
        guard let entries = node.entries else {
            wrongType(
                "`\(key)` of a world is \(node.kindName) and should be a map of names",
                at: node.span
            )
            return []
        }
        var found: [(name: String, section: Section)] = []
        for entry in entries {
            if let section = section(entry.value, what, keys: keys) {
                found.append((entry.key, section))
            }
        }
        return found
    }
}
