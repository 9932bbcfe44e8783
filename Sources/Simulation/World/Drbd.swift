import Engine

/// DRBD on this node: the kernel module and its resources.
public struct Drbd: Sendable {
    /// The lines of releases, which print otherwise (drbd-utils drives both).
    public enum Release: String, Sendable, CaseIterable {
        case v84 = "8.4"
        case v9 = "9"
    }

    /// What the kernel module is.
    public var release = Release.v84
    /// Whether the module can be loaded.
    public var isInstalled = true
    /// The resources in the order of the configuration.
    public var resources: [DrbdResource] = []
    /// How long a silent peer counts as connected: `ping-int` and `ping-timeout`.
    public var silence = Duration.milliseconds(10_500)
    /// How long an answer to a ping may take: `ping-timeout`, by which a promotion finds out that
    /// its peer is dead.
    public var pingTimeout = Duration.milliseconds(500)
    /// How long udev probes a device whose last user has gone, so that no demotion gets through.
    public var probes = Duration.zero
    /// Whether a copy without its peer may only serve once the peer is fenced: `fencing`.
    public var fences = false
    /// What the program `fence-peer` ends with: 4 or 7, the peer is outdated or was shot; 5, it is
    /// down or out of reach; any other tells nothing.
    public var fencePeer = 1

    /// No resources.
    public init() {}

    /// The index of a resource.
    func index(of name: String) -> Int? {
        for index in resources.indices where resources[index].name == name { return index }
        return nil
    }

    /// The index of the resource that offers a device.
    func index(ofDevice path: String) -> Int? {
        for index in resources.indices
        where resources[index].device == path || resources[index].link == path { return index }
        return nil
    }
}
