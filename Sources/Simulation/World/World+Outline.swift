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
        if isLinux { lines += linuxOutline }
        lines += iscsi.targets.filter(iscsi.offline.contains).map { "target \($0): offline" }
        lines += virtualHosts.map { outline(of: $0) }
        if isFenced { lines.append("fenced") }
        return lines
    }

    private func outline(of host: VirtualHost) -> String {
        guard let vrrp = host.vrrp else {
            return "vhid \(host.vhid)@\(host.interface): \(host.state), advskew \(host.advskew)"
        }
        let state = takesPart(host) ? host.word.lowercased() : "no keepalived"
        let leftOver = !takesPart(host) && host.state == .master ? ", address left over" : ""
        return "\(vrrp.instance) on \(host.interface): \(state)\(leftOver)"
    }
}
