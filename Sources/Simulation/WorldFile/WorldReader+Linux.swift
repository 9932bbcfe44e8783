import Engine

/// What only a Linux node has, in a world file's words.
extension WorldReader {
    private enum StartWord: String, CaseIterable {
        case threads
        case noThread = "no-thread"
    }
    private enum ExportWord: String, CaseIterable { case goes, stays }
    private enum TgtWord: String, CaseIterable { case ready, offline, busy }

    mutating func readLinux(_ file: Section) {
        readLio(file)
        readTgt(file)
        readNFS(file)
    }

    private mutating func readLio(_ file: Section) {
        guard let section = linux(file, "lio", keys: ["restore", "set-up", "enabled"]) else {
            return
        }
        if boolean(section, "set-up") == true { _ = world.restoreLio() }
        if boolean(section, "enabled") == false {
            for index in world.lio.groups.indices { world.lio.groups[index].isEnabled = false }
            world.tellLio()
        }
        if let word: Lio.Restore = choice(section, "restore") { world.lio.restore = word }
    }

    private mutating func readTgt(_ file: Section) {
        guard let section = linux(file, "tgt", keys: ["state", "initiators"]) else { return }
        if let names = texts(section, "initiators") { world.tgt.initiators = names }
        world.tgt.logIn()
        if let word: TgtWord = choice(section, "state") {
            world.tgt.isReady = word != .offline
            world.tgt.isBusy = word == .busy
        }
    }

    private mutating func readNFS(_ file: Section) {
        let keys = ["grace", "start", "export", "active", "exports", "exported"]
        guard let section = linux(file, "nfs", keys: keys) else { return }
        if let seconds = integer(section, "grace", in: 0...3600) { world.nfs.grace = seconds }
        if let word: StartWord = choice(section, "start") {
            world.nfs.startsNoThread = word == .noThread
        }
        if let word: ExportWord = choice(section, "export") {
            world.nfs.exportStays = word == .stays
        }
        if let flag = boolean(section, "active"), let index = world.serviceIndex("nfs-server") {
            world.services[index].unit.isActive = flag
        }
        if boolean(section, "exports") == false {
            world.nfs.configured = []
            world.unexportAll()
        }
        if boolean(section, "exported") == false { world.unexportAll() }
        world.tellNFS()
    }

    /// The map under a key that a world of FreeBSD has no use for.
    private mutating func linux(_ file: Section, _ key: String, keys: [String]) -> Section? {
        guard let node = file[key] else { return nil }
        guard world.isLinux else {
            badValue(
                "`\(key)` is of Linux, and this world is not", at: node.span,
                help: "write `platform: linux` in the world")
            return nil
        }
        return section(node, "`\(key)`", keys: keys)
    }
}
