/// The releases of ZFS that differ in what `zpool import` exits with after a mount failure.
public enum ZFSRelease: String, Sendable, CaseIterable {
    /// Up to 2.1: exit 1 with the pool imported.
    case upTo21 = "2.1"
    /// Since 2.2: exit 0 with a text on standard error.
    case since22 = "2.2"
}
