/// What the system says of one process, beside its title.
struct ProcessState {
    let pid: Int32
    let parent: Int32
    let group: Int32
    let session: Int32
    /// When it started, on a clock that no change of the time of day moves.
    let started: UInt64
    /// The name of its program, cut by the system.
    let name: String
    /// Whether it has ended, and nobody has waited for it.
    let isDead: Bool
    /// Whether somebody has stopped it (SIGSTOP, Ctrl-Z, a debugger), until SIGCONT.
    let isStopped: Bool
    /// Whether it sleeps in the kernel, so that a look at its memory may sleep with it.
    let isStuck: Bool
    /// Whether it is a thread of the kernel.
    let isKernel: Bool

    /// Whether it leads a session of its own, as every tool does that the engine started.
    var isLeader: Bool { pid == group && pid == session }
}
