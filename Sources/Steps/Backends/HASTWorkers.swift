import Engine

/// The workers of hastd(8) in the process table.
///
/// Anybody can give a process any title, and a `grep` for a title contains it. So a title says that
/// a worker may run, which forbids; what permits wants a worker that hastd has started. That cannot
/// be forged without being root: hastd is the process whose number stands in its pid file, which is
/// root's, and a process has the parent that started it. (Recorded on FreeBSD 13.2: a worker's user
/// is `hast`, its parent is hastd, its arguments are the title and nothing else.)
struct HASTWorkers {
    /// Where hastd writes its number (rc.d/hastd, pidfile(3)).
    static let pidFile = "/var/run/hastd.pid"
    /// What to look at.
    static let queries: [Query] = [.processes, .text(pidFile)]

    private let processes: [ProcessEntry]
    /// The number of hastd itself; nil when it does not run, or cannot be told.
    private let daemon: Int32?

    /// Reads the answers to `queries`; without the pid file no worker is proven.
    init(_ answers: Answers) throws(Unreadable) {
        processes = try answers.processes()
        daemon = Self.daemon(answers, among: processes)
    }

    /// The title of a worker (setproctitle in sbin/hastd/primary.c and secondary.c).
    static func title(_ resource: String, _ role: ReplicaRole) -> String {
        "hastd: \(resource) (\(role.rawValue))"
    }

    /// A process titled as a worker in this role.
    func titled(_ resource: String, _ role: ReplicaRole) -> ProcessEntry? {
        let title = Self.title(resource, role)
        return processes.first { $0.title == title }
    }

    /// The worker in this role, if it is proven to be hastd's.
    func proven(_ resource: String, _ role: ReplicaRole) -> ProcessEntry? {
        guard let daemon else { return nil }
        let title = Self.title(resource, role)
        return processes.first { $0.title == title && $0.origin?.parent == daemon }
    }

    /// The connection of a standby; nil without one that is proven.
    ///
    /// It is the life of its worker: hastd starts a secondary's worker for each connection
    /// (sbin/hastd/secondary.c), and a process number with the time of its start is given once in a
    /// boot.
    func connection(of resource: String) -> String? {
        guard let worker = proven(resource, .secondary), let origin = worker.origin else {
            return nil
        }
        return "\(worker.pid).\(origin.started)"
    }

    private static func daemon(_ answers: Answers, among processes: [ProcessEntry]) -> Int32? {
        guard let text = try? answers.text(of: pidFile),
            let pid = text.prefix(while: { $0 != UInt8(ascii: "\n") }).number
        else { return nil }
        // The file stays when hastd is killed, and its number may be another's by now.
        return processes.first { Int($0.pid) == pid && $0.isRoots("hastd") }?.pid
    }
}
