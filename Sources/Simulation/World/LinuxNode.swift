/// What only a node of Linux has to serve with.
struct LinuxNode: Sendable {
    var lio = Lio()
    var tgt = TgtDaemon()
    var nfs = NfsServer()
}

extension World {
    /// Whether the node runs Linux, with its service tools.
    var isLinux: Bool { !linux.isEmpty }

    /// What the kernel's own iSCSI target of Linux has set up.
    var lio: Lio {
        get { linux.first?.lio ?? Lio() }
        set { if isLinux { linux[0].lio = newValue } }
    }

    /// What tgtd of Linux has set up.
    var tgt: TgtDaemon {
        get { linux.first?.tgt ?? TgtDaemon() }
        set { if isLinux { linux[0].tgt = newValue } }
    }

    /// The NFS server in the kernel of Linux.
    var nfs: NfsServer {
        get { linux.first?.nfs ?? NfsServer() }
        set { if isLinux { linux[0].nfs = newValue } }
    }
}
