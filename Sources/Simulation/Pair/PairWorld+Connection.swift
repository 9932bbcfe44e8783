import Engine

/// How the two hastds find and lose each other (sbin/hastd/primary.c, secondary.c).
extension PairWorld {
    /// How often a primary tries to reach its secondary.
    private static let reconnect = Duration.seconds(10)

    /// Only a resource of which an end has changed needs to be dealt with, or all of them.
    mutating func coupleHast(all isAll: Bool) {
        let daemons = Both(Daemon(hosts[0].world), Daemon(hosts[1].world))
        let isAll = isAll || daemons != seenDaemons
        seenDaemons = daemons
        for side in Side.allCases {
            let runs = hosts[side.other].world.hast.isRunning
            let world = hosts[side].world
            guard world.hearsPeer != isReachable || world.peerRunsHastd != runs else { continue }
            let isReachable = isReachable
            hosts[side].alter { world in
                world.hearsPeer = isReachable
                world.peerRunsHastd = runs
            }
        }
        for index in replicas.indices {
            let ends = Both(end(index, .a), end(index, .b))
            guard isAll || ends != replicas[index].seen else { continue }
            replicas[index].seen = ends
            tellRoles(index)
            if replicas[index].primary != nil { checkEnds(index) }
            derivePeers(index)
            if replicas[index].primary == nil { expectConnection(index) }
            tellDirt(index)
        }
    }

    @inline(__always)
    func end(_ index: Int, _ side: Side) -> ReplicaEnd {
        ReplicaEnd(hosts[side].world.hast.resources[index])
    }

    /// Whether a message of one machine's replication reaches the other's.
    var isReachable: Bool { replicates && nodes[.a].isOn && nodes[.b].isOn }

    func say(_ event: HookWords.Event, _ index: Int, _ side: Side) -> Happening {
        .hook(side, HookWords(event: event, resource: name(index)))
    }

    private mutating func tellRoles(_ index: Int) {
        for side in Side.allCases {
            let resource = end(index, side)
            if resource.creations != replicas[index].copies[side].creations {
                create(index, side, resource.creations)
            }
            let old = nodes[side].roles[index]
            guard resource.role != old else { continue }
            nodes[side].roles[index] = resource.role
            replicas[index].isSplit = false
            replicas[index].beginEpoch()
            // A hastd that has ended without a word calls no hook.
            if nodes[side].isOn, hosts[side].world.hast.isRunning {
                happenings.append(say(.role(old, resource.role), index, side))
                heardRole(old, resource.role, index, side)
            }
        }
    }

    private mutating func create(_ index: Int, _ side: Side, _ creations: Int) {
        replicas[index].beginEpoch()
        replicas[index].isSplit = false
        replicas[index].isToldSplit = false
        replicas[index].copies[side].version = .blank
        replicas[index].copies[side].isWhole = false
        replicas[index].copies[side].creations = creations
    }

    /// Tells each hastd what the other one is; a primary that waits for that goes on.
    private mutating func derivePeers(_ index: Int) {
        for side in Side.allCases {
            let peer = peer(index, of: side)
            let resource = end(index, side)
            guard resource.peer != peer else { continue }
            let waited = resource.peer == .primary || resource.peer == .unreachable
            hosts[side].alter { world in
                world.hast.resources[index].peer = peer
                guard let worker = resource.worker, resource.role == .primary, waited,
                    resource.start == .hasDevice, !resource.ioFlows,
                    peer == .secondary || peer == .`init`
                else { return }
                let name = world.hast.resources[index].name
                world.schedule(.ioFlows(name, worker: worker), after: World.hastRetry)
            }
        }
    }

    /// Whether a node turns its peer away.
    private func rejectsPeer(_ index: Int, _ side: Side) -> Bool {
        let world = hosts[side].world
        return !world.rejectedHosts.isEmpty
            && world.rejects(world.hast.resources[index])
    }

    private func peer(_ index: Int, of side: Side) -> HastResource.Peer {
        guard isReachable, !rejectsPeer(index, .a), !rejectsPeer(index, .b) else {
            return .unreachable
        }
        // Without hastd the machine refuses the connection, which is an answer too.
        guard hosts[side.other].world.hast.isRunning else { return .`init` }
        return switch end(index, side.other).role {
        case .`init`: .`init`
        case .primary: .primary
        case .secondary: .secondary
        }
    }

    // MARK: - Losing each other

    private mutating func checkEnds(_ index: Int) {
        for side in Side.allCases where replicas[index].holds[side] {
            guard end(index, side).worker != replicas[index].workers[side] else { continue }
            letGo(index, side)
        }
        let holds = replicas[index].holds
        guard holds.a || holds.b else { return part(index) }
        guard isReachable else {
            if !replicas[index].isCut { cut(index) }
            return
        }
        guard holds.a && holds.b else {
            // The other end's machine says at once that there is no such connection.
            drop(index, holds.a ? .a : .b)
            return part(index)
        }
        if replicas[index].isCut {
            replicas[index].isCut = false
            replicas[index].cuts += 1
            setStalling(index, false)
        }
    }

    /// A write of the primary waits until its secondary answers, or has not for too long.
    private mutating func setStalling(_ index: Int, _ stalls: Bool) {
        guard let side = replicas[index].primary, replicas[index].holds[side] else { return }
        hosts[side].alter { $0.hast.resources[index].stalls = stalls }
    }

