import Engine

/// What falls due between the nodes of a pair; few enough to be searched.
struct PairAgenda {
    /// What is to happen; a number is the index of a resource or of a virtual host.
    enum Matter {
        /// A node tries to reach the other one.
        case connects(Int)
        /// An end has heard nothing of the other for too long.
        case timesOut(Int, Side)
        /// The copies are alike.
        case synchronized(Int)
        /// A primary's hook has seen whether anything is left to synchronize.
        case tells(Int, Side)
        /// The message that its copy is full reaches a node.
        case told(Int, Side)
        /// The hook of a standby's connection, or of a synchronization's end, gets to its work.
        case hearsConnection(Int, Side)
        case hearsSynchronized(Int, Side)
        /// A node that knows nothing of its copy, or gave it up, asks its peer: how often it did.
        case seeks(Int, Side, times: Int)
        /// The message that the peer's copy can be reached comes to a node; or the answer to one.
        case reachable(Int, Side, isAnswer: Bool)
        /// A virtual host takes the state that it was about to.
        case elects(Int, Side)
        /// A machine has booted.
        case boots(Side)
        /// A machine's replication starts.
        case replicationStarts(Side)
        /// A machine has shut down.
        case goesDown(Side)
    }

    struct Entry {
        let at: Instant
        let matter: Matter
        /// What its subject must still be numbered for it to happen.
        let token: Int
    }

    private var entries: [Entry] = []

    /// When something falls due next.
    private(set) var due = Instant.never

    /// Whether nothing is to come.
    var isEmpty: Bool { entries.isEmpty }

    mutating func enter(_ matter: Matter, token: Int = 0, at: Instant) {
        entries.append(Entry(at: at, matter: matter, token: token))
        due = min(due, at)
    }

    /// Takes out what falls due first; ties in the order of entering.
    mutating func popFirst() -> Entry? {
        guard let index = entries.firstIndex(where: { $0.at == due }) else { return nil }
        let entry = entries.remove(at: index)
        due = .never
        for other in entries { due = min(due, other.at) }
        return entry
    }
}
