extension World {
    /// The index of a pool.
    func poolIndex(_ name: String) -> Int? {
        for index in pools.indices where pools[index].name == name { return index }
        return nil
    }

    /// The index of a pool that is imported here.
    func importedPool(_ name: String) -> Int? {
        poolIndex(name).flatMap { pools[$0].isImported ? $0 : nil }
    }

    /// How many of a pool's devices are not there.
    func missingDevices(ofPool index: Int) -> Int {
        var missing = 0
        for device in pools[index].devices where !stands(at: device) { missing += 1 }
        return missing
    }

    /// The health as `zpool list` prints it.
    func health(ofPool index: Int) -> String {
        if let shown = pools[index].shownHealth { return shown }
        if pools[index].isSuspended { return "SUSPENDED" }
        return missingDevices(ofPool: index) == 0 ? "ONLINE" : "DEGRADED"
    }

    /// Whether a suspended pool makes every zpool and zfs command hang.
    var zfsHangs: Bool {
        for index in pools.indices where pools[index].isImported && pools[index].isSuspended {
            if pools[index].hangsWhenSuspended { return true }
        }
        return false
    }

    /// What keeps a pool from being exported: its holders, and ctld while it serves from it.
    func holders(of pool: Pool) -> [Pool.Holder] {
        if isLinux { return pool.holders + linuxHolders(of: pool.name) }
        guard hasUnits, iscsi.luns.contains(where: { $0.pool == pool.name && $0.isOpen }) else {
            return pool.holders
        }
        return pool.holders + [Pool.Holder("ctld", .volume)]
    }
}
