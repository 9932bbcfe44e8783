import CSystem
import Engine

/// How this machine is kept from writing any more: it reboots at once, without a sync.
///
/// No process is started for it, since on a machine that is stuck none may be to be had.
struct Fence {
    /// The file that takes the kernel's own key (Documentation/admin-guide/sysrq.rst: whatever
    /// `kernel.sysrq` says, root may write to it); nil where there is none.
    let trigger: String?
    /// Whether the system call is tried when the file did not help.
    let reboots: Bool

    /// The machine that the program runs on.
    static let machine: Fence = {
        #if os(Linux)
            Fence(trigger: "/proc/sysrq-trigger", reboots: true)
        #else
            Fence(trigger: nil, reboots: true)
        #endif
    }()

    /// Reboots at once. Whoever reads the answer knows that it failed, and why.
    func act() -> Output {
        guard !reboots || geteuid() == 0 else {
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
        if reboots { whys.append("reboot(2): \(reason(system_reboot()))") }
        let why = "this machine was not fenced: " + whys.joined(separator: "; ")
        return Output(.exited(1), error: Array(why.utf8))
    }
}
