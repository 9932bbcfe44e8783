import Engine

/// A tool that waits for its turn to be started.
struct QueuedTool {
    let id: WorkID
    let command: Command
    let argv: [String]
    /// When it is not started any more.
    let until: Instant
    /// Why it was not started yet; nil for want of a free place.
    var waits: String?
}
