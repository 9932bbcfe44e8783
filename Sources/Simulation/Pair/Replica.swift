import Engine

/// What was written to a copy, as far as one copy can be told from another: a branch of the
/// history, and how far it was followed.
struct Version: Hashable, Sendable {
    var branch: Int
    var count: Int

    /// Before the first write: `hastctl create`.
    static let blank = Version(branch: -1, count: 0)
}

/// A copy of a resource on one node's disk.
struct Copy: Sendable {
    var version: Version
    /// Whether it is all of that version, and not half of it.
    var isWhole = true
    /// Whether the next write begins a branch of its own.
    var branchesOff = true
    /// What was written since the nodes were last connected or parted.
    var poolWrote = false
    var clientWrote = false
    /// How often `hastctl create` was seen to begin it anew.
    var creations = 0
}

/// How the versions of a resource follow from one another.
struct History: Sendable {
    /// Where each branch left its parent; the first one has none.
    private var parents = [Version.blank]

    /// The first version of a new branch.
    mutating func branch(off version: Version) -> Version {
        parents.append(version)
        return Version(branch: parents.count - 1, count: 1)
    }

    /// Whether `new` holds everything that `old` does.
    func descends(_ new: Version, from old: Version) -> Bool {
        var version = new
        while version.branch >= 0 {
            if version.branch == old.branch { return version.count >= old.count }
            version = parents[version.branch]
        }
        return old.branch < 0
    }
}

/// What the pair looks at in a resource of one node: without its texts, as it does so all the time.
struct ReplicaEnd: Hashable, Sendable {
    let role: HastResource.Role
    let peer: HastResource.Peer
    let worker: Int32?
    let start: HastResource.Start
    let ioFlows: Bool
    let stalls: Bool
    let isDirty: Bool
    let ignoresTerm: Bool
    let creations: Int

    @inline(__always)
    init(_ resource: borrowing HastResource) {
        role = resource.role
        peer = resource.peer
        worker = resource.worker
        start = resource.start
        ioFlows = resource.ioFlows
        stalls = resource.stalls
        isDirty = resource.isDirty
        ignoresTerm = resource.workerIgnoresTerm
        creations = resource.creations
    }
}

/// What the pair looks at in one node's hastd.
struct Daemon: Hashable, Sendable {
    let isRunning: Bool
    let waits: Bool
    let isDeadlocked: Bool
    let rejects: Int

    init(_ world: borrowing World) {
        isRunning = world.hast.isRunning
        waits = world.hast.waitsFor != nil
        isDeadlocked = world.hast.isDeadlocked
        rejects = world.rejectedHosts.count
    }
}

/// Both copies of a resource, and the connection between them.
struct Replica: Sendable {
    var copies: Both<Copy>

    /// The node that is primary in the connection that there is, or was for one end still.
    var primary: Side?
    /// Both ends as they were looked at last.
    var seen: Both<ReplicaEnd>?
    var seenDrbd: Both<DrbdEnd>?
    /// With DRBD: since when each end tries to reach the other one.
    var seeks: Both<Instant?> = Both(nil, nil)
    /// Which ends take themselves for connected.
    var holds = Both(false, false)
    /// The workers of the connection.
    var workers: Both<Int32> = Both(0, 0)
    /// Whether nothing gets through although an end takes itself for connected.
    var isCut = false
    /// Counts cuts and resumptions.
    var cuts = 0
    /// Counts connections made and ended.
    var generation = 0
    /// Counts the attempts to connect; odd while one is to come.
    var attempts = 0
    /// The worker that tries to connect, and since when.
    var trying: Int32 = 0
    var triesSince = Instant.zero
    /// The node whose copy is being made like the other one.
    var synchronizes: Side?
    /// Whether the nodes have seen that they cannot connect any more.
    var isSplit = false
    /// Whether that was told.
    var isToldSplit = false

    init() {
        let start = Copy(version: Version(branch: 0, count: 1))
        copies = Both(start, start)
    }

    /// Whether what this node writes as primary reaches the other one.
    func reaches(from side: Side) -> Bool {
        primary == side && holds[side] && holds[side.other] && !isCut
    }

    /// Whether this node can read all of its version, if need be from the other one.
    func isReadable(at side: Side) -> Bool {
        copies[side].isWhole || synchronizes == side && reaches(from: side)
    }

    /// Writes on a primary, and on its secondary if it is connected.
    mutating func write(at side: Side, _ history: inout History) {
        if copies[side].branchesOff {
            copies[side].branchesOff = false
            copies[side].version = history.branch(off: copies[side].version)
        } else {
            copies[side].version.count += 1
        }
        guard reaches(from: side), synchronizes != side.other else { return }
        copies[side.other].version = copies[side].version
    }

    /// From here on, what is written can be told from what was written before.
    mutating func beginEpoch() {
        for side in Side.allCases {
            copies[side].branchesOff = true
            copies[side].poolWrote = false
            copies[side].clientWrote = false
        }
    }
}
