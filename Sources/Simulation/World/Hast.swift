/// HAST on this node: the daemon and its resources.
public struct Hast: Sendable {
    /// Whether hastd runs and answers on its socket.
    public var isRunning = true
    /// The resources in the order of /etc/hast.conf.
    public var resources: [HastResource] = []
    /// The resource whose worker does not end, on which single-threaded hastd waits.
    var waitsFor: String?

    /// No resources.
    public init() {}

    /// The index of a resource.
    func index(of name: String) -> Int? {
        for index in resources.indices where resources[index].name == name { return index }
        return nil
    }
}

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
    /// Where the peer is.
    public var remoteAddress: String
    /// This node's role.
    public var role: Role
    /// The peer's role.
    public var peer: Peer
    /// The worker's process number; a secondary has one only while a primary is connected.
    public internal(set) var worker: Int32?
    /// Whether reads and writes get through; the device is there before they do.
    public internal(set) var ioFlows = false
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
    public var device: String { "/dev/hast/" + name }

    /// The title of a worker (setproctitle in sbin/hastd/primary.c and secondary.c).
    var workerTitle: String { "hastd: \(name) (\(role.rawValue))" }

    /// `complete` means connected, not in sync (sbin/hastd/control.c).
    public var status: String {
        guard worker != nil else { return "-" }
        switch role {
        case .`init`: return "-"
        case .secondary: return "complete"
        case .primary: return ioFlows && peer == .secondary ? "complete" : "degraded"
        }
    }
}

extension World {
    /// How long hastd's worker waits for a peer that does not answer, or stays primary.
    static let hastTimeout = Duration.seconds(20)
    /// How often a new primary asks a peer that is primary too.
    static let hastRetry = Duration.seconds(1)

    /// Gives the resource a worker; a primary's device and I/O follow later.
    mutating func startWorker(_ index: Int) {
        let pid = startProcess(hast.resources[index].workerTitle)
        hast.resources[index].worker = pid
        guard hast.resources[index].role == .primary else { return }
        let resource = hast.resources[index]
        let device = latencies.device
        schedule(.deviceAppears(resource.name, worker: pid), after: device)
        let connect =
            switch resource.peer {
            case .secondary, .`init`: latencies.connect
            case .primary, .unreachable: Self.hastTimeout
            }
        if resource.peer == .primary {
            note(
                "[\(resource.name)] (primary) Waiting for remote node to become secondary for 20s."
            )
        }
        schedule(.ioFlows(resource.name, worker: pid), after: device + connect)
    }

    /// Ends the worker and takes its device away, open or not (G_GATE_CMD_DESTROY with force).
    mutating func endWorker(_ index: Int) {
        guard let pid = hast.resources[index].worker else { return }
        hast.resources[index].worker = nil
        hast.resources[index].ioFlows = false
        endProcess(pid)
        remove(hast.resources[index].device)
    }

    /// Whether a pool's devices all let reads through.
    func ioFlows(to pool: Pool) -> Bool {
        !hast.resources.contains { resource in
            resource.worker != nil && resource.role == .primary && !resource.ioFlows
                && pool.devices.contains(resource.device)
        }
    }
}
