/// The state of a pool as the kernel tells it without a lock (module/zfs/spa_stats.c): on Linux in
/// a file, on FreeBSD by sysctl(8).
enum Kstat {
    /// The kernel's list of pools on Linux, which is there with ZFS.
    static let pools = "/proc/spl/kstat/zfs"
    private static let folder = pools + "/"
    private static let file = "/state"

    /// Whether a path is that of a pool's state.
    static func isState(_ path: String) -> Bool {
        path.hasPrefix(folder) && path.hasSuffix(file)
    }

    /// What stands there; nil for no file, which is so while the pool is not imported.
    static func state(_ path: String, _ world: World) -> [UInt8]? {
        let name = path.dropFirst(folder.count).dropLast(file.count)
        guard world.isLinux, let index = world.pools.firstIndex(where: { $0.name == name }),
            world.pools[index].isImported
        else { return nil }
        return Array((world.health(ofPool: index) + "\n").utf8)
    }

    /// `sysctl -n kstat.zfs.POOL.misc.state`; a pool that is not imported has no such name.
    static func sysctl(_ argv: [String], on world: World) -> Outcome {
        guard argv.count == 3, argv[1] == "-n" else {
            return .fails(1, "usage: sysctl [-bdeFhiNnoRTtqWx] [ -B <bufsize> ] [-f filename] name")
        }
        let words = argv[2].split(separator: ".", omittingEmptySubsequences: false)
        guard words.count == 5, words.starts(with: ["kstat", "zfs"]),
            words[3] == "misc", words[4] == "state",
            let index = world.importedPool(String(words[2]))
        else { return .fails(1, "sysctl: unknown oid '\(argv[2])'") }
        return .prints(world.health(ofPool: index) + "\n")
    }
}
