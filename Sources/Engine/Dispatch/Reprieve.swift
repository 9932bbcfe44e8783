/// All that an acquire required that was refused: the pause before the next attempt ends as soon as
/// it holds.
///
/// For how long it must hold without a break is for the attempt to see, and nothing is taken for
/// hopeless: the pause is its limit.
struct Reprieve: Condition {
    private let all: AllOf

    init(_ required: [any Condition]) { all = AllOf(required) }

    var summary: String { all.summary }
    var queries: [Query] { all.queries }
    func judge(_ answers: Answers) -> Verdict { all.judge(answers) }
    func isWorthWaiting(after verdict: Verdict) -> Bool { true }
}
