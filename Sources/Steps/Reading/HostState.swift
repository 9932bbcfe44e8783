import Engine

/// A condition made of a probe: the goal of a step, and the inside of a condition of a plan.
struct HostState: Condition {
    let summary: String
    let subject: String?
    private let probe: Probe

    init(_ summary: String, subject: String? = nil, _ probe: Probe) {
        self.summary = summary
        self.subject = subject
        self.probe = probe
    }

    var queries: [Query] { probe.queries }

    func judge(_ answers: Answers) -> Verdict { probe.judge(answers) }

    /// Whether it was seen that nothing can bring it about.
    func canNeverHold(_ seen: Answers) -> Bool { !isWorthWaiting(after: judge(seen)) }
}

/// A kind of condition whose whole meaning is a state of the host.
protocol HostStateKind: ConditionKind {
    /// What it looks at.
    var state: HostState { get }
}

extension HostStateKind {
    var summary: String { state.summary }
    var subject: String? { state.subject }
    var queries: [Query] { state.queries }

    func judge(_ answers: Answers) -> Verdict { state.judge(answers) }
}
