import Engine

/// Power, boots, links and interfaces.
extension PairWorld {
    /// From power to the services of a machine.
    public static let bootTime = Duration.seconds(40)
    /// From the first services to the replication.
    public static let hastdTime = Duration.seconds(4)
    /// From the end of the services to the end of power.
    public static let shutdownTime = Duration.seconds(5)

    /// Nothing gets through a link any more.
    public mutating func cut(_ link: Link) { set(link, isWhole: false) }

    /// Everything gets through a link again.
    public mutating func heal(_ link: Link) { set(link, isWhole: true) }

    private mutating func set(_ link: Link, isWhole: Bool) {
        // What was written before is written before.
        couple()
        switch link {
        case .replication: replicates = isWhole
        case .service: serves = isWhole
        }
        unsettled.formUnion([replicated, .carp])
        couple()
    }

    /// A node's interface of the shared address goes down or comes up.
    public mutating func setInterface(_ side: Side, up isUp: Bool) {
        couple()
        nodes[side].interfaceIsUp = isUp
        unsettled.insert(.carp)
        couple()
    }

    /// A machine is off at once: its memory is gone, and nothing that was under way takes effect.
    public mutating func cutPower(_ side: Side) {
        couple()
        guard nodes[side].isOn || nodes[side].isBooting else { return }
        losePower(side)
        couple()
    }

    /// A machine that is off gets power; it is `up` after `bootTime`.
    public mutating func boot(_ side: Side) {
        guard !nodes[side].isOn, !nodes[side].isBooting else { return }
        nodes[side].isBooting = true
        agenda.enter(.boots(side), token: nodes[side].boots, at: now + Self.bootTime)
    }

    /// What the system does in order once the failover service has stopped: the replication
    /// gives up, the services end, and the machine is off after `shutdownTime`.
    public mutating func shutDown(_ side: Side) {
        couple()
        guard nodes[side].isOn, !nodes[side].isStopping else { return }
        nodes[side].isStopping = true
        let stops = replicationStops
        hosts[side].alter { world in
            stops(&world)
            for index in world.services.indices { world.takeDown(index) }
        }
        let at = now + Self.shutdownTime
        agenda.enter(.goesDown(side), token: nodes[side].boots, at: at)
        couple()
    }

    /// A machine that fences itself reboots; one whose power is cut stays off.
    mutating func losePower(_ side: Side) {
        let isFenced = hosts[side].world.isFenced
        let wasOn = nodes[side].isOn
        nodes[side].isOn = false
        nodes[side].isBooting = false
        nodes[side].isStopping = false
        nodes[side].boots += 1
        hosts[side].losePower(advskews: nodes[side].advskews)
        unsettled.formUnion(.all)
        if wasOn { happenings.append(.down(side)) }
        if isFenced { boot(side) }
    }

    mutating func wentDown(_ side: Side, _ token: Int) {
        if nodes[side].boots == token { losePower(side) }
    }

    mutating func booted(_ side: Side, _ token: Int) {
        guard nodes[side].boots == token else { return }
        nodes[side].isBooting = false
        nodes[side].isOn = true
        hosts[side].losePower(advskews: nodes[side].advskews)
        hosts[side].alter { world in
            for index in world.services.indices
            where world.services[index].isEnabled && world.services[index].name != "hastd" {
                world.bringUp(index)
            }
        }
        agenda.enter(.replicationStarts(side), token: token, at: now + Self.hastdTime)
        happenings.append(.up(side))
        unsettled.formUnion(.all)
    }
}
