extension World {
    /// Installs what a Linux node serves with: systemd, the kernel's iSCSI target and NFS server,
    /// and tgt. Nothing of it runs, and nothing starts at boot.
    mutating func installLinuxServices(_ pair: Pair) {
        linux = [LinuxNode()]
        var server = RcService(
            "nfs-server", isEnabled: false,
            titles: Array(repeating: "nfsd", count: NfsServer.threads), ports: [2049],
            needs: ["nfs-mountd"])
        server.isKernel = true
        server.unit.isOneshot = true
        var target = RcService("lio", isEnabled: false, ports: [3260])
        target.isKernel = true
        target.isUnit = false
        services = [
            RcService("nfs-mountd", isEnabled: false, titles: ["/usr/sbin/rpc.mountd"]), server,
            target,
            RcService("tgt", isEnabled: false, titles: ["/usr/sbin/tgtd -f"], ports: [3260]),
        ]
        iscsi.targets = pair.targets.isEmpty ? ["iqn.2026-11.org.example:disk0"] : pair.targets
        iscsi.luns = pair.luns
        let exports = pair.exports.isEmpty ? ["/\(pair.pool)/export"] : pair.exports
        nfs.configured = exports.map { NfsServer.Export($0, pool: pair.pool) }
        tellNFS()
    }

    /// Lets the node serve what is installed, by the kernel's target.
    mutating func serveLinux() {
        _ = restoreLio()
        if let index = serviceIndex("nfs-server") { startNFS(index) }
    }

    /// What the unit of the NFS server does: exports, threads, and rpc.mountd beside them.
    mutating func startNFS(_ index: Int) {
        if let mountd = serviceIndex("nfs-mountd") { bringUp(mountd) }
        services[index].unit.isActive = true
        nfs.table = nfs.configured + shares
        setThreads(nfs.startsNoThread ? 0 : services[index].titles.count)
    }

    /// What the unit does when it stops.
    mutating func stopNFS(_ index: Int) {
        services[index].unit.isActive = false
        setThreads(0)
        unexportAll()
        nfs.held = []
        if let mountd = serviceIndex("nfs-mountd") { takeDown(mountd) }
        tellNFS()
    }

    /// What its start at boot or by systemd does with a service that runs in the kernel.
    mutating func bringUpKernel(_ index: Int) {
        if services[index].name == "lio" { _ = restoreLio() } else { startNFS(index) }
    }

    /// What its end does.
    mutating func takeDownKernel(_ index: Int) {
        if services[index].name == "lio" { clearLio() } else { stopNFS(index) }
    }

    /// tgt.service starts the daemon and lets it read its configuration before it lets anybody in.
    mutating func tgtStarts() {
        tgt.targets = []
        tgt.isReady = true
        updateTgt(isForced: false)
    }

    /// The power goes: nothing of it lies on a disk.
    mutating func loseLinux() {
        (iscsi.leftPorts, iscsi.offline, iscsi.unitsAreLeft) = ([], [], false)
        guard isLinux else { return }
        for index in services.indices {
            services[index].unit.isActive = false
            services[index].unit.failure = nil
            services[index].unit.job = nil
            services[index].unit.cancelled = 0
        }
        lio = lio.forgotten
        tgt.targets = []
        nfs.table = []
        setThreads(0)
        flushExports()
    }

    /// What of it keeps a pool from being exported, besides what anything else does.
    func linuxHolders(of pool: String) -> [Pool.Holder] {
        var holders: [Pool.Holder] = []
        if lio.backstores.contains(where: { $0.lun.pool == pool }) {
            holders.append(Pool.Holder("lio", .volume))
        }
        if tgtRuns, tgt.targets.contains(where: { $0.units.contains { $0.pool == pool } }) {
            holders.append(Pool.Holder("tgtd", .volume))
        }
        if nfs.held.contains(where: { $0.pool == pool }) {
            holders.append(Pool.Holder("nfsd", .volume))
        }
        return holders
    }

    /// What Linux serves and holds, a line for each thing.
    var linuxOutline: [String] {
        func line(_ name: String, _ isOpen: Bool, _ units: Int) -> String {
            "target \(name): \(isOpen ? "open" : "closed"), units: \(units)"
        }
        var lines = services.compactMap { service in
            service.unit.failure.map { "service \(service.name): failed (\($0))" }
        }
        lines += lio.groups.map { line($0.target, $0.isEnabled, $0.units.count) }
        let units = lio.groups.flatMap(\.units)
        for backstore in lio.backstores where !units.contains(backstore.name) {
            lines.append("backstore \(backstore.name): \(backstore.lun.path)")
        }
        if tgtRuns {
            lines += tgt.targets.map { line($0.name, tgt.isReady && $0.isReady, $0.units.count) }
        }
        return lines + nfs.held.map { "export \($0.path)" }
    }

    /// Whether clients are served iSCSI.
    var servesISCSI: Bool {
        guard isLinux else { return ctldServes }
        if lio.groups.contains(where: { $0.isEnabled && !$0.units.isEmpty }) { return true }
        return tgtRuns && tgt.isReady && tgt.targets.contains { $0.isReady && !$0.units.isEmpty }
    }

    /// Whether clients are served NFS.
    var servesNFS: Bool {
        guard isLinux else {
            let isAnyExported = pools.contains { $0.datasets.contains(where: \.isExported) }
            return isServing("nfsd") && (isAnyExported || !nfsServesOthers)
        }
        return nfsThreads > 0 && isServing("nfs-mountd") && !nfs.table.isEmpty
    }
}
