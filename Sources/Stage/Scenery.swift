import CStage
import Engine
import Simulation

/// The machine as those on the stage see it: mounts, processes and network of its own.
struct Scenery {
    /// Where a tool stands that a world adds to the machine's own.
    private static let tools = "/usr/local/sbin"
    /// Where tools are searched, as the host does it.
    private static let path = ["/sbin", "/bin", "/usr/sbin", "/usr/bin"]
    private static let emulated = [
        "hastctl", "zpool", "zfs", "sysctl", "service", "ctladm", "ifconfig", "route", "pkill",
        "pwait", "mount", "ctld",
    ]
    private static let request = "/run/stage-request"

    /// Where processes sleep in the kernel.
    static let sleepers = "/run/stage-sleep"
    /// The name of the socket on which the stage is asked; it is abstract, and of the stage's own
    /// network.
    static let socket = "failover-stage"

    /// What cannot be done, for a person.
    struct Fault: Error {
        let why: String

        init(_ what: String) {
            let words = strerror(stage_error()).map { String(cString: $0) } ?? "unknown error"
            why = "\(what): \(words)"
        }
    }

    /// The init of the processes on the stage, as the stage sees it.
    let initial: Int32
    /// Requests for a sleep, in the form of the kernel's.
    let sleep: Int32
    /// Readable once someone asked the kernel for a reboot by its trigger file.
    let reboot: Int32
    /// Where the stage is asked.
    let socket: Int32
    /// Where nothing is read and nothing is kept.
    let null: Int32

    /// Enters it; `tool` is the client that stands for all tools.
    init(tool: String, _ world: World) throws(Fault) {
        let fuse = stage_open("/dev/fuse")
        guard fuse >= 0 else { throw Fault("/dev/fuse") }
        guard stage_enter() == 0 else { throw Fault("namespaces are not permitted here") }
        for folder in ["/dev", "/run", Self.tools] {
            guard stage_mount_memory(folder) == 0 else { throw Fault("a mount over \(folder)") }
        }
        guard stage_make_devices() == 0 else { throw Fault("devices cannot be made") }
        for name in Self.emulated + world.tools.compactMap(\.command.first) {
            try Self.put(tool, name)
        }
        sleep = stage_sleep_mount(fuse, Self.sleepers)
        guard sleep >= 0 else { throw Fault("a mount over \(Self.sleepers)") }
        close(creat(Self.request, 0o644))
        reboot = stage_watch(Self.request)
        socket = stage_listen_abstract(Self.socket)
        guard reboot >= 0, socket >= 0 else { throw Fault("the stage's sockets") }
        null = stage_open("/dev/null")
        initial = stage_boot(Self.request, tool)
        guard initial > 0 else { throw Fault("a process namespace") }
    }

    /// Puts the client where the host finds the tool: over the machine's own, or beside them.
    private static func put(_ tool: String, _ name: String) throws(Fault) {
        guard !name.contains("/") else { return }
        for folder in path where access("\(folder)/\(name)", F_OK) == 0 {
            guard stage_bind(tool, "\(folder)/\(name)") == 0 else {
                throw Fault("a mount over \(folder)/\(name)")
            }
        }
        if symlink(tool, "\(tools)/\(name)") != 0 && stage_error() != EEXIST {
            throw Fault("\(tools)/\(name)")
        }
    }

}
