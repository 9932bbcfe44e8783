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
    /// The file without which its script starts nothing, unless by force (`required_files`).
    var requiredFile: String?
    /// What systemd adds to it, on Linux.
    public var unit = UnitState()
    /// Whether it runs in the kernel: then nobody sees processes of it, and no file names them.
    var isKernel = false
    /// Whether systemd knows it by its name.
    var isUnit = true
    /// Its processes while it runs.
    public internal(set) var pids: [Int32] = []
    /// Those that have daemonised and not yet applied their configuration: no pid file names them,
    /// so that neither a status nor a stop knows of them (usr.sbin/ctld/ctld.c).
    public internal(set) var applying: [Int32] = []

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
