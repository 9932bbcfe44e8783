/// Something about a host that can be looked at: the queries, and how to judge their answers.
public protocol Condition: Sendable {
    /// The condition as a clause, read after "until" or "that": `pool tank is imported`.
    var summary: String { get }
    /// What to look at; all are asked together.
    var queries: [Query] { get }
    /// How long it must hold without a break before it counts.
    var steadyFor: Duration { get }
    /// What it is about: `pool tank`; two conditions on one subject can reverse each other.
    ///
    /// Nil when no step kind owns the subject (a port, a file, a user's own look).
    var subject: String? { get }
    /// Judges a set of answers; pure, and lenient with what it does not know.
    func judge(_ answers: Answers) -> Verdict
}

extension Condition {
    public var steadyFor: Duration { .zero }
    public var subject: String? { nil }
}

/// What a look says of a condition.
public enum Verdict: Hashable, Sendable {
    /// It is true now.
    case holds
    /// It is not true now, and what was seen instead.
    case doesNot(String)
    /// It cannot be told, and why.
    case unknown(String)
    /// It is not true, and waiting cannot make it true, because …
    case never(String)

    /// What was seen, for a person; empty when it holds.
    public var detail: String {
        switch self {
        case .holds: ""
        case .doesNot(let text), .unknown(let text), .never(let text): text
        }
    }
}

/// The answers to a condition's queries.
public struct Answers: Hashable, Sendable {
    private let queries: [Query]
    private let values: [Answer]

    /// Creates answers from two lists in the same order.
    public init(_ queries: [Query], _ values: [Answer]) {
        precondition(queries.count == values.count, "each query has one answer")
        self.queries = queries
        self.values = values
    }

    /// No answers at all.
    public static let none = Answers([], [])

    /// The answer to `query`; a query that was not asked is missing.
    public subscript(query: Query) -> Answer {
        guard let index = queries.firstIndex(of: query) else {
            return .missing(why: "not looked at")
        }
        return values[index]
    }
}

/// The condition that it can be told at all whether `inner` holds; an opening look.
public struct Decided: Condition {
    /// The condition that is to be decided.
    public let inner: any Condition

    /// Wraps `inner`.
    public init(_ inner: any Condition) { self.inner = inner }

    public var summary: String { inner.summary }
    public var queries: [Query] { inner.queries }
    public var subject: String? { inner.subject }

    public func judge(_ answers: Answers) -> Verdict {
        let verdict = inner.judge(answers)
        guard case .unknown = verdict else { return .holds }
        return verdict
    }
}
