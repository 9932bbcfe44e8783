/// A ZFS pool whose devices this node has, or would have as primary.
public struct Pool: Sendable {
    /// Something that keeps a pool from being exported.
    public struct Holder: Hashable, Sendable {
        /// The kinds of holder.
        public enum Kind: String, Sendable, CaseIterable {
            /// Open files or a working folder; `export -f` overrules them.
            case files
            /// An open volume, such as a LUN; nothing overrules it.
            case volume
        }

        /// What holds it.
        public var name: String
        /// How.
        public var kind: Kind

        /// Creates a holder.
        public init(_ name: String, _ kind: Kind) {
            self.name = name
            self.kind = kind
        }
    }

    /// The name.
    public var name: String
    /// The devices, as absolute paths.
    public var devices: [String]
    /// How many devices may be missing.
    public var redundancy = 0
    /// Whether this node has it imported.
    public var isImported = false
    /// Whether the peer has it imported.
    public var peerHasIt = false
    /// Whether I/O is suspended: too many devices went away under it.
    public var isSuspended = false
    /// Whether zpool and zfs commands hang while it is suspended; they may as well show it.
    public var hangsWhenSuspended = true
    /// The health that is shown instead of the one that follows from its devices.
    public var shownHealth: String?
    /// Who used it last, by the label.
    public var lastUser: Machine
    /// Whether the label says that it was exported.
    public var isExported = true
    /// What keeps it busy, besides ctld.
    public var holders: [Holder] = []
    /// Its file systems, the root first.
    public var datasets: [Dataset] = []
    /// The `cachefile` it was imported with; nil is the default, which boot imports from.
    public internal(set) var cachefile: String?
    /// The folder under which it is mounted; nil for the root.
    public internal(set) var altroot: String?
    /// The number in its label.
    public var guid: UInt64 = 11_702_541_203_714_228_071
    /// Its log devices, as absolute paths.
    public var logs: [String] = []

    /// Creates an exported pool without file systems.
    public init(_ name: String, devices: [String], lastUser: Machine) {
        self.name = name
        self.devices = devices
        self.lastUser = lastUser
    }
}
