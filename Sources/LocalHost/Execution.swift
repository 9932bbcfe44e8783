import CSystem
import Engine

/// A tool that was started for a plan, from its start until it can take no effect any more.
final class Execution {
    /// What there is to tell.
    enum News {
        case ended(Output)
        /// It ended by itself, and what it left in its process group lives on.
        case left(Output)
        case gaveUp(Output)
        /// It was given up on or left something behind, and nothing of it lives.
        case died
    }

    private enum Stage {
        case running
        /// It was told to end.
        case ending
        /// It did not, and its answer was given.
        case inDoubt
        /// It ended by itself; what it left in its group is not told to end, and is waited for.
        case lingering
        case over
    }

    /// So long after KILL the step ends, whether or not the child has died.
    static let lastWait = Duration.milliseconds(500)
    /// A group is searched for survivors at most so often.
    private static let slowestSearch = Duration.milliseconds(500)

    let id: WorkID
    let command: Command
    let child: Child
    private var stage = Stage.running
    private var end: Termination
    private var giveUpAt: Instant?
    private var diedAt: Instant?
    private var searchAt = Instant.zero
    /// The right to tell hastd something, if it does.
    let permit: HastdGate.Permit?

    init(
        _ id: WorkID, _ command: Command, _ child: Child, until: Instant,
        _ permit: HastdGate.Permit? = nil
    ) {
        self.id = id
        self.permit = permit
        self.command = command
        self.child = child
        end = Termination(at: until)
    }

    /// Whether it still can be told to end.
    var isRunning: Bool { if case .running = stage { true } else { false } }
    /// Whether its tool has ended by itself, and it only waits for what that left behind.
    var isLingering: Bool { if case .lingering = stage { true } else { false } }
    /// Whether it has nothing more to tell.
    var isOver: Bool { if case .over = stage { true } else { false } }

    /// Ends it as if its time were up.
    func giveUp(at now: Instant) { end = Termination(at: now) }

    func due(at now: Instant) -> Instant {
        if isLingering { return searchAt }
        var next = min(child.due(at: now), end.due)
        if case .ending = stage, let giveUpAt { next = min(next, giveUpAt) }
        if diedAt != nil { next = min(next, searchAt) }
        return next
    }

    /// Takes in what there is, without the secrets, and sends the signals that are due.
    func serve(_ polls: PollSet, hiding mask: SecretMask, at now: Instant) -> [News] {
        if isLingering {
            guard hasDied(at: now) else { return [] }
            stage = .over
            return [.died]
        }
        child.serve(polls, at: now)
        if isRunning {
            // What has ended by itself is not given up on, whoever still holds its output.
            if child.status != nil && now >= end.due { child.closePipes() }
            if child.isOver {
                guard ProcessGroup.isAlive(child.pid) else {
                    stage = .over
                    return [.ended(child.result(hiding: mask))]
                }
                stage = .lingering
                return [.left(child.result(hiding: mask))]
            }
            guard now >= end.due else { return [] }
            stage = .ending
        }
        return finish(hiding: mask, at: now)
    }

    private func finish(hiding mask: SecretMask, at now: Instant) -> [News] {
        if hasDied(at: now) {
            child.closePipes()
            let answered = if case .inDoubt = stage { true } else { false }
            stage = .over
            return answered ? [.died] : [.gaveUp(child.result(hiding: mask)), .died]
        }
        end.hurry(at: now, child.signal)
        guard case .ending = stage, end.sent == SIGKILL else { return [] }
        let limit = giveUpAt ?? now + Self.lastWait
        giveUpAt = limit
        guard now >= limit else { return [] }
        stage = .inDoubt
        let output = child.result(ifAlive: SIGKILL, hiding: mask)
        child.closePipes()
        return [.gaveUp(output)]
    }

    /// Whether child and group are dead; a group has no descriptor, it is searched for.
    private func hasDied(at now: Instant) -> Bool {
        guard child.status != nil else { return false }
        let died = diedAt ?? now
        diedAt = died
        guard now >= searchAt else { return false }
        searchAt = now + min(max(.milliseconds(1), (now - died) / 10), Self.slowestSearch)
        return !ProcessGroup.isAlive(child.pid)
    }
}
