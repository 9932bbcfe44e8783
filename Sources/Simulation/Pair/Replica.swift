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

/// Both copies of a resource, and the connection between them.
struct Replica: Sendable {
    var copies: Both<Copy>
    /// Where each branch left its parent; the first one has none.
    private var parents: [Version]

    /// The node that is primary in the connection that there is, or was for one end still.
    var primary: Side?
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
        parents = [.blank]
    }

    /// Whether what this node writes as primary reaches the other one.
    func reaches(from side: Side) -> Bool {
        primary == side && holds[side] && holds[side.other] && !isCut
    }

    /// Whether this node can read all of its version, if need be from the other one.
    func isReadable(at side: Side) -> Bool {
        copies[side].isWhole || synchronizes == side && reaches(from: side)
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

    /// Writes on a primary, and on its secondary if it is connected.
    mutating func write(at side: Side) {
        if copies[side].branchesOff {
            copies[side].branchesOff = false
            parents.append(copies[side].version)
            copies[side].version = Version(branch: parents.count - 1, count: 1)
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
