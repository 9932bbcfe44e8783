import Engine

extension PairWorld {
    /// Both nodes up, where `serving` has everything and the other one is in step; or both off,
    /// to be booted.
    ///
    /// The node that serves has advskew 0, the other one 100, after a boot too. `adjusting` may
    /// change what tools there are and how they behave, before anything happens.
    public init(
        _ pair: Pair = Pair(),
        serving: Side? = .a,
        latencies: Latencies? = nil,
        preempts: Bool = true,
        tellsProcesses: Bool = false,
        adjusting: (Side, inout World) -> Void = { _, _ in }
    ) {
        var pair = pair
        pair.peer = .stays
        let first = serving ?? .a
        var worlds = Both(World.pair(pair, .standby), World.pair(pair, .standby))
        worlds[first] = World.pair(pair, .serving)
        let machines = Both(worlds.a.node, worlds.a.peer)
        for side in Side.allCases {
            worlds[side].isPaired = true
            worlds[side].node = machines[side]
            worlds[side].peer = machines[side.other]
            worlds[side].carpPreempts = preempts
            worlds[side].setDrbdUp()
            if let latencies { worlds[side].latencies = latencies }
            adjusting(side, &worlds[side])
            for index in worlds[side].pools.indices {
                worlds[side].pools[index].lastUser = machines[first]
                worlds[side].pools[index].isExported = serving == nil
            }
        }
        hosts = [worlds.a, worlds.b].map { SimulatedHost($0, tellsProcesses: tellsProcesses) }
        nodes = [Standpoint(worlds.a), Standpoint(worlds.b)]
        replication = pair.replication
        replicas = worlds.a.roles.map { _ in Replica() }
        histories = replicas.map { _ in History() }
        let devices = worlds.a.hast.resources.map(\.device) + worlds.a.drbd.resources.map(\.device)
        disks = worlds.a.pools.map { pool in
            devices.indices.filter { pool.devices.contains(devices[$0]) }
        }
        for index in replicas.indices { link(index, from: first) }
        if serving == nil { for side in Side.allCases { losePower(side) } }
        couple()
        happenings = []
    }
}

extension PairWorld.Standpoint {
    fileprivate init(_ world: World) {
        advskews = world.virtualHosts.map(\.advskew)
        addresses = world.virtualHosts.map { Candidacy(told: $0.state) }
        roles = world.roles.map(\.role)
        labels = world.pools.map { Label($0) }
    }
}
