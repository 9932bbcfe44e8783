/// The state of a pool as the kernel of Linux tells it without a lock (module/zfs/spa_stats.c).
enum Kstat {
    private static let folder = "/proc/spl/kstat/zfs/"
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
}