    private mutating func cut(_ index: Int) {
        replicas[index].isCut = true
        replicas[index].cuts += 1
        setStalling(index, true)
        for side in Side.allCases where replicas[index].holds[side] {
            let token = replicas[index].cuts
            let timeout = hosts[side].world.hast.timeout
            agenda.enter(.timesOut(index, side), token: token, at: now + timeout)
        }
    }

    mutating func hastTimesOut(_ index: Int, _ side: Side, _ token: Int) {
        guard replicas[index].cuts == token, replicas[index].isCut, replicas[index].holds[side]
        else { return }
        drop(index, side)
        if !replicas[index].holds[side.other] { part(index) }
        unsettled.insert(.hast)
    }

    /// An end has found out that it is alone; a secondary's worker ends by that.
    private mutating func drop(_ index: Int, _ side: Side) {
        letGo(index, side)
        happenings.append(say(.disconnect, index, side))
        guard replicas[index].primary != side else {
            if replicas[index].synchronizes != nil {
                happenings.append(say(.syncintr, index, side))
            }
            return
        }
        guard !end(index, side).ignoresTerm else { return }
        hosts[side].alter { $0.endWorker(index) }
    }

    private mutating func letGo(_ index: Int, _ side: Side) {
        replicas[index].holds[side] = false
        replicas[index].beginEpoch()
        guard replicas[index].primary == side else { return }
        hosts[side].alter { world in
            world.hast.resources[index].isConnected = false
            world.hast.resources[index].stalls = false
        }
    }

    private mutating func part(_ index: Int) {
        if let side = replicas[index].primary, replicas[index].synchronizes == side {
            tellBrokenCopies(of: index, side)
        }
        replicas[index].primary = nil
        replicas[index].isCut = false
        replicas[index].cuts += 1
        replicas[index].synchronizes = nil
        replicas[index].generation += 1
    }

    // MARK: - Finding each other

    private func primaryThatServes(_ index: Int) -> Side? {
        for side in Side.allCases {
            let resource = end(index, side)
            if resource.role == .primary && resource.worker != nil && resource.ioFlows {
                return side
            }
        }
        return nil
    }

    private func canConnect(_ index: Int, from side: Side) -> Bool {
        guard isReachable, !replicas[index].isSplit else { return false }
        for side in Side.allCases {
            guard !rejectsPeer(index, side), hosts[side].world.hast.isRunning,
                !hosts[side].world.hast.isDeadlocked
            else { return false }
        }
        return end(index, side.other).role == .secondary
            && hosts[side.other].world.hast.waitsFor == nil
    }

    /// A worker tries when it begins to serve, and every 10 s from then.
    private mutating func expectConnection(_ index: Int) {
        guard let side = primaryThatServes(index), let worker = end(index, side).worker
        else { return }
        let isFirst = replicas[index].trying != worker
        if isFirst {
            replicas[index].trying = worker
            replicas[index].triesSince = now
            replicas[index].attempts += replicas[index].attempts & 1
        }
        guard replicas[index].attempts & 1 == 0, canConnect(index, from: side) else { return }
        guard !isFirst else { return connect(index, from: side) }
        replicas[index].attempts += 1
        let period = Self.reconnect.nanoseconds
        let passed = now.nanoseconds - replicas[index].triesSince.nanoseconds
        let due = replicas[index].triesSince.nanoseconds + (passed / period + 1) * period
        agenda.enter(
            .connects(index), token: replicas[index].attempts, at: Instant(nanoseconds: due))
    }

    mutating func hastTriesToConnect(_ index: Int, _ token: Int) {
        guard replicas[index].attempts == token else { return }
        replicas[index].attempts += 1
        guard replicas[index].primary == nil, let side = primaryThatServes(index),
            canConnect(index, from: side)
        else { return }
        connect(index, from: side)
        unsettled.insert(.hast)
    }

    private mutating func connect(_ index: Int, from primary: Side) {
        let secondary = primary.other
        let mine = replicas[index].copies[primary].version
        let other = replicas[index].copies[secondary].version
        let isAhead = histories[index].descends(mine, from: other)
        let isBehind = histories[index].descends(other, from: mine)
        guard isAhead || isBehind else { return split(index, from: primary) }
        hosts[secondary].alter { world in
            if world.hast.resources[index].worker == nil { world.startWorker(index) }
        }
        hosts[primary].alter { $0.hast.resources[index].isConnected = true }
        replicas[index].primary = primary
        replicas[index].holds = Both(true, true)
        for side in Side.allCases {
            replicas[index].workers[side] = end(index, side).worker ?? 0
        }
        replicas[index].generation += 1
        replicas[index].beginEpoch()
        happenings.append(say(.connect, index, primary))
        happenings.append(say(.connect, index, secondary))
        heard(.connect, index, primary)
        synchronize(index, primary, isAhead: isAhead, isBehind: isBehind)
    }

    private mutating func split(_ index: Int, from primary: Side) {
        replicas[index].isSplit = true
        if !replicas[index].isToldSplit {
            replicas[index].isToldSplit = true
            let name = name(index)
            tell(.splitBrain, primary, "both copies of \(name) were written apart from each other")
        }
        for side in [primary, primary.other] {
            happenings.append(say(.splitBrain, index, side))
        }
        heard(.splitBrain, index, primary)
    }
}
