/// A service that rc.subr runs.
public struct RcService: Sendable {
    /// How a start goes.
    public enum Start: String, Sendable, CaseIterable {
        /// The script returns when the service serves, or could not.
        case works
        /// The script returns 0 before the configuration is applied (newer ctld).
        case daemonises
        /// The script returns 1 and nothing runs.
        case fails
        /// The script returns 0 and the service gives up while it applies its configuration.
        case failsLate = "fails-late"
    }

    /// The name of its rc script.
    public var name: String
    /// Whether rc.conf enables it; the verbs with `one` do not care.
    public var isEnabled: Bool
    /// How a start goes.
    public var start: Start
    /// Whether a stop waits for a process that never ends.
    public var stopHangs = false
    /// The titles of its processes, the first of which its pid file names.
    public var titles: [String]
    /// The TCP ports on which it listens.
    public var ports: [Int]
    /// The services that its script starts first (`force_depends`).
    public var needs: [String]
    /// Its processes while it runs.
    public internal(set) var pids: [Int32] = []

    /// Creates a service that does not run.
    public init(
        _ name: String,
        isEnabled: Bool = true,
        start: Start = .works,
        titles: [String]? = nil,
        ports: [Int] = [],
        needs: [String] = []
    ) {
        self.name = name
        self.isEnabled = isEnabled
        self.start = start
        self.titles = titles ?? ["/usr/sbin/" + name]
        self.ports = ports
        self.needs = needs
    }

    /// Whether it runs, by its pid file.
    public var isRunning: Bool { !pids.isEmpty }
    /// The file that names its first process.
    public var pidFile: String { "/var/run/\(name).pid" }
}

/// What ctld serves.
public struct Iscsi: Sendable {
    /// A logical unit.
    public struct Lun: Sendable {
        /// The volume or file beneath.
        public var path: String
        /// The pool that it lies on; nil when it lies on none.
        public var pool: String?
        /// Its size in blocks of 512 bytes.
        public var blocks: Int

        /// Creates a logical unit.
        public init(_ path: String, pool: String?, blocks: Int = 2_097_152) {
            self.path = path
            self.pool = pool
            self.blocks = blocks
        }
    }

    /// The names of the targets, each a port of its own.
    public var targets: [String] = []
    /// The logical units.
    public var luns: [Lun] = []

    /// Nothing to serve.
    public init() {}
}

extension World {
    /// The index of a service.
    func serviceIndex(_ name: String) -> Int? {
        for index in services.indices where services[index].name == name { return index }
        return nil
    }

    /// Whether a service runs.
    public func isServing(_ name: String) -> Bool {
        serviceIndex(name).map { services[$0].isRunning } ?? false
    }

    /// Whether something listens on a TCP port.
    public func listens(on port: Int) -> Bool {
        listeners.contains(port)
            || services.contains { $0.isRunning && $0.ports.contains(port) }
    }

    /// Lets a service run, with its processes and its pid file.
    mutating func bringUp(_ index: Int) {
        guard !services[index].isRunning else { return }
        var pids: [Int32] = []
        for title in services[index].titles { pids.append(startProcess(title)) }
        services[index].pids = pids
        let text = pids.first.map { "\($0)\n" } ?? ""
        create(FileEntry(services[index].pidFile, bytes: Array(text.utf8)))
        if services[index].name == "hastd" { hast.isRunning = true }
    }

    /// Ends a service's processes and takes its pid file away.
    mutating func takeDown(_ index: Int) {
        for pid in services[index].pids { endProcess(pid) }
        services[index].pids = []
        remove(services[index].pidFile)
        if services[index].name == "hastd" {
            hast.isRunning = false
            hast.waitsFor = nil
        }
    }

    /// Why a service cannot apply its configuration; nil when it can.
    func applyFault(_ service: RcService) -> String? {
        if service.start == .fails || service.start == .failsLate {
            return "failed to apply configuration; exiting"
        }
        guard service.name == "ctld" else { return nil }
        for (number, lun) in iscsi.luns.enumerated() {
            guard let pool = lun.pool else { continue }
            let isThere = pools.contains { $0.name == pool && $0.isImported }
            if !isThere { return "failed to add lun \"\(number)\": \(lun.path): not found" }
        }
        return nil
    }
}
