import CSystem
import Engine

/// How a child's process group is made to end: first it is asked, then it is forced.
struct Termination {
    /// So long after TERM a group is killed.
    static let grace = Duration.seconds(2)

    /// When the next signal is sent; never once both were.
    private(set) var due: Instant
    /// The last signal that was sent.
    private(set) var sent: Int32?

    init(at start: Instant) { due = start }

    /// Sends the signal that is due.
    mutating func hurry(_ child: Child, at now: Instant) {
        guard now >= due else { return }
        if sent == nil {
            child.signal(SIGTERM)
            sent = SIGTERM
            due = now + Self.grace
        } else {
            child.signal(SIGKILL)
            sent = SIGKILL
            due = .never
        }
    }
}
