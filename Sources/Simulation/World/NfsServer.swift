import Engine

/// The NFS server in the kernel of Linux, and what it exports.
struct NfsServer: Sendable {
    /// A folder that the configuration exports.
    struct Export: Hashable, Sendable {
        /// The folder.
        var path: String
        /// The pool that it lies on; nil when it lies on none.
        var pool: String?
        /// Whether it comes of `sharenfs`, and not of /etc/exports.
        var isShared = false

        /// Creates an export.
        init(_ path: String, pool: String?, isShared: Bool = false) {
            self.path = path
            self.pool = pool
            self.isShared = isShared
        }
    }

    /// What /etc/exports exports.
    var configured: [Export] = []
    /// The seconds for which clients of NFSv4 may claim what they had.
    var grace = 90
    /// Whether the unit counts as active without a thread, as after a start that came to nothing.
    var startsNoThread = false
    /// Whether an export outlives the threads.
    var exportStays = false
    /// What exportfs has told rpc.mountd.
    var table: [Export] = []
    /// What the kernel holds: what a client has asked for.
    var held: [Export] = []

    /// A server that exports nothing.
    init() {}

    static let threads = 8
    static let unlock = "/proc/fs/nfsd/unlock_filesystem"
    /// The files that show how many threads there are, the grace period, what the kernel holds, and
    /// what is exported.
    static let files = [
        "/proc/fs/nfsd/threads", "/proc/fs/nfsd/nfsv4gracetime", "/proc/fs/nfsd/exports",
        "/var/lib/nfs/etab", "/etc/exports",
    ]
}

extension World {
    /// How many threads serve.
    var nfsThreads: Int { serviceIndex("nfs-server").map { services[$0].pids.count } ?? 0 }

    /// Exports what is configured; clients that are served ask for it at once.
    mutating func exportAll() {
        nfs.table = nfs.configured + shares
        if nfsThreads > 0 { nfs.held = nfs.table }
        tellNFS()
    }

    /// Takes back what is exported; what clients have open stays open while there are threads.
    mutating func unexportAll() {
        nfs.table = []
        tellNFS()
    }

    /// Takes back one folder; false where it is not exported.
    mutating func unexport(_ path: String) -> Bool {
        guard nfs.table.contains(where: { $0.path == path }) else { return false }
        nfs.table.removeAll { $0.path == path }
        tellNFS()
        return true
    }

    /// What clients hold of a folder is given up, where the kernel can: Linux 6.9.
    mutating func unlock(_ path: String) {
        guard !nfs.exportStays, !nfs.table.contains(where: { $0.path == path }) else { return }
        nfs.held.removeAll { $0.path == path }
        tellNFS()
    }

    /// The kernel drops what nobody exports, if no client has it open.
    mutating func flushExports() {
        if nfsThreads == 0 { nfs.held = [] }
        tellNFS()
    }

    /// Gives the kernel so many threads; with the last one it drops its exports.
    mutating func setThreads(_ count: Int) {
        guard let index = serviceIndex("nfs-server") else { return }
        services[index].pids = (0..<count).map { _ in nextPid() }
        if count > 0 { nfs.held = nfs.table } else if !nfs.exportStays { nfs.held = [] }
        tellNFS()
    }

    /// The files in which the kernel and exportfs show it.
    mutating func tellNFS() {
        let head = "# Version 1.1\n# Path Client(Flags) # IPs\n"
        let held = nfs.held.map { "\($0.path)\t*(rw,root_squash,sync,wdelay)\n" }
        let table = nfs.table.map { "\($0.path)\t*(rw,sync,wdelay,hide,root_squash)\n" }
        let file = nfs.configured.map { "\($0.path) *(rw,sync)\n" }
        let texts = [
            "\(nfsThreads)\n", "\(nfs.grace)\n", head + held.joined(), table.joined(),
            file.joined(),
        ]
        for (path, text) in zip(NfsServer.files, texts) {
            create(FileEntry(path, bytes: Array(text.utf8)))
        }
    }
}
