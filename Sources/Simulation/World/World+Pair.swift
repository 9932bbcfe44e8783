import Engine

extension World {
    /// A pair of nodes with HAST or DRBD, ZFS, CARP, NFS and ctld, as this node stands.
    public static func pair(_ pair: Pair = Pair(), _ standing: Standing) -> World {
        var world = World()
        switch pair.platform {
        case .freebsd: world.installServices(pair)
        case .linux: world.installLinuxServices(pair)
        }
        world.nfsServesOthers = !pair.exports.isEmpty
        world.tools = pair.tools
        world.files += pair.files
        for name in pair.services { world.services.append(RcService(name, isEnabled: false)) }
        switch pair.replication {
        case .hast: world.addDisks(pair)
        case .drbd(let release): world.addDrbd(release, pair)
        }
        world.addPool(pair)
        world.addAddress(pair, standing)
        switch standing {
        case .takingOver, .standby: world.settlePeer(pair, standing)
        case .serving: world.serve(besides: pair.peer)
        }
        world.now = .zero
        world.upcoming = []
        return world
    }

    private mutating func addAddress(_ pair: Pair, _ standing: Standing) {
        var host = VirtualHost(pair.interface, vhid: pair.vhid, .master, address: pair.address)
        if pair.keepalived != nil {
            let titles = ["/usr/sbin/keepalived --dont-fork"]
            services.append(RcService("keepalived", titles: titles))
            bringUp(services.count - 1)
        }
        host.vrrp = pair.keepalived
        if standing == .standby {
            host.state = .backup
            if pair.keepalived == nil { (host.advskew, host.peerAdvskew) = (100, 0) }
        }
        virtualHosts = [host]
    }

    private mutating func installServices(_ pair: Pair) {
        iscsi.targets = pair.targets.isEmpty ? ["iqn.2012-06.com.example:target0"] : pair.targets
        iscsi.luns = pair.luns
        services = [
            RcService("rpcbind", ports: [111]),
            RcService("mountd", isEnabled: false, needs: ["rpcbind"]),
            RcService(
                "nfsd",
                isEnabled: false,
                titles: ["nfsd: master", "nfsd: server"],
                ports: [2049],
                needs: ["rpcbind", "mountd"]
            ),
            RcService("ctld", isEnabled: false, start: .daemonises, ports: [3260]),
        ]
        services[1].requiredFile = Self.exports
        // What is no file system of its own, or has no `sharenfs`, stands there.
        let listed = pair.exports.filter { $0 != "/\(pair.pool)/export" }
        if !listed.isEmpty {
            let text = listed.map { "\($0) -network 192.0.2.0/24\n" }.joined()
            files.append(FileEntry(Self.exports, bytes: Array(text.utf8)))
        }
        if pair.replication == .hast {
            let hastd = RcService("hastd", titles: ["/sbin/hastd"], ports: [8457])
            services.insert(hastd, at: 0)
        }
        for name in ["hastd", "rpcbind"] {
            if let index = serviceIndex(name) { bringUp(index) }
        }
    }

    private mutating func addPool(_ pair: Pair) {
        let devices = hast.resources.map(\.device) + drbd.resources.map(\.device)
        var pool = Pool(pair.pool, devices: devices, lastUser: peer)
        pool.datasets = [
            Dataset(pair.pool), Dataset(pair.pool + "/export"),
            Dataset(pair.pool + "/archive", canMount: .noauto),
        ]
        // On Linux /etc/exports has it.
        if pair.platform == .freebsd { pool.datasets[1].shareNFS = "on" }
        pools = [pool]
    }

    private mutating func addDisks(_ pair: Pair) {
        hast.timeout = pair.hastTimeout
        for (number, disk) in pair.disks.enumerated() {
            hast.resources.append(
                HastResource(
                    disk,
                    localPath: "/dev/da\(number)",
                    remoteAddress: "tcp4://" + pair.peerAddress,
                    role: .secondary,
                    peer: .primary
                )
            )
            mark(disk, isFresh: true)
        }
    }

    /// The peer has everything, and does with it what the pair says.
    private mutating func settlePeer(_ pair: Pair, _ standing: Standing) {
        for index in hast.resources.indices {
            startWorker(index)
            mark(hast.resources[index].name, isFresh: true)
        }
        pools[0].isExported = false
        switch pair.peer {
        case .releases(let delay):
            pools[0].peerHasIt = true
            guard standing == .takingOver else { return }
            later.append(Later(after: delay, .peerExports(pair.pool)))
            for disk in pair.disks { later.append(Later(after: delay, .peerReleases(disk))) }
        case .stays: pools[0].peerHasIt = true
        case .isDead(let delay):
            peerIsAlive = false
            for index in hast.resources.indices { hast.resources[index].peer = .unreachable }
            for disk in pair.disks {
                let notices: Change =
                    pair.replication == .hast ? .workerDies(disk) : .drbd(.disconnects, disk)
                later.append(Later(after: delay, notices))
            }
        }
    }

    /// This node has everything; the peer follows, unless it is dead.
    private mutating func serve(besides peer: Pair.Peer) {
        if case .isDead = peer { peerIsAlive = false }
        for index in hast.resources.indices {
            hast.resources[index].role = .primary
            hast.resources[index].peer = peerIsAlive ? .secondary : .unreachable
            startWorker(index)
            hast.resources[index].ioFlows = true
            hast.resources[index].start = .hasDevice
            files.append(FileEntry(hast.resources[index].device, .characterDevice))
        }
        serveFromDrbd()
        linkVolumes(ofPool: pools[0].name)
        pools[0].isImported = true
        pools[0].isExported = false
        pools[0].lastUser = node
        pools[0].cachefile = "none"
        for index in pools[0].datasets.indices where pools[0].datasets[index].mountsWithAll {
            pools[0].datasets[index].isMounted = true
        }
        settleShares()
        if isLinux { return serveLinux() }
        for index in services.indices { bringUp(index) }
    }
}
