/// The life of one step on one way: look, announce, apply, look until it holds.
///
/// An undo is the same life of the inverse step. A life ends with a `result`; until then it has
/// exactly one piece of work open, or waits for its own command in doubt to be gone.
struct StepLife: Sendable {
    /// What the plan and the run's phase allow the step.
    struct Terms: Sendable {
        /// What stands before whatever is said of the step.
        let label: String
        /// The end of all attempts.
        let deadline: Instant
        /// The limit of one attempt; nil for none but the deadline.
        let attemptTimeout: Duration?
        /// Attempts and pauses; nil for an attempt every second until the deadline.
        let retry: Retry?
        /// Decides whether the step runs at all.
        let when: (any Condition)?
        /// What must hold before each effect.
        let guards: AllOf?
        /// Whether the effect may still come, so that the commands are issued whatever is seen.
        let isForced: Bool
    }

    /// What earlier engines have left of the same way through the step.
    struct Legacy: Sendable {
        /// The commands that they announced.
        var announced: [Command] = []
        /// How it has come out already; nil when it is to be gone through.
        var result: StepResult?
        /// Whether it must wait for a command of theirs to be gone.
        var waits = false
    }

    /// A guard did not hold before an effect.
    var brokenGuard: Verdict?
    /// How the life ended; nil while it goes on.
    var result: StepResult?
    /// The commands that were announced last; empty as long as nothing was.
    var announced: [Command] = []

    let node: NodeID
    let way: Way
    let step: any Step
    /// The step's goal, asked for once.
    let goal: Goal
    let terms: Terms
    let legacy: Legacy
    var state = State.idle
    var attempt = 1
    var attemptBegan = Instant.zero
    var attemptDeadline = Instant.never
    var lastSeen = ""
    /// How often it was refused for now, and since when.
    var refusals = 0
    var refusedSince: Instant?
    var isCut = false
    /// Whether the last command left something out, so that a goal that holds is not the whole.
    var isIncomplete = false
    /// Whether any command was started at all that is taken back; without one nothing is.
    var hasActed = false
    /// What the opening look saw.
    var seen = Answers.none
    /// What the commands of this attempt said of what they could not do.
    var said: [String] = []

    enum State {
        case idle
        /// It does not begin before an earlier engine's command is gone, or the deadline.
        case waiting(WorkID)
        case deciding(WorkID)
        case opening(WorkID)
        /// Its goal held at the first look and is to last: seen for so long, it counts as reached.
        case opened(WorkID)
        case guarding(WorkID, [Command], Int)
        case applying(WorkID, [Command], Int)
        case looking(WorkID, failure: Failure?)
        /// Its goal has come and is to last.
        case lasting(WorkID, failure: Failure?)
        case pausing(WorkID)
        /// The next attempt waits until the command in doubt is gone, or the deadline.
        case settling(WorkID)
    }

    /// Why an attempt came to nothing.
    struct Failure {
        let why: String
        let isFinal: Bool
        /// For a refusal that passes: the end of all patience with it.
        var patience: Instant?
    }

    init(
        _ node: NodeID,
        _ way: Way,
        _ step: any Step,
        _ terms: Terms,
        after legacy: Legacy = Legacy()
    ) {
        self.node = node
        self.way = way
        self.step = step
        goal = step.goal
        self.terms = terms
        self.legacy = legacy
        announced = legacy.announced
        hasActed = announced.contains(where: step.isTakenBack)
    }
}

// MARK: - What happens

extension StepLife {
    mutating func begin(_ ledger: inout Ledger) {
        ledger.record(.stepBegan(node, way))
        if let result = legacy.result { return end(result) }
        guard legacy.waits else { return decide(&ledger) }
        state = .waiting(ledger.sleep(until: terms.deadline, for: .step(node, way)))
    }

    private mutating func decide(_ ledger: inout Ledger) {
        guard let when = terms.when else { return open(&ledger) }
        let until = min(ledger.now + Self.decision, terms.deadline)
        let look = Decided(when, for: .when)
        state = .deciding(
            ledger.await(look, until: until, seenBy: terms.deadline, for: .step(node, way))
        )
    }

    mutating func looked(_ look: Look, _ ledger: inout Ledger) {
        switch state {
        case .deciding: decided(look, &ledger)
        case .opening: opened(look, &ledger)
        case .opened: opened(look, hasLasted: look.verdict == .holds, &ledger)
        case .guarding(_, let commands, let index): guarded(look, commands, index, &ledger)
        case .looking(_, let failure): closed(look, failure, &ledger)
        case .lasting(_, let failure): lasted(look, failure, &ledger)
        case .idle, .waiting, .applying, .pausing, .settling:
            preconditionFailure("a step that does not look was shown something")
        }
    }

    mutating func woke(_ ledger: inout Ledger) {
        switch state {
        case .pausing: ledger.isInDoubt(node) ? settle(&ledger) : nextAttempt(&ledger)
        case .settling, .waiting:
            end(.failed(why: "a command of the last attempt is in doubt", lastSeen: lastSeen))
        default: preconditionFailure("a step that does not sleep was woken")
        }
    }

    mutating func finished(_ finish: Finish, _ command: Command, _ ledger: inout Ledger) {
        guard case .applying(let id, let commands, let index) = state else {
            preconditionFailure("a step that runs nothing had a command finished")
        }
        switch finish {
        case .ended(let output):
            if output.refusal == nil, step.isTakenBack(command) { hasActed = true }
            ledger.record(.commandEnded(node, way, id, output))
            isCut ? end(.cut) : ended(output, commands, index, &ledger)
        case .left(let pid, let output):
            if step.isTakenBack(command) { hasActed = true }
            ledger.record(.commandLeft(node, way, id, pid: pid))
            ledger.record(.commandEnded(node, way, id, output))
            ledger.doubt(
                Ledger.Doubt(
                    work: id, node: node, way: way, command: command, pid: pid, isLeft: true))
            isCut ? end(.cut) : ended(output, commands, index, &ledger)
        case .gaveUp(let pid, let output):
            if step.isTakenBack(command) { hasActed = true }
            ledger.record(.commandGivenUp(node, way, id, command, pid: pid))
            ledger.doubt(
                Ledger.Doubt(work: id, node: node, way: way, command: command, pid: pid))
            if isCut { return end(.cut) }
            let said = output.excerpt
            let why = "`\(command.line)` did not end in time" + (said.isEmpty ? "" : ": \(said)")
            look(after: Failure(why: why, isFinal: false), &ledger)
        }
    }

    /// A command of this step that was in doubt can take no effect any more.
    mutating func gone(_ ledger: inout Ledger) {
        switch state {
        case .settling(let id) where !ledger.isInDoubt(node):
            ledger.drop(id)
            nextAttempt(&ledger)
        case .waiting(let id) where !ledger.isInDoubt(node, way):
            ledger.drop(id)
            decide(&ledger)
        default: return
        }
    }

    /// Ends the life; a command under way comes to its own end first.
    mutating func cut() {
        if case .applying = state { isCut = true } else if result == nil { end(.cut) }
    }
}
