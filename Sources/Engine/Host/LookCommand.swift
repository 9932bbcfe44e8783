/// A command that only reads.
///
/// This file is the one place where such a command can be made, so it is the whole list of what
/// a look, and therefore a preview, may start on a host. Sources: each tool's manual page, and what
/// it prints under `Tests/Facts`. Operands stand last and were checked by `Fields`: none begins
/// with `-`.
public struct LookCommand: Hashable, Sendable {
    /// The tool and its arguments; the tool is searched in the host's fixed path.
    public let argv: [String]

    private init(_ argv: String...) { self.argv = argv }

    /// HAST: role, status, worker of a resource, as fields with names; status 1 when hastd knows no
    /// such resource.
    public static func hastctlList(_ resource: String) -> LookCommand {
        LookCommand("hastctl", "list", resource)
    }

    /// FreeBSD: the route that packets to a host would take, with its flags; status 1 when there is
    /// none.
    public static func route(to host: String, isSix: Bool) -> LookCommand {
        isSix
            ? LookCommand("route", "-n", "get", "-inet6", "-host", host)
            : LookCommand("route", "-n", "get", "-host", host)
    }

    /// ZFS: every imported pool, and beneath it the devices that it lies on.
    public static let zpoolDevices = LookCommand("zpool", "list", "-v")

    /// DRBD 8.4 and 9: role, disks, connection and peer of a resource, as words `key:value`;
    /// status 10 when it is not up.
    ///
    /// Like every use of drbdsetup it loads the kernel module `drbd` where that is missing, which
    /// replicates nothing by itself (modprobe_drbd of drbd-utils).
    public static func drbdStatus(_ resource: String) -> LookCommand {
        LookCommand("drbdsetup", "status", "--verbose", resource)
    }

    /// ZFS: name and health of a pool, tab-separated; status 1 when it is not imported.
    public static func zpoolList(_ pool: String) -> LookCommand {
        LookCommand("zpool", "list", "-H", "-o", "name,health", pool)
    }

    /// ZFS on FreeBSD: the kernel's own word for the state of a pool, `ONLINE` or `SUSPENDED`,
    /// which comes while the pool's I/O is suspended, too; status 1 for one that is not imported.
    ///
    /// sysctl(8) sets what has a `=` in its name, and parts names at dots: nil for a pool of which
    /// the name has anything but letters, digits, `_`, `-` and `:`.
    public static func poolState(_ pool: String) -> LookCommand? {
        let others = "_-:".utf8
        let isPlain = pool.utf8.allSatisfy { byte in
            UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte
                || UInt8(ascii: "a")...UInt8(ascii: "z") ~= byte | 0x20 || others.contains(byte)
        }
        guard isPlain, !pool.isEmpty else { return nil }
        return LookCommand("sysctl", "-n", "kstat.zfs.\(pool).misc.state")
    }

    /// ZFS: where an imported pool is written down for the next boot, and under which folder it is
    /// mounted.
    public static func zpoolPlace(_ pool: String) -> LookCommand {
        LookCommand("zpool", "get", "-H", "-o", "property,value", "cachefile,altroot", pool)
    }

    /// ZFS: the file systems of a pool with what decides whether each is served.
    public static func zfsMounts(_ pool: String) -> LookCommand {
        LookCommand(
            "zfs", "list", "-H", "-r", "-t", "filesystem",
            "-o", "name,canmount,mountpoint,mounted", pool)
    }

    /// ZFS: of the same file systems, what keeps `zfs mount -a` from mounting one.
    ///
    /// `inconsistent` and `redacted` are shown to whoever names them (module/zcommon/zfs_prop.c).
    public static func zfsObstacles(_ pool: String, on platform: Platform) -> LookCommand {
        let zoned = platform == .freebsd ? "jailed" : "zoned"
        return LookCommand(
            "zfs", "list", "-H", "-r", "-t", "filesystem",
            "-o", "name,keystatus,\(zoned),inconsistent,receive_resume_token,redacted", pool)
    }

    /// ZFS: the file systems and volumes of a pool with the keys that they need.
    public static func zfsKeys(_ pool: String) -> LookCommand {
        LookCommand(
            "zfs", "list", "-H", "-r", "-t", "filesystem,volume",
            "-o", "name,encryptionroot,keylocation,keystatus,mounted", pool)
    }

    /// ZFS: the file systems of a pool with what is shared of them by NFS.
    public static func zfsShares(_ pool: String) -> LookCommand {
        LookCommand(
            "zfs", "list", "-H", "-r", "-t", "filesystem",
            "-o", "name,canmount,mountpoint,mounted,sharenfs", pool)
    }

    /// FreeBSD: every mount of the host, and whether the kernel exports it; asks no file system.
    public static let mounts = LookCommand("mount")

    /// rc.subr: whether a service runs, enabled or not; status 1 when it does not. `operand` is
    /// what of several the script is asked about.
    public static func serviceStatus(_ name: String, _ operand: String? = nil) -> LookCommand {
        guard let operand else { return LookCommand("service", name, "onestatus") }
        return LookCommand("service", name, "onestatus", operand)
    }

    /// systemd: what the manager says of one unit, as properties with names; status 0 for a unit
    /// that there is not, too.
    public static func unitState(_ unit: String) -> LookCommand {
        LookCommand(
            "systemctl", "show", "-p",
            "LoadState,ActiveState,SubState,Result,Job,TasksCurrent", unit)
    }

    /// LIO: its version and the switches in the kernel's tree, links followed, so that those of the
    /// backstores stand beneath the LUNs too; status 2 without the tree. By a process: whoever
    /// takes a target down that hangs keeps the folder locked.
    public static let lioTree = LookCommand(
        "grep", "-R", "--include=version", "--include=enable", ".", "/sys/kernel/config/target")

    /// LIO: the same, and the path of the device beneath each backstore and each LUN.
    public static let lioDevices = LookCommand(
        "grep", "-R", "--include=version", "--include=enable", "--include=udev_path", ".",
        "/sys/kernel/config/target")

    /// tgt: the targets with their sessions and logical units; status 107 without the daemon.
    public static let tgtTargets = LookCommand(
        "tgtadm", "--lld", "iscsi", "--op", "show", "--mode", "target")

    /// tgt: the daemon's own state; status 107 without the daemon.
    public static let tgtSystem = LookCommand("tgtadm", "--op", "show", "--mode", "sys")

    /// CAM target layer: the iSCSI ports, whether each is online, and beneath each the logical
    /// units that it shows, without the header.
    ///
    /// Like every use of ctladm it loads the kernel module `ctl` where that is missing, which
    /// serves nothing by itself (usr.sbin/ctladm/ctladm.c, main).
    public static let ctladmPorts = LookCommand("ctladm", "portlist", "-q", "-f", "iscsi", "-l")

    /// CAM target layer: the logical units with their sizes, beneath a header.
    public static let ctladmDevices = LookCommand("ctladm", "devlist")

    /// CAM target layer: the same, and beneath each logical unit its options: `name=value`.
    public static let ctladmOptions = LookCommand("ctladm", "devlist", "-v")

    /// The state of one network interface, its `carp:` lines included; keys are not shown.
    public static func ifconfig(_ interface: String) -> LookCommand {
        LookCommand("ifconfig", interface)
    }

    /// iproute2: the addresses of one network interface, a line for each; status 1 when there is no
    /// such interface.
    public static func ipAddresses(_ interface: String) -> LookCommand {
        LookCommand("ip", "-o", "address", "show", "dev", interface)
    }
}
