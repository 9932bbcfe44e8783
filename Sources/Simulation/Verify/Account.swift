import Engine

/// What happened in a story, line by line.
public struct Account: Sendable {
    /// What a line is about.
    public enum Kind: String, Sendable, CaseIterable {
        /// Something that the scenario does to the pair.
        case act
        /// Something that goes wrong.
        case mishap
        /// What a node hears of its address, and what it is wanted to be.
        case signal
        /// A run begins, turns, or ends.
        case run
        /// What a worker says.
        case word
        /// A command begins.
        case command
        /// A step is done.
        case step
        /// hastd says what has become of a resource.
        case hook
        /// What else follows.
        case consequence
        /// What must never be.
        case breach

        /// Whether such a line tells only that all goes on as it should.
        public var isRoutine: Bool {
            switch self {
            case .step, .hook, .word: true
            case .act, .mishap, .signal, .run, .command, .consequence, .breach: false
            }
        }
    }

    /// One line.
    public struct Line: Sendable {
        /// When, since the beginning.
        public let at: Duration
        /// On which node; nil for both.
        public let side: Side?
        /// What it is about.
        public let kind: Kind
        /// The words.
        public let text: String

        /// Creates a line.
        public init(at: Duration, side: Side?, kind: Kind, text: String) {
            self.at = at
            self.side = side
            self.kind = kind
            self.text = text
        }
    }

    /// The lines in order.
    public internal(set) var lines: [Line] = []

    /// An account of these lines.
    public init(_ lines: [Line] = []) { self.lines = lines }
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
            tell(result, of: plan[node].label, way, on: side)
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

    private func tell(_ result: StepResult, of label: String, _ way: Way, on side: Side) {
        switch result {
        case .failed(let why, _): tell(side, .consequence) { "\(label): \(why)" }
        case .undone: tell(side, .consequence) { "undone: \(label)" }
        case .parked(let why): tell(side, .consequence) { "left: \(label): \(why)" }
        case .done where way == .forward: tell(side, .step) { "\(label): done" }
        default: break
        }
    }
}

extension Ending {
    /// How it ended and why, for an account.
    var words: String { reason.isEmpty ? kind.rawValue : "\(kind.rawValue): \(reason)" }
}
