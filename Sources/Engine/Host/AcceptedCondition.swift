/// A condition that a person has decided to do without: it holds whatever is seen.
struct AcceptedCondition: Condition {
    private let inner: any Condition

    init(_ inner: any Condition) { self.inner = inner }

    var summary: String { inner.summary }
    var queries: [Query] { inner.queries }
    var subject: String? { inner.subject }
    var claim: String? { inner.claim }
    func judge(_ answers: Answers) -> Verdict { .holds }
}
