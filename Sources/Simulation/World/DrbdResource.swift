import Engine

/// One replicated disk, as this node's DRBD sees it.
public struct DrbdResource: Sendable {
    /// The roles of drbdadm(8).
    public enum Role: String, Sendable { case primary = "Primary", secondary = "Secondary" }

    /// The states of a disk.
    public enum Disk: String, Sendable, CaseIterable {
        case diskless = "Diskless"
        case failed = "Failed"
        case inconsistent = "Inconsistent"
        case outdated = "Outdated"
        case unknown = "DUnknown"
        case consistent = "Consistent"
        case upToDate = "UpToDate"
    }

    /// The states of a connection.
    public enum Connection: String, Sendable, CaseIterable {
        case standAlone = "StandAlone"
        case connecting = "Connecting"
        case connected = "Connected"
    }

    /// Which copy is being made like the other one.
    public enum Replication: String, Sendable {
        case off = "Off"
        case established = "Established"
        case source = "SyncSource"
        case target = "SyncTarget"
    }

    /// The name.
    public var name: String
    /// The number of the device.
    public var minor: Int
    /// Whether it is up; one that is down has no device.
    public internal(set) var isUp = true
    /// This node's role.
    public internal(set) var role = Role.secondary
    /// This node's copy, as its metadata say while it is down.
    public var disk = Disk.upToDate
    /// Whether the peer is connected, as far as this node has noticed.
    public internal(set) var connection = Connection.connected
    /// The peer's role in the connection; nil without one.
    public internal(set) var peer: Role?
    /// What is known of the peer's copy.
    public internal(set) var peerDisk = DrbdResource.Disk.upToDate
    /// What goes on between the copies.
    public internal(set) var replication = Replication.established
    /// Until when somebody who only looks into it holds the device open.
    var probedUntil = Instant.zero
    /// Whether nothing gets through between the nodes, which neither has noticed yet.
    var isCut = false
    /// Whether writes wait for a peer that does not answer.
    var stalls = false
    /// Whether the next introduction may make this copy like the peer's, whatever it holds.
    var discards = false
    /// Whether a promotion has asked whether the peer is still alive, and waits for the answer.
    var isPinging = false

    /// Creates a resource that is up, secondary, and connected with a secondary.
    public init(_ name: String, minor: Int) {
        self.name = name
        self.minor = minor
        peer = .secondary
    }

    /// The block device.
    public var device: String { Self.devices + "\(minor)" }
    /// What the name of each device begins with, and of each link to one.
    static let devices = "/dev/drbd"
    /// The number of a device; nil for a link or something else.
    static func minor(of device: String) -> Int? {
        device.hasPrefix(devices) ? Int(device.dropFirst(devices.count)) : nil
    }
    /// The link to it that udev makes.
    public var link: String { "/dev/drbd/by-res/\(name)/0" }

    /// The role in the words of a plan; one that is down is at rest.
    var roleWord: HastResource.Role {
        isUp ? (role == .primary ? .primary : .secondary) : .`init`
    }

    /// Whether a copy in reach has all data.
    var isReadable: Bool {
        disk == .upToDate || connection == .connected && peerDisk == .upToDate
    }

    /// The connection has ended; what was half made stays so.
    mutating func disconnect(_ state: Connection) {
        connection = state
        peer = nil
        replication = .off
        if peerDisk != .outdated { peerDisk = .unknown }
        isPinging = false
        isCut = false
        stalls = false
    }

    /// What does not lie on the disk is gone.
    mutating func losePower() {
        isUp = false
        role = .secondary
        probedUntil = .zero
        discards = false
        disconnect(.standAlone)
    }
}
