import Engine

/// How a replication tells which of some resources have no full copy on this node.
struct Freshness: Sendable {
    /// What to look at.
    let queries: [Query]
    /// How a person who knows better does without: "with …".
    let regardless: String
    /// What is wrong with which of them.
    let lacks: @Sendable (Answers) throws(Unreadable) -> Lacks

    /// The resources whose copy cannot be relied on.
    struct Lacks: Sendable {
        /// Nothing says that the copy is full, nor that the peer's can be reached.
        var unknown: [String] = []
        /// Promoted because the peer's copy could be reached, and not synchronized with it yet.
        var unmet: [String] = []
        /// The processes that call themselves the primaries of unknown ones, and prove nothing.
        var unproven: [Int32] = []

        var all: [String] { unknown + unmet }
    }
}
