/// A file system of a pool.
public struct Dataset: Hashable, Sendable {
    /// The values of `canmount`.
    public enum CanMount: String, Sendable, CaseIterable { case on, off, noauto }
    /// The values of `keystatus`.
    public enum KeyStatus: String, Sendable, CaseIterable {
        /// It is not encrypted.
        case none = "-"
        case available, unavailable
    }

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
    /// Whether its key is loaded.
    public var keyStatus = KeyStatus.none
    /// Of one with a key of its own, where that is: `prompt`, `file://…` or `https://…`; nil for
    /// what is not encrypted, or by the key of one above.
    public var keyLocation: String?
    /// Whether the key can be had from there.
    public var isKeyThere = true
    /// Whether a jail or a zone has it, so that the host does not mount it.
    public var isZoned = false
    /// By what a receive that was broken off is resumed; it is inconsistent until then.
    public var resumeToken: String?
    /// Whether it was received redacted, so that it lacks blocks.
    public var isRedacted = false
    /// `sharenfs`: `off`, `on` or options.
    public var shareNFS = "off"
    /// Whether `zfs share` has handed it to mountd or exportfs.
    var isShared = false
    /// Whether the kernel exports it (MNT_EXPORTED of FreeBSD).
    var isExported = false

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

    /// Whether mounting all means this one as well: what lacks its key, is zoned, half received or
    /// redacted is left out without a word (cmd/zfs/zfs_main.c, share_mount_one).
    public var mountsWithAll: Bool {
        canMount == .on && mountpoint.hasPrefix("/") && obstacle == nil
    }

    /// What keeps it from being mounted with all, as the tool says it of one that is named.
    var obstacle: String? {
        if isZoned { return "dataset is exported to a local zone" }
        if keyStatus == .unavailable { return "encryption key not loaded" }
        if resumeToken != nil {
            return "Contains partially-completed state from \"zfs receive -s\", which can be"
                + " resumed with \"zfs send -t\""
        }
        return isRedacted ? "redacted dataset: use -f to mount" : nil
    }

    /// Takes it out of the tree, and forgets its key, as an export of its pool does.
    mutating func shut() {
        unmount()
        if keyStatus == .available { keyStatus = .unavailable }
    }

    /// Takes it out of the tree, with what is exported of it.
    mutating func unmount() {
        isMounted = false
        isShared = false
        isExported = false
    }
}
