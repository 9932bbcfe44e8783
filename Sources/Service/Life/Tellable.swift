import Engine

/// That a host can be asked at all: each of these conditions has an answer, whichever it is.
struct Tellable: Condition {
    let members: [any Condition]

    init(_ members: [any Condition]) { self.members = members }

    var summary: String { "the host tells how things stand" }
    var queries: [Query] { members.flatMap { $0.queries } }

    func judge(_ answers: Answers) -> Verdict {
        for member in members {
            if case .unknown(let why) = member.judge(answers) { return .doesNot(why) }
        }
        return .holds
    }
}
