extension World {
    /// The state of the node, a line for each thing.
    public var outline: [String] {
        var lines = roles.map { "resource \($0.name): \($0.role.rawValue)" }
        for pool in pools {
            let mounted = pool.datasets.filter(\.isMounted).count
            let health = pool.isSuspended ? ", SUSPENDED" : ""
            let state = pool.isImported ? "imported\(health), \(mounted) mounted" : "absent"
            lines.append("pool \(pool.name): \(state)")
        }
        lines += services.filter(\.isRunning).map { "service \($0.name): running" }
        lines += carp.map { "vhid \($0.vhid)@\($0.interface): \($0.state), advskew \($0.advskew)" }
        if isFenced { lines.append("fenced") }
        return lines
    }
}
