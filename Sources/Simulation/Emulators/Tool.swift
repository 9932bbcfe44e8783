/// The tools that a world knows, and what a kill does to each.
enum Tool {
    case hastctl, drbdadm, drbdsetup, zpool, zfs, sysctl, service, ctladm, ifconfig
    case route, kill, pkill, pwait, mount, ctld
    case systemctl, targetctl, targetcli, grep, tgtadm, tgtAdmin, exportfs, rpcNfsd, ip
    /// One of the few tools of POSIX that steps use.
    case userland
    /// A tool of the world's own, by its index.
    case user(Int)
    /// It is not installed.
    case missing

    /// What is left when a command is killed before its effect.
    enum Grip {
        /// Nothing.
        case dies
        /// The process sleeps in the kernel and takes its effect all the same.
        case kernel
        /// The process dies, and its request stays with a server.
        case server
    }

    /// What a kill leaves of this tool.
    func grip(_ argv: [String]) -> Grip {
        switch self {
        case .zpool, .zfs, .drbdadm: .kernel
        case .hastctl: argv.count > 1 && argv[1] == "role" ? .server : .dies
        case .drbdsetup, .sysctl, .service, .ctladm, .ifconfig, .ip, .userland, .user, .missing:
            .dies
        case .route, .kill, .pkill, .pwait, .mount, .ctld: .dies
        case .targetctl, .targetcli, .rpcNfsd: .kernel
        case .systemctl: argv.count > 1 && argv[1] != "show" ? .server : .dies
        case .grep, .tgtadm, .tgtAdmin, .exportfs: .dies
        }
    }

    /// The parts of a world that its output depends on.
    var parts: World.Parts {
        switch self {
        case .hastctl: [.hast, .faults]
        case .drbdadm, .drbdsetup: [.drbd, .faults]
        case .zpool, .zfs, .sysctl: [.pools, .faults]
        case .mount: [.pools, .services, .faults]
        case .service, .ctladm, .ctld: [.services, .faults]
        case .systemctl, .targetctl, .targetcli, .grep, .tgtadm, .tgtAdmin, .exportfs, .rpcNfsd:
            [.services, .faults]
        case .ifconfig, .ip: [.carp, .faults]
        case .route: [.hast, .faults]
        case .kill, .pkill, .pwait: [.processes, .faults]
        case .userland, .user, .missing: .all
        }
    }
}
