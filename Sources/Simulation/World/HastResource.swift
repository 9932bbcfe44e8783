/// One replicated disk, as this node's hastd sees it.
public struct HastResource: Sendable {
    /// The roles of hastctl(8).
    public enum Role: String, Sendable, CaseIterable { case `init`, primary, secondary }
    /// What the peer is for this resource.
    public enum Peer: String, Sendable, CaseIterable {
        case `init`, primary, secondary
        /// It does not answer at all.
        case unreachable
    }

    /// The name, which is that of the provider under /dev/hast too.
    public var name: String
    /// The disk beneath.
    public var localPath: String
    /// Where the peer is, as hastctl prints it: `tcp4://192.0.2.12`.
    public var remoteAddress: String
    /// This node's role.
    public var role: Role
    /// The peer's role.
    public var peer: Peer
    /// The worker's process number; a secondary has one only while a primary is connected.
    public internal(set) var worker: Int32?
    /// Where a primary's worker has got to.
    enum Start: Sendable {
        /// Its device waits until GEOM has tasted those of others.
        case waits
        /// Its device is being made.
        case makesDevice
        /// Its device is there, and tasted until the first connection was made or given up.
        case hasDevice
    }
    /// Where a primary's worker has got to.
    var start = Start.waits
    /// Whether reads and writes get through; the device is there before they do.
    public internal(set) var ioFlows = false
    /// Whether a primary has its secondary at the other end; nil where `peer` alone tells.
    var isConnected: Bool?
    /// Whether a primary holds what its secondary does not.
    var isDirty = false
    /// Whether writes wait for a secondary that does not answer.
    var stalls = false
    /// How often `hastctl create` has begun the copy anew.
    var creations = 0
    /// Whether the worker does not end on TERM, and hastd waits for it for ever.
    public var workerIgnoresTerm = false

    /// Creates a resource that has no worker.
    public init(
        _ name: String,
        localPath: String,
        remoteAddress: String,
        role: Role = .`init`,
        peer: Peer = .`init`
    ) {
        self.name = name
        self.localPath = localPath
        self.remoteAddress = remoteAddress
        self.role = role
        self.peer = peer
    }

    /// The GEOM provider that a primary offers.
    public var device: String { Self.devices + name }
    /// The folder of all devices.
    static let devices = "/dev/hast/"

    /// Whether the peer is at this address.
    func isRemote(_ address: String) -> Bool {
        remoteAddress == address || remoteAddress.hasSuffix("//" + address)
    }

    /// Whether it was promoted and its worker is not through with its start.
    var isStarting: Bool { role == .primary && worker != nil && !ioFlows }
    /// Whether it was promoted and has no device yet.
    var lacksDevice: Bool { role == .primary && worker != nil && start != .hasDevice }

    /// The title of a worker (setproctitle in sbin/hastd/primary.c and secondary.c).
    var workerTitle: String { "hastd: \(name) (\(role.rawValue))" }

    /// `complete` means connected, not in sync (sbin/hastd/control.c).
    public var status: String {
        guard worker != nil else { return "-" }
        switch role {
        case .`init`: return "-"
        case .secondary: return "complete"
        case .primary:
            let isConnected = isConnected ?? (peer == .secondary)
            return ioFlows && isConnected ? "complete" : "degraded"
        }
    }
}
