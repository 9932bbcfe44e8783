public import Engine

/// The state that a simulated host has, its peer as far as this node can feel it included.
///
/// A value: copying it is cheap, equal worlds and equal commands give equal worlds, and nothing in
/// it is kept in an order that a hash decides.
public struct World: Sendable {
    /// The time; the host that owns the world moves it.
    public internal(set) var now = Instant.zero
    /// This node.
    public var node = Machine(name: "iscsi-0", hostid: 0x1a2b_3c4d)
    /// The other node of the pair.
    public var peer = Machine(name: "iscsi-1", hostid: 0x5e6f_7a8b)
    /// Whether the peer runs and can be reached.
    public var peerIsAlive = true
    /// The process table, in the order of process numbers.
    public var processes: [ProcessEntry] = [] { didSet { touched.insert(.processes) } }
    /// What stands at paths; a path that is not listed is absent.
    public var files: [FileEntry] = [] { didSet { touched.insert(.files) } }
    /// HAST: hastd and its resources.
    public var hast = Hast() { didSet { touched.insert(.hast) } }
    /// DRBD: the module and its resources.
    public var drbd = Drbd() { didSet { touched.insert(.drbd) } }
    /// ZFS: every pool that this node has imported or could see.
    public var pools: [Pool] = [] { didSet { touched.insert(.pools) } }
    /// Which behaviour the ZFS release has where releases differ.
    public var zfs = ZFSRelease.since22
    /// What rc.subr runs.
    public var services: [RcService] = [] { didSet { touched.insert(.services) } }
    /// What ctld serves once it has applied its configuration.
    public var iscsi = Iscsi() { didSet { touched.insert(.services) } }
    /// What only a node of Linux has; nothing on another, which then costs nothing to copy.
    var linux: [LinuxNode] = [] { didSet { touched.insert(.services) } }
    /// Whether the NFS server is there for other pools, too, and goes on without these exports.
    var nfsServesOthers = false
    /// TCP ports on which something listens, besides those of services.
    public var listeners: [Int] = [] { didSet { touched.insert(.services) } }
    /// The virtual hosts of CARP.
    public var virtualHosts: [VirtualHost] = [] { didSet { touched.insert(.carp) } }
    /// The hosts that a reject route turns away: whoever connects to them fails at once.
    var rejectedHosts: [String] = [] { didSet { touched.insert(.hast) } }
    /// `net.inet.carp.preempt`: whether the lower advskew takes the address back by itself.
    public var carpPreempts = true
    /// Who answers when a plan asks.
    public var `operator` = Operator.yes
    /// Tools of the world's own, for `execute` and `command`.
    public var tools: [UserTool] = []
    /// How long tools take.
    public var latencies = Latencies()
    /// A look is ended that has gone on for so long.
    public var lookTimeout = Attention.lookTimeout
    /// What goes wrong.
    public var faults: [Fault] = [] { didSet { touched.insert(.faults) } }
    /// What happens by itself after the start.
    public var later: [Later] = []

    /// The lines that were logged, by plans, hastd and ctld.
    public internal(set) var log: [LogLine] = []
    /// What no pair survives unharmed: a pool imported on both nodes, a replica that diverged.
    public var damage: [String] { harm.map(\.text) }
    var harm: [Harm] = []
    /// Whether the node rebooted itself at once.
    public internal(set) var isFenced = false

    /// Whether nothing comes back from the peer over the replication link.
    var peerIsSilent: Bool { isPaired ? !hearsPeer : !peerIsAlive }
    /// Whether the peer's hastd listens.
    var peerRunsHastd = true
    /// Whether a pair's link brings anything back from the other node.
    var hearsPeer = true { didSet { if oldValue != hearsPeer { touched.insert(.hast) } } }
    /// Whether the peer is simulated too: then what lies between the nodes is left to `PairWorld`.
    var isPaired = false
    /// When single-threaded hastd is through with what it was asked so far.
    var hastdFreeAt = Instant.zero
    /// What emulators and changes have brought about for later; the host takes it over.
    var upcoming: [Later] = []
    /// The parts that changed since the host last asked.
    var touched: Parts = []
    private var lastPid: Int32 = 700

    /// An empty host: nothing is installed, nothing runs.
    public init() {}

    /// The same, where a look may go on for as long as a plan's site says.
    public func limited(by plan: Plan) -> World {
        var world = self
        world.lookTimeout = plan.lookTimeout
        return world
    }

    /// The number of the next process.
    mutating func nextPid() -> Int32 {
        lastPid += 1
        return lastPid
    }

    /// Starts a process of this title: root's, of the program that its first word names, and of no
    /// daemon.
    @discardableResult
    mutating func startProcess(
        _ title: String, program: String? = nil, parent: Int32 = 1, user: UInt32 = 0
    ) -> Int32 {
        let pid = nextPid()
        let origin = ProcessEntry.Origin(
            program: program ?? String(title.prefix { $0 != " " }), user: user, parent: parent,
            started: UInt64(now.nanoseconds))
        processes.append(ProcessEntry(pid: pid, title: title, origin: origin))
        return pid
    }

    /// Ends the process of this number, if there is one.
    mutating func endProcess(_ pid: Int32) {
        guard let index = processes.firstIndex(where: { $0.pid == pid }) else { return }
        processes.remove(at: index)
    }

    /// Whether connections to a resource's peer fail at once.
    func rejects(_ resource: HastResource) -> Bool {
        rejectedHosts.contains { resource.isRemote($0) }
    }

    /// Notes a line in the log.
    mutating func note(_ text: String) { log.append(LogLine(at: now, text: text)) }

    /// Lets a change happen after a while.
    mutating func schedule(_ change: Change, after delay: Duration) {
        upcoming.append(Later(after: delay, change))
    }
}

/// A line in the log.
public struct LogLine: Hashable, Sendable {
    /// When it was written.
    public let at: Instant
    /// The line.
    public let text: String
}

extension World {
    /// The parts of a world that looks depend on.
    struct Parts: OptionSet, Sendable {
        let rawValue: UInt16

        static let processes = Parts(rawValue: 1)
        static let files = Parts(rawValue: 2)
        static let hast = Parts(rawValue: 4)
        static let pools = Parts(rawValue: 8)
        static let services = Parts(rawValue: 16)
        static let carp = Parts(rawValue: 32)
        static let faults = Parts(rawValue: 64)
        static let drbd = Parts(rawValue: 128)
        static let all = Parts(rawValue: .max)
    }
}
