/// What is wanted of a pair on this node: a level, which stays until the node is what is wanted.
public struct Wanted: Sendable, Hashable {
    /// Whether the pair is to be taken over or given up.
    public let direction: Plan.Direction
    /// The signal's name, as `failover on` would take it.
    public let signal: String
    /// What came in, as a log tells it: `carp 1@vlan50 MASTER`.
    public let source: String
    /// When it came in, on the monotonic clock of this boot.
    public let at: Instant
    /// Its place among all records of the pair, set by the spool; a later one is greater as text.
    public let serial: String

    /// Creates a record; the spool gives it its serial.
    public init(
        direction: Plan.Direction, signal: String, source: String, at: Instant, serial: String = ""
    ) {
        self.direction = direction
        self.signal = signal
        self.source = source
        self.at = at
        self.serial = serial
    }
}
