/// What confirms an acquire: all of `only-if`, without a break for `settle`.
struct Confirmation: Condition {
    private let all: AllOf
    let steadyFor: Duration

    /// Joins the conditions; one of them may want to be steady for longer.
    init(_ members: [any Condition], settle: Duration) {
        all = AllOf(members)
        steadyFor = members.reduce(settle) { max($0, $1.steadyFor) }
    }

    var summary: String {
        all.summary + (steadyFor == .zero ? "" : ", for \(durationText(steadyFor))")
    }
    var queries: [Query] { all.queries }
    func judge(_ answers: Answers) -> Verdict { all.judge(answers) }

    /// At boot even an interface may not be there yet, so nothing is taken for hopeless: `within`
    /// is the limit.
    func isWorthWaiting(after verdict: Verdict) -> Bool { true }
}
