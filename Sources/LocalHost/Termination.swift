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
    mutating func hurry(at now: Instant, _ send: (Int32) -> Void) {
        guard now >= due else { return }
        if sent == nil {
            send(SIGTERM)
            sent = SIGTERM
            due = now + Self.grace
        } else {
            send(SIGKILL)
            sent = SIGKILL
            due = .never
        }
    }
}
