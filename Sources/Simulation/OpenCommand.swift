import Engine

/// A command that a simulated host has not seen the last of.
struct OpenCommand {
    /// Where it stands.
    enum Phase {
        /// It waits until its tool may be started.
        case queued
        /// The run waits for its end.
        case running
        /// It was given up on and may still take effect.
        case orphan
        /// It ended, and what it left in its process group may still take effect.
        case lingering
        /// Its effect has come, and the run is to hear that it is gone.
        case settling
        /// It died of being given up on, and the run is to hear that it is gone.
        case killed
        /// Nobody waits for it any more, but its request still lies with a server.
        case abandoned
        /// Its engine died: it goes on by itself, and nobody waits for it.
        case left
        case over
    }

    /// The id by which the engine knows it that waits for it.
    var id: WorkID
    let command: Command
    /// The words of a tool; empty for what starts no process.
    let argv: [String]
    let tool: Tool
    let grip: Tool.Grip
    let pid: Int32?
    let until: Instant
    let fault: Fault?
    /// Its entry in the transcript.
    let line: Int
    var phase = Phase.queued
    /// Whether it waits for a change of the world.
    var isBlocked = false
    /// Whether it is kept back for now.
    var isQueued = false
    /// Whether its tool leaves its work to processes of its group; one that only asks a daemon has
    /// none.
    var leavesSomething: Bool { fault?.does == .leaves && grip != .server }
    /// How it uses hastd.
    let hastd: HastdUse?
    /// The daemon that its request was sent to.
    var life = 0
}
