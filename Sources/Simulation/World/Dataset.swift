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
