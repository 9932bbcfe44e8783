import Engine

/// What replicates between the nodes: the one place in which a pair asks which it is.
///
/// The physics of HAST are in `PairWorld+Connection`, `+Copies` and `+Marks`, those of DRBD in
/// `PairWorld+Drbd`. The copies, their versions and their history are the same for both.
extension PairWorld {
    /// The part of a world that its replicas are in.
    var replicated: World.Parts {
        switch replication {
        case .hast: .hast
        case .drbd: .drbd
        }
    }

    func name(_ index: Int) -> String {
        switch replication {
        case .hast: hosts[0].world.hast.resources[index].name
        case .drbd: hosts[0].world.drbd.resources[index].name
        }
    }

    func role(of index: Int, on side: Side) -> HastResource.Role {
        switch replication {
        case .hast: hosts[side].world.hast.resources[index].role
        case .drbd: hosts[side].world.drbd.resources[index].roleWord
        }
    }

    /// Whether what a node writes to a resource gets through.
    func takesWrites(_ index: Int, _ side: Side) -> Bool {
        switch replication {
        case .hast:
            let end = end(index, side)
            return end.role == .primary && end.ioFlows && !end.stalls
        case .drbd:
            let end = drbdEnd(index, side)
            return end.isUp && end.role == .primary && !end.stalls
        }
    }

    mutating func coupleReplicas(all isAll: Bool) {
        switch replication {
        case .hast: coupleHast(all: isAll)
        case .drbd: coupleDrbd(all: isAll)
        }
    }

    mutating func tryToConnect(_ index: Int, _ token: Int) {
        switch replication {
        case .hast: hastTriesToConnect(index, token)
        case .drbd: drbdTriesToConnect(index, token)
        }
    }

    mutating func timeOut(_ index: Int, _ side: Side, _ token: Int) {
        switch replication {
        case .hast: hastTimesOut(index, side, token)
        case .drbd: drbdTimesOut(index, side, token)
        }
    }

    mutating func synchronized(_ index: Int, _ token: Int) {
        switch replication {
        case .hast: hastSynchronized(index, token)
        case .drbd: drbdSynchronized(index, token)
        }
    }

    /// A primary has written what its peer may not have.
    mutating func tellDirt(_ index: Int) {
        if replication == .hast { hastTellsDirt(index) }
    }

    /// A machine that has booted brings its replicas up; with HAST they come up at rest.
    mutating func replicationStarts(_ side: Side, _ token: Int) {
        guard nodes[side].boots == token, !nodes[side].isStopping else { return }
        hosts[side].alter { world in
            for index in world.drbd.resources.indices { world.bringUp(drbd: index) }
            if let index = world.serviceIndex("hastd") { world.bringUp(index) }
        }
    }

    /// What the system does with the replicas when it shuts down: hastd gives up every role, and
    /// DRBD takes down what nobody has open.
    func replicationStops(in world: inout World) {
        if world.hast.isRunning {
            for index in world.hast.resources.indices {
                _ = Hastctl.change(index, to: .`init`, on: &world)
            }
        }
        for index in world.drbd.resources.indices where world.opener(ofDrbd: index) == nil {
            world.takeDown(drbd: index)
        }
    }

    /// The pair begins connected and in step.
    mutating func link(_ index: Int, from side: Side) {
        replicas[index].primary = side
        replicas[index].holds = Both(true, true)
        guard replication == .hast else { return }
        for side in Side.allCases {
            replicas[index].workers[side] = hosts[side].world.hast.resources[index].worker ?? 0
        }
        replicas[index].trying = replicas[index].workers[side]
        hosts[side].alter { $0.hast.resources[index].isConnected = true }
    }
}
