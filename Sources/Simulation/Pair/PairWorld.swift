public import Engine

/// Two nodes and what lies between them: the replication, the pool's label, the shared address,
/// the power, and the clients.
///
/// A value: copying it forks the story. Equal pairs and equal work give equal happenings.
public struct PairWorld: Sendable {
    /// What the pair knows of one node besides its host.
    struct Standpoint: Sendable {
        var isOn = true
        /// Counts power cuts and boots; what was about to happen to an earlier one is void.
        var boots = 0
        var isBooting = false
        var isStopping = false
        /// Whether the hooks of hastd do their work late.
        var hooksAreLate = false
        var interfaceIsUp = true
        /// As rc.conf sets them at boot.
        var advskews: [Int] = []
        /// The state of each virtual host that was told last, and the one that it is about to take.
        var addresses: [Candidacy] = []
        var roles: [HastResource.Role] = []
        var labels: [Label] = []
        /// How much of the world's harm was told.
        var harm = 0
    }

    /// The hosts in the order of `Side`.
    var hosts: [SimulatedHost]
    /// In the order of `Side`, too.
    var nodes: [Standpoint]
    /// What replicates between them.
    let replication: Pair.Replication
    var replicas: [Replica]
    /// Both hastds as they were looked at last.
    var seenDaemons: Both<Daemon>?
    var histories: [History]
    /// The indices of each pool's resources.
    let disks: [[Int]]
    var replicates = true
    var serves = true
    /// Whether each node knows of the other what CARP would tell, also when nothing gets through.
    var isArbitrated = false
    var agenda = PairAgenda()
    var happenings: [Happening] = []
    /// The parts that were changed between the nodes.
    var unsettled: World.Parts = .all
    var acknowledged: [Acknowledged] = []

    /// The time, which is that of both hosts.
    public internal(set) var now = Instant.zero
    /// What no pair survives unharmed, in order.
    public internal(set) var damage: [Damage] = []

    /// A node's host, for an engine to work on.
    public subscript(side: Side) -> SimulatedHost {
        get { hosts[side] }
        _modify { yield &hosts[side] }
    }

    /// Whether a machine has power and has booted.
    public func isOn(_ side: Side) -> Bool { nodes[side].isOn }

    /// Lets what falls due next happen, but nothing after `limit`; nil when nothing falls due
    /// before, and then it is `limit`, unless that is never.
    public mutating func next(until limit: Instant) -> Happening? {
        couple()
        while true {
            if !happenings.isEmpty { return happenings.removeFirst() }
            let due = min(agenda.due, due(.a), due(.b))
            guard due <= limit, due < .never else {
                if limit < .never { pass(to: max(limit, now)) }
                return nil
            }
            pass(to: max(due, now))
            if agenda.due == due, let entry = agenda.popFirst() {
                happen(entry)
            } else {
                let side: Side = self.due(.a) == due ? .a : .b
                // A machine that has just fenced itself answers nobody any more.
                if let event = hosts[side].step(), !hosts[side].world.isFenced {
                    happenings.append(.event(side, event))
                }
            }
            if couple() && happenings.isEmpty { return .changed }
        }
    }

    /// What a machine was given to do while it was off never falls due.
    private func due(_ side: Side) -> Instant {
        nodes[side].isOn ? hosts[side].due ?? .never : .never
    }

    private mutating func pass(to instant: Instant) {
        now = instant
        hosts[0].world.now = instant
        hosts[1].world.now = instant
    }

    private mutating func happen(_ entry: PairAgenda.Entry) {
        switch entry.matter {
        case .connects(let index): tryToConnect(index, entry.token)
        case .timesOut(let index, let side): timeOut(index, side, entry.token)
        case .synchronized(let index): synchronized(index, entry.token)
        case .tells(let index, let side): tellIfInSync(index, from: side, entry.token)
        case .told(let index, let side): told(index, side)
        case .hearsConnection(let index, let side):
            hearConnection(index, side, boot: entry.token)
        case .hearsSynchronized(let index, let side):
            hearSynchronized(index, side, boot: entry.token)
        case .seeks(let index, let side, let times): seek(index, side, times, entry.token)
        case .reachable(let index, let side, let isAnswer): reachable(index, side, isAnswer)
        case .elects(let index, let side): elect(index, side, entry.token)
        case .boots(let side): booted(side, entry.token)
        case .replicationStarts(let side): replicationStarts(side, entry.token)
        case .goesDown(let side): wentDown(side, entry.token)
        }
    }

    /// Lets each node feel what has changed on the other one, until nothing changes any more;
    /// whether anything had changed that either could feel.
    @discardableResult
    mutating func couple() -> Bool {
        var changes = false
        while true {
            let isAll = unsettled.contains(replicated)
            let changed = unsettled.union(hosts[0].changed).union(hosts[1].changed)
            guard !changed.isEmpty else { return changes }
            unsettled = []
            hosts[0].changed = []
            hosts[1].changed = []
            guard !changed.isDisjoint(with: Self.felt) else { continue }
            changes = true
            for side in Side.allCases where hosts[side].world.isFenced { losePower(side) }
            if changed.contains(replicated) { coupleReplicas(all: isAll) }
            if changed.contains(.pools) { couplePools() }
            if changed.contains(.carp) { coupleAddresses() }
            write()
            tellDamage()
        }
    }

    /// What one node feels of the other, or a client of both.
    private static let felt: World.Parts = [.hast, .drbd, .pools, .services, .carp]

    mutating func tell(_ kind: Damage.Kind, _ side: Side, _ text: String) {
        let new = Damage(at: now, side: side, kind: kind, text: text)
        // A pool is told of once, whichever of its disks it was.
        if damage.last != new { damage.append(new) }
    }

    private mutating func tellDamage() {
        for side in Side.allCases where hosts[side].world.harm.count > nodes[side].harm {
            for harm in hosts[side].world.harm[nodes[side].harm...] {
                tell(harm.kind, side, harm.text)
            }
            nodes[side].harm = hosts[side].world.harm.count
        }
    }
}
