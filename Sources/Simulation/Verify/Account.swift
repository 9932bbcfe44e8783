import Engine

/// What happened in a story, line by line.
public struct Account: Sendable {
    /// What a line is about.
    public enum Kind: String, Sendable {
        case act, mishap, signal, run, word, command, consequence, breach
    }

    /// One line.
    public struct Line: Sendable {
        /// When, since the beginning.
        public let at: Duration
        /// On which node; nil for both.
        public let side: Side?
        public let kind: Kind
        public let text: String
    }

    /// The lines in order.
    public internal(set) var lines: [Line] = []
}

/// Takes down what happens in a play, where somebody wants to know.
final class Scribe {
    var account = Account()
}

extension Play {
    func tell(_ side: Side?, _ kind: Account.Kind, _ text: () -> String) {
        guard let scribe else { return }
        let line = Account.Line(at: now - .zero, side: side, kind: kind, text: text())
        scribe.account.lines.append(line)
    }

    /// What of a run's records is of interest.
    func tell(_ record: Record, on side: Side) {
        guard scribe != nil, let plan = nodes[side].run?.plan else { return }
        switch record.fact {
        case .commandBegan(_, _, _, let command): tell(side, .command) { command.line }
        case .commandEnded(_, _, _, let output):
            if !output.succeeded { tell(side, .consequence) { "it ends: \(output.status)" } }
        case .commandGivenUp(_, _, _, let command, _):
            tell(side, .consequence) { "given up: \(command.line)" }
        case .stepEnded(let node, let way, let result):
            switch result {
            case .failed(let why, _):
                tell(side, .consequence) { "\(plan[node].label): \(why)" }
            case .undone: tell(side, .consequence) { "undone: \(plan[node].label)" }
            case .parked(let why): tell(side, .consequence) { "left: \(plan[node].label): \(why)" }
            case .done where way == .forward:
                tell(side, .consequence) { "\(plan[node].label): done" }
            default: break
            }
        case .required(_, let verdict, _):
            if verdict != .holds { tell(side, .consequence) { "required: \(verdict.detail)" } }
        case .guardBroken(_, let verdict):
            tell(side, .consequence) { "the guard is broken: \(verdict.detail)" }
        case .superseded(let plan): tell(side, .run) { "superseded by \(plan)" }
        case .phase(.committed): tell(side, .run) { "the point of no return" }
        case .phase(.draining(let why)): tell(side, .run) { "turns back: \(why)" }
        case .ended(let ending): tell(side, .run) { "\(plan.name): \(ending.words)" }
        default: break
        }
    }
}

extension Ending {
    /// The kind and the reason.
    var words: String { kind.rawValue + (reason.isEmpty ? "" : ": " + reason) }
}
