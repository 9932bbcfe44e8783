/// A condition that counts once it has held for some time without a break.
public struct Steady: Condition {
    private let inner: any Condition
    public let steadyFor: Duration

    /// Wants `inner` to hold for `steadyFor`.
    public init(_ inner: any Condition, for steadyFor: Duration) {
        self.inner = inner
        self.steadyFor = steadyFor
    }

    /// The field by which a plan asks for it, of every kind of condition.
    static let field = Field.optional(
        "steady-for", .duration, "how long it must hold without a break",
        absent: "one look is enough")

    public var summary: String {
        "\(inner.summary) for \(durationText(steadyFor)) without a break"
    }
    public var queries: [Query] { inner.queries }
    public var subject: String? { inner.subject }
    public var claim: String? { inner.claim }
    public var assurance: Assurance? { inner.assurance }
    public var copies: Copies? { inner.copies }
    public var looseTexts: [LooseText] { inner.looseTexts }
    public var earlier: Earlier { inner.earlier }
    public func judge(_ answers: Answers) -> Verdict { inner.judge(answers) }
    public func awaitedEnds(in answers: Answers) -> [Int32] { inner.awaitedEnds(in: answers) }
    public func isWorthWaiting(after verdict: Verdict) -> Bool {
        inner.isWorthWaiting(after: verdict)
    }
}
