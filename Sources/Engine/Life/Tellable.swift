/// That a host can be asked at all: each of these conditions has an answer, whichever it is.
public struct Tellable: Condition {
    private let members: [any Condition]

    /// Of these conditions.
    public init(_ members: [any Condition]) { self.members = members }

    public var summary: String { "the host tells how things stand" }
    public var queries: [Query] { members.flatMap { $0.queries } }

    public func judge(_ answers: Answers) -> Verdict {
        for member in members {
            if case .unknown(let why) = member.judge(answers) { return .doesNot(why) }
        }
        return .holds
    }
}
