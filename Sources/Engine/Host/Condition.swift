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
    /// The word by which a preview can be told to take it for granted: `carp=master`.
    var claim: String? { get }
    /// What it makes sure of before a takeover, if anything.
    var assurance: Assurance? { get }
    /// The copies at which it looks, for the lint; nil when it looks at none.
    var copies: Copies? { get }
    /// The texts that it looks for anywhere in what it reads, for the lint.
    var looseTexts: [LooseText] { get }
    /// Judges a set of answers; pure, and lenient with what it does not know.
    func judge(_ answers: Answers) -> Verdict
    /// Whether an await goes on after `verdict`, which is not `holds`.
    func isWorthWaiting(after verdict: Verdict) -> Bool
    /// What an await may be told from answers of shortly before (`Earlier`).
    var earlier: Earlier { get }
    /// The processes in `answers` whose end it waits for: when one ends it is looked at once.
    func awaitedEnds(in answers: Answers) -> [Int32]
}

extension Condition {
    public var steadyFor: Duration { .zero }
    public var subject: String? { nil }
    public var claim: String? { nil }
    public var assurance: Assurance? { nil }
    public var copies: Copies? { nil }
    public var looseTexts: [LooseText] { [] }
    public var earlier: Earlier { .nothing }
    public func awaitedEnds(in answers: Answers) -> [Int32] { [] }

    public func isWorthWaiting(after verdict: Verdict) -> Bool {
        if case .never = verdict { false } else { true }
    }
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

    /// Whether it tells nothing.
    public var isUnknown: Bool { if case .unknown = self { true } else { false } }

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

    /// The answer to `query`; a query that was not asked is missing, and so is an output of which
    /// something was left out: nobody may take a part for the whole.
    public subscript(query: Query) -> Answer {
        guard let index = queries.firstIndex(of: query) else {
            return .missing(why: "not looked at")
        }
        if case .output(let output) = values[index], output.isCut {
            return .missing(why: Output.isTooLong)
        }
        return values[index]
    }
}

/// A condition that is to be decided now: an opening look, or something required.
///
/// Only not being able to tell is worth waiting for, or a guard that may come back; the verdict is
/// that on `inner`.
public struct Decided: Condition {
    /// What hangs on the decision.
    public enum Purpose: String, Sendable { case require, when, opening, `guard`, final }

    /// The condition that is to be decided.
    public let inner: any Condition
    /// What hangs on the decision.
    public let purpose: Purpose
    public let steadyFor: Duration

    /// Asks for a decision on `inner`, which must still hold for `steadyFor`.
    public init(_ inner: any Condition, for purpose: Purpose, steadyFor: Duration = .zero) {
        self.inner = inner
        self.purpose = purpose
        self.steadyFor = steadyFor
    }

    public var summary: String { inner.summary }
    public var queries: [Query] { inner.queries }
    public var subject: String? { inner.subject }
    public var claim: String? { inner.claim }
    public var assurance: Assurance? { inner.assurance }
    public var looseTexts: [LooseText] { inner.looseTexts }
    public func judge(_ answers: Answers) -> Verdict { inner.judge(answers) }
    public func awaitedEnds(in answers: Answers) -> [Int32] { inner.awaitedEnds(in: answers) }

    public func isWorthWaiting(after verdict: Verdict) -> Bool {
        if purpose == .guard { return inner.isWorthWaiting(after: verdict) }
        return if case .unknown = verdict { true } else { false }
    }

    public var earlier: Earlier {
        switch purpose {
        case .guard: .holding
        case .opening: .lacking
        case .require, .when, .final: .nothing
        }
    }
}

/// Several conditions that must hold together, such as the guards around a step.
public struct AllOf: Condition {
    /// The conditions, at least one.
    public let members: [any Condition]

    /// Joins conditions.
    public init(_ members: [any Condition]) { self.members = members }

    public var summary: String { members.map(\.summary).joined(separator: " and ") }
    public var queries: [Query] { members.flatMap(\.queries) }
    public var looseTexts: [LooseText] { members.flatMap(\.looseTexts) }

    /// The first verdict that is not `holds`, the worst kind first.
    public func judge(_ answers: Answers) -> Verdict {
        var worst = Verdict.holds
        for member in members {
            let verdict = member.judge(answers)
            if verdict.badness > worst.badness { worst = verdict }
        }
        return worst
    }
}

extension Verdict {
    fileprivate var badness: Int {
        switch self {
        case .holds: 0
        case .unknown: 1
        case .doesNot: 2
        case .never: 3
        }
    }
}
