/// The keys of a record's JSON form: others read them, so they change only with
/// `Record.formVersion`.
enum RecordKey: String, CodingKey {
    case at, fact, settled, phase, why, condition, node, way, work, purpose, verdict, detail
    case basis
    case basisWork = "basis-work"
    case basisWhy = "basis-why"
    case attempt, commands, command, status, output, error
    case outputBytes = "output-bytes"
    case errorBytes = "error-bytes"
    case pid, started, after, result
    case lastSeen = "last-seen"
    case by, text, ending, reason, warnings, remaining
    case handOver = "hand-over"
    case committed
    // The kinds of command, and of the end of one.
    case tool, log, ask, unattended
    case fenceSelf = "fence-self"
    case exit, signal
    case notStarted = "not-started"
    case unavailable
}

extension Record {
    /// The version of the JSON form: it grows when a reader of the old form would be misled.
    public static let formVersion = 1
}

/// The names of the facts in their JSON form.
enum FactName: String, Codable, CaseIterable {
    case began, resumed, phase, required
    case stepBegan = "step-began"
    case looked, intent
    case commandBegan = "command-began"
    case processStarted = "process-started"
    case commandEnded = "command-ended"
    case commandGivenUp = "command-given-up"
    case commandLeft = "command-left"
    case commandGone = "command-gone"
    case retrying
    case stepEnded = "step-ended"
    case guardBroken = "guard-broken"
    case superseded, interrupted, warned, ended
}

/// The names of the verdicts in their JSON form.
enum VerdictName: String, Codable {
    case holds
    case doesNot = "does-not"
    case unknown, never
}

/// The names of the phases in their JSON form.
enum PhaseName: String, Codable {
    case requiring, forward, committed, checking, draining
    case rollingBack = "rolling-back"
    case counterpart
    case ifFailed = "if-failed"
    case fencing
}

/// The names of the bases in their JSON form.
enum BasisName: String, Codable { case seen, after, assumed, unknowable, given }

/// The names of the results of a step in their JSON form.
enum ResultName: String, Codable {
    case done, already
    case notWanted = "not-wanted"
    case failed, cut, undone
    case nothingToUndo = "nothing-to-undo"
    case noInverse = "no-inverse"
    case parked
}
