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

    /// Creates an exported pool without file systems.
    public init(_ name: String, devices: [String], lastUser: Machine) {
        self.name = name
        self.devices = devices
        self.lastUser = lastUser
    }
}

/// A file system of a pool.
public struct Dataset: Hashable, Sendable {
    /// The values of `canmount`.
    public enum CanMount: String, Sendable, CaseIterable { case on, off, noauto }

    /// The whole name, the pool first.
    public var name: String
    /// Where it is mounted: a path, `none` or `legacy`.
    public var mountpoint: String
    /// Whether `zfs mount -a` mounts it.
    public var canMount: CanMount
    /// Whether it is mounted.
    public var isMounted: Bool
    /// Why a mount fails, in the tool's words: `directory is not empty`; nil when it works.
    public var mountRefusal: String?

    /// Creates a file system that is not mounted.
    public init(
        _ name: String,
        mountpoint: String? = nil,
        canMount: CanMount = .on,
        isMounted: Bool = false,
        mountRefusal: String? = nil
    ) {
        self.name = name
        self.mountpoint = mountpoint ?? "/" + name
        self.canMount = canMount
        self.isMounted = isMounted
        self.mountRefusal = mountRefusal
    }

    /// Whether mounting all means this one as well.
    var mountsWithAll: Bool { canMount == .on && mountpoint.hasPrefix("/") }
}

extension World {
    /// The index of a pool.
    func poolIndex(_ name: String) -> Int? {
        for index in pools.indices where pools[index].name == name { return index }
        return nil
    }

    /// The index of a pool that is imported here.
    func importedPool(_ name: String) -> Int? {
        poolIndex(name).flatMap { pools[$0].isImported ? $0 : nil }
    }

    /// How many of a pool's devices are not there.
    func missingDevices(ofPool index: Int) -> Int {
        var missing = 0
        for device in pools[index].devices where !stands(at: device) { missing += 1 }
        return missing
    }

    /// The health as `zpool list` prints it.
    func health(ofPool index: Int) -> String {
        if let shown = pools[index].shownHealth { return shown }
        if pools[index].isSuspended { return "SUSPENDED" }
        return missingDevices(ofPool: index) == 0 ? "ONLINE" : "DEGRADED"
    }

    /// Whether a suspended pool makes every zpool and zfs command hang.
    var zfsHangs: Bool {
        for index in pools.indices where pools[index].isImported && pools[index].isSuspended {
            if pools[index].hangsWhenSuspended { return true }
        }
        return false
    }

    /// What keeps a pool from being exported: its holders, and ctld while it serves from it.
    func holders(of pool: Pool) -> [Pool.Holder] {
        guard iscsi.luns.contains(where: { $0.pool == pool.name }), isServing("ctld") else {
            return pool.holders
        }
        return pool.holders + [Pool.Holder("ctld", .volume)]
    }
}
