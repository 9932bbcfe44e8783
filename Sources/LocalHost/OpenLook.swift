import CSystem
import Engine

/// A look that waits for a child or for a connection.
final class OpenLook {
    /// What is waited for.
    enum Source {
        case child(Child)
        case port(PortProbe)
        case slow(any SlowLook)
    }

    let query: Query
    let asked: Instant
    private let source: Source
    /// A child that has not come back for so long is ended; no second one starts while it lives.
    private let timeout: Duration
    private var end: Termination
    /// The right to ask hastd, if it does.
    private let permit: HastdGate.Permit?

    init(
        _ query: Query, _ source: Source, asked: Instant, timeout: Duration,
        _ permit: HastdGate.Permit?
    ) {
        self.query = query
        self.permit = permit
        self.source = source
        self.asked = asked
        self.timeout = timeout
        end = Termination(at: asked + timeout)
    }

    /// The answer, once it is here.
    var answer: Answer? {
        switch source {
        case .port(let probe): probe.answer
        case .slow(let look): look.answer
        case .child(let child) where child.isOver:
            // What it printed before is not all that it had to say.
            end.sent == nil ? Self.decoded(child.result(), query) : .missing(why: ended(child))
        case .child: nil
        }
    }

    private func ended(_ child: Child) -> String {
        "pid \(child.pid) gave no answer within \(durationText(timeout)), and was ended"
    }

    /// Whether it has been away for so long that it counts as missing.
    func isLate(at now: Instant) -> Bool { now - asked >= Attention.patience }

    /// What is said of a look that is late.
    var silence: String {
        switch source {
        case .port: "the port does not answer"
        case .slow(let look): look.silence
        case .child(let child): "pid \(child.pid) does not answer"
        }
    }

    func due(at now: Instant) -> Instant {
        let late = isLate(at: now) ? Instant.never : asked + Attention.patience
        switch source {
        case .port(let probe): return min(late, probe.due)
        case .slow: return late
        case .child(let child): return min(late, child.due(at: now), end.due)
        }
    }

    func wait(in polls: inout PollSet) {
        switch source {
        case .port(let probe): probe.wait(in: &polls)
        case .slow(let look): look.wait(in: &polls)
        case .child(let child): child.wait(in: &polls)
        }
    }

    func serve(_ polls: PollSet, at now: Instant) {
        switch source {
        case .port(let probe): probe.serve(polls, at: now)
        case .slow(let look): look.serve(polls)
        case .child(let child):
            child.serve(polls, at: now)
            if child.status == nil { end.hurry(at: now, child.signal) }
        }
    }

    /// Ends it without an answer.
    func abandon() {
        if case .child(let child) = source, child.status == nil { child.signal(SIGKILL) }
    }

    /// What a child's output means for the query that it was started for.
    static func decoded(_ output: Output, _ query: Query) -> Answer {
        switch query {
        case .path(let path): PathLook.kind(output, of: path)
        case .text(let path): PathLook.text(output, of: path)
        case .command, .userCommand, .processes, .port: .output(output)
        }
    }
}
