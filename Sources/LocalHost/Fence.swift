import CSystem
import Engine

/// How this machine is kept from writing any more: it reboots at once, without a sync.
///
/// No process is started for it where the system can do without, since on a machine that is stuck
/// none may be to be had.
struct Fence {
    /// The file that takes the kernel's own key (Documentation/admin-guide/sysrq.rst: whatever
    /// `kernel.sysrq` says, root may write to it); nil where there is none.
    var trigger: String?
    /// The tool that makes the call, with its arguments, where this program cannot make it.
    var tool: [String]?
    /// Whether the system call is tried when the file did not help.
    var reboots = true

    /// The tool is given so long: the reset came 1.1 s after the call (recorded on FreeBSD 13.2).
    private static let patience = Duration.seconds(30)

    /// The machine that the program runs on.
    static let machine: Fence = {
        #if os(Linux)
            usual(on: .local)
        #else
            Fence()
        #endif
    }()

    /// The machine that a program of Linux runs on.
    ///
    /// FreeBSD gives such a program a reboot(2) that syncs and none that does not (linux_reboot in
    /// sys/compat/linux/linux_misc.c), which would wait for the very pool that is stuck. With `-q`
    /// its own tool makes the call before anything else (sbin/reboot/reboot.c).
    static func usual(on platform: Platform) -> Fence {
        switch platform {
        case .linux: Fence(trigger: "/proc/sysrq-trigger")
        case .freebsd: Fence(tool: ["/sbin/reboot", "-nq"], reboots: false)
        }
    }

    /// Reboots at once. Whoever reads the answer knows that it failed, and why.
    func act() -> Output {
        guard !reboots && tool == nil || geteuid() == 0 else {
            return Output(.unavailable("only root can fence this machine"))
        }
        var whys: [String] = []
        if let trigger {
            if let file = Descriptor(system_open(trigger, O_WRONLY | O_NOFOLLOW | O_NONBLOCK)),
                file.writeAll([UInt8(ascii: "b")])
            {
                whys.append("\(trigger) took the order, and nothing happened")
            } else {
                whys.append("\(trigger): \(reason(system_error()))")
            }
        }
        if let tool { whys.append("\(tool.joined(separator: " ")): \(Self.call(tool))") }
        if reboots { whys.append("reboot(2): \(reason(system_reboot()))") }
        let why = "this machine was not fenced: " + whys.joined(separator: "; ")
        return Output(.exited(1), error: Array(why.utf8))
    }

    /// Has a tool make the call; why it did not.
    private static func call(_ tool: [String]) -> String {
        withCStrings(tool) { argv in
            withCStrings([]) { environment in
                var pid: pid_t = 0
                let error = system_spawn(&pid, tool[0], argv, environment, [0, 1, 2])
                if error == 0 { return awaitEnd(of: pid) }
                // The tool needs no process of its own if it takes the place of this one.
                if [EAGAIN, ENOMEM].contains(error) { _ = execve(tool[0], argv, environment) }
                return reason(error)
            }
        }
    }

    private static func awaitEnd(of pid: Int32) -> String {
        let end = MonotonicClock.now + patience
        var status: Int32 = 0
        while MonotonicClock.now < end {
            if waitpid(pid, &status, WNOHANG) != 0 {
                return status & 0x7f != 0
                    ? "it was ended by signal \(status & 0x7f)" : "exit \(status >> 8 & 0xff)"
            }
            _ = system_await(-1, 0, 10_000_000)
        }
        system_leave_child(pid)
        return "nothing happened for \(durationText(patience))"
    }
}
