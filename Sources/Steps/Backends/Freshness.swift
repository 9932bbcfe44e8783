import Engine

/// How a replication tells which of some resources have no full copy on this node.
struct Freshness: Sendable {
    /// What to look at.
    let queries: [Query]
    /// The resources whose copy is not known to be full.
    let stale: @Sendable (Answers) throws(Unreadable) -> [String]
}
