/// A process as another engine of the same boot can find it again: its number alone may have been
/// given to somebody else since.
public struct ProcessIdentity: Hashable, Sendable {
    /// The number of the process; it leads its process group.
    public let pid: Int32
    /// When it was started, on a clock of the host that does not go back; only equality means
    /// anything.
    public let started: UInt64

    /// Creates the identity of a process.
    public init(pid: Int32, started: UInt64) {
        self.pid = pid
        self.started = started
    }
}
