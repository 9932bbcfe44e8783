import Synchronization

/// How many lines of this process a log did not take, since that was last said to it.
///
/// Its sockets name a log: whoever sends makes one as it needs it.
enum SyslogLosses {
    private static let counts = Mutex<[[String]: Int]>([:])

    /// Counts lines that were lost.
    static func add(_ count: Int, of sockets: [String]) {
        guard count > 0 else { return }
        counts.withLock { $0[sockets, default: 0] += count }
    }

    /// How many were lost and not said; from now on none.
    static func take(of sockets: [String]) -> Int {
        counts.withLock { $0.removeValue(forKey: sockets) ?? 0 }
    }
}
