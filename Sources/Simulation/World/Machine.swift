/// One machine of the pair.
public struct Machine: Hashable, Sendable {
    /// Its host name.
    public var name: String
    /// `kern.hostid`, by which ZFS knows who used a pool last.
    public var hostid: UInt32

    /// Creates a machine.
    public init(name: String, hostid: UInt32) {
        self.name = name
        self.hostid = hostid
    }
}
