import Testing

@testable import Engine

/// What becomes of an unfinished run, by where it was and by who asks: one line each.
@Suite struct RecoveryTests {
    /// Raises a; point of no return, if committed; raises b.
    struct Row: CustomStringConvertible, Sendable {
        let name: String
        let past: [Fact]
        var direction: Plan.Direction? = .acquire
        var onFailure = Plan.OnFailure.rollBack
        /// By an automatic recovery that is wanted, one that is not, a person's resume and
        /// roll-back.
        let expected: [String]

        var description: String { name }
    }

    static let choices: [Recovery.Choice] = [
        .automatic(isWanted: true), .automatic(isWanted: false), .resume, .rollBack,
    ]

    @Test(arguments: rows)
    func decides(_ row: Row) {
        let (plan, past) = past(row)
        #expect(Self.choices.map { told(Recovery.decide(past, of: plan, $0)) } == row.expected)
    }

    @Test(arguments: rows)
    func abandonsWithWhatIsLeft(_ row: Row) {
        let (plan, past) = past(row)
        guard case .close(let ending) = Recovery.decide(past, of: plan, .abandon) else {
            Issue.record("whatever is not over can be abandoned")
            return
        }
        #expect(ending.kind == .left)
        if past.aim == .forward && past.hasEffects { #expect(!ending.remaining.isEmpty) }
        let isNamed = ending.warnings.contains { $0.contains("may still take effect") }
        #expect(isNamed == !past.doubts.isEmpty)
    }

    @Test func whatIsLeftIsOfTheSectionThatWasUnderWay() {
        for (facts, left) in [
            (begun, ["lower a"]), (begun + [.phase(.committed)], ["raise b"]),
            (begun + [.phase(.counterpart)], ["lower b"]),
            (begun + [.phase(.counterpart), .phase(.draining("by"))], ["lower b"]),
            (begun + [.phase(.counterpart)] + did(lowered, "lower b", 2), []),
        ] as [([Fact], [String])] {
            let (plan, past) = past(Row(name: "", past: facts, expected: []))
            guard case .close(let ending) = Recovery.decide(past, of: plan, .abandon) else {
                Issue.record("whatever is not over can be abandoned")
                return
            }
            #expect(ending.remaining == left)
        }
    }

    @Test(arguments: rows)
    func closesWhatAnotherBootBegan(_ row: Row) {
        let (plan, past) = past(row)
        let ending = Recovery.cutOff(past, of: plan)
        #expect(ending.kind == .cutOff)
        #expect(ending.reason.hasPrefix("the machine went down while this run was "))
        #expect(ending.warnings.count == past.doubts.count)
    }

    /// However often its engine died, and wherever: somebody says how it ended, and what is left.
    @Test(arguments: rows)
    func isNotTakenUpForEver(_ row: Row) {
        let (plan, past) = past(row)
        let ending = Recovery.exhausted(past, of: plan)
        switch past.aim {
        case .ifFailed(let kind): #expect(ending.kind == kind && !ending.warnings.isEmpty)
        default: #expect(ending.kind == .stuck && ending.reason.contains("6 times"))
        }
        let hasPassed = row.past.contains {
            if case .phase(.committed) = $0 { true } else { false }
        }
        if hasPassed, past.aim == .forward {
            #expect(ending.isCommitted == (row.direction == .acquire))
        }
        if !hasPassed || past.hasGivenUp { #expect(!ending.isCommitted) }
        #expect(ending.warnings.count >= past.doubts.count)
    }

    @Test func whatIsOverIsOver() {
        let row = Row(name: "", past: [.ended(Ending(.done, reason: ""))], expected: [])
        let (plan, past) = past(row)
        for choice in Self.choices + [.abandon] {
            #expect(told(Recovery.decide(past, of: plan, choice)) == "refuse")
        }
    }

    /// The plan of all rows, and what a row's records say of its run.
    func past(_ row: Row) -> (Plan, Past) {
        var tree = ToyTree()
        let root = tree.group(in: nil)
        tree.step(.raise("a"), in: root)
        tree.step(.raise("b"), in: root)
        let release = tree.group(in: nil)
        tree.step(.lower("b"), in: release)
        let ifFailed = tree.group(in: nil)
        tree.step(.lower("address"), in: ifFailed)
        let plan = Plan.toy(
            tree.nodes, direction: row.direction, onFailure: row.onFailure,
            require: [FlagIs(name: "master", isUp: true)], ifFailed: ifFailed,
            counterpart: Plan.Counterpart(
                name: "opposite", timeout: .seconds(60), ifStuck: .park, steps: release))
        var past = Past(plan)
        past.take(Record(at: .zero, .began(settled: .zero)))
        for fact in row.past { past.take(Record(at: .zero, fact)) }
        return (plan, past)
    }

    private func told(_ decision: Recovery.Decision) -> String {
        switch decision {
        case .resume(let way): way.rawValue
        case .close(let ending): ending.kind.rawValue
        case .refuse: "refuse"
        }
    }
}

private let a = NodeID(1)
private let b = NodeID(2)
private let lowered = NodeID(4)

/// A step was begun with its command, and no end of that was seen.
private func doing(
    _ node: NodeID, _ line: String, _ id: Int, _ way: Way = .forward
) -> [Fact] {
    let words = line.split(separator: " ").map(String.init)
    let command = Command(.tool(words))
    return [
        .stepBegan(node, way), .intent(node, way, attempt: 1, [command]),
        .commandBegan(node, way, WorkID(id), command),
    ]
}

private func did(
    _ node: NodeID, _ line: String, _ id: Int, _ way: Way = .forward
) -> [Fact] {
    doing(node, line, id, way) + [
        .commandEnded(node, way, WorkID(id), Output(.exited(0))),
        .stepEnded(node, way, way == .forward ? .done(.seen) : .undone),
    ]
}

private let begun: [Fact] = [.phase(.forward)] + did(a, "raise a", 1)
private let failed: [Fact] =
    begun + [.stepEnded(b, .forward, .failed(why: "no", lastSeen: "")), .phase(.draining("no"))]

private let refusedAtFirst: [Fact] = [
    .phase(.requiring), .required(0, .doesNot("down"), .seen), .phase(.draining("refused")),
]

private let rows: [RecoveryTests.Row] = [
    .init(
        name: "nothing done", past: [.phase(.forward), .stepBegan(a, .forward)],
        expected: ["refused", "refused", "forward", "back"]),
    .init(
        name: "on its way", past: begun, expected: ["forward", "back", "forward", "back"]),
    .init(
        name: "nothing done but for a command in doubt",
        past: [.phase(.forward)] + doing(a, "raise a", 1),
        expected: ["forward", "back", "forward", "back"]),
    .init(
        name: "on its way, without a direction", past: begun, direction: nil,
        expected: ["forward", "back", "forward", "back"]),
    .init(
        name: "committed", past: begun + [.phase(.committed)],
        expected: ["forward", "superseded", "forward", "refuse"]),
    .init(
        name: "committed, a command in doubt",
        past: begun + [.phase(.committed)] + doing(b, "raise b", 2),
        expected: ["forward", "counterpart", "forward", "refuse"]),
    .init(
        name: "superseded", past: begun + [.superseded(by: "other"), .phase(.draining("newer"))],
        expected: ["back", "back", "forward", "back"]),
    .init(
        name: "superseded when committed",
        past: begun + [.phase(.committed), .superseded(by: "o")],
        expected: ["superseded", "superseded", "forward", "refuse"]),
    .init(
        name: "superseded when committed, draining",
        past: begun + [.phase(.committed), .superseded(by: "o"), .phase(.draining("newer"))],
        expected: ["superseded", "superseded", "forward", "refuse"]),
    .init(
        name: "failed, draining", past: failed, expected: ["back", "back", "forward", "back"]),
    .init(
        name: "failed, to be left", past: failed, onFailure: .stop,
        expected: ["left", "left", "forward", "back"]),
    .init(
        name: "failed, for the counterpart", past: failed, onFailure: .counterpart,
        expected: ["counterpart", "counterpart", "counterpart", "refuse"]),
    .init(
        name: "rolling back", past: failed + [.phase(.rollingBack)] + doing(a, "lower a", 2, .back),
        expected: ["back", "back", "refuse", "back"]),
    .init(
        name: "interrupted", past: begun + [.interrupted, .phase(.draining("by a person"))],
        expected: ["back", "back", "forward", "back"]),
    .init(
        name: "interrupted twice when committed",
        past: begun + [.phase(.committed), .interrupted, .interrupted, .phase(.draining("by"))],
        expected: ["left", "left", "forward", "refuse"]),
    .init(
        name: "the roll-back stopped by a person",
        past: failed + [.phase(.rollingBack), .interrupted, .interrupted, .phase(.draining("by"))],
        expected: ["stuck", "stuck", "refuse", "back"]),
    .init(
        name: "guard broken when committed",
        past: begun + [
            .phase(.committed), .guardBroken(b, .doesNot("down")), .phase(.draining("guard")),
        ],
        expected: ["counterpart", "counterpart", "counterpart", "refuse"]),
    .init(
        name: "guard broken when committed, and the record of it lost",
        past: begun + [.phase(.committed), .phase(.draining("guard"))],
        expected: ["counterpart", "counterpart", "counterpart", "refuse"]),
    .init(
        name: "a way back that there cannot be",
        past: begun + [.phase(.rollingBack), .phase(.committed)],
        expected: ["counterpart", "counterpart", "refuse", "refuse"]),
    .init(
        name: "in the counterpart", past: begun + [.phase(.counterpart)],
        expected: ["counterpart", "counterpart", "counterpart", "refuse"]),
    .init(
        name: "the counterpart stopped by a person",
        past: begun + [.phase(.counterpart), .interrupted, .interrupted, .phase(.draining("by"))],
        expected: ["left", "left", "counterpart", "refuse"]),
    .init(
        name: "fencing after it", past: begun + [.phase(.counterpart), .phase(.fencing)],
        expected: ["counterpart", "counterpart", "counterpart", "refuse"]),
    .init(
        name: "in if-failed after a roll-back",
        past: failed + [.phase(.rollingBack)] + did(a, "lower a", 2, .back) + [.phase(.ifFailed)],
        expected: ["if-failed", "if-failed", "if-failed", "refuse"]),
    .init(
        name: "in if-failed, and a newer signal came",
        past: failed + [.phase(.rollingBack)] + did(a, "lower a", 2, .back)
            + [.phase(.ifFailed), .superseded(by: "other")],
        expected: ["rolled-back", "rolled-back", "if-failed", "refuse"]),
    .init(
        name: "in if-failed, stopped by a person",
        past: failed + [.phase(.rollingBack)] + did(a, "lower a", 2, .back)
            + [.phase(.ifFailed), .interrupted, .interrupted, .phase(.draining("by"))],
        expected: ["rolled-back", "rolled-back", "refuse", "back"]),
    .init(
        name: "in if-failed after the counterpart",
        past: begun + [.phase(.counterpart)] + did(lowered, "lower b", 2) + [.phase(.ifFailed)],
        expected: ["if-failed", "if-failed", "if-failed", "refuse"]),
    .init(
        name: "refused",
        past: [
            .phase(.requiring), .required(0, .doesNot("down"), .seen), .phase(.draining("refused")),
        ],
        expected: ["refused", "refused", "forward", "back"]),
    .init(
        name: "refused, by a journal that lost lines, after an effect",
        past: refusedAtFirst + did(a, "raise a", 1), expected: ["left", "left", "forward", "back"]),
    .init(
        name: "refused, by a journal that lost lines, with a command in doubt",
        past: refusedAtFirst + [.commandBegan(a, .back, WorkID(1), .tool("lower", "a"))],
        expected: ["left", "left", "forward", "back"]),
    .init(
        name: "a release that has done nothing", past: [.phase(.forward)], direction: .release,
        expected: ["forward", "forward", "forward", "refuse"]),
    .init(
        name: "a release", past: begun, direction: .release,
        expected: ["forward", "forward", "forward", "refuse"]),
    .init(
        name: "a release that is superseded", past: begun + [.superseded(by: "other")],
        direction: .release, expected: ["forward", "forward", "forward", "refuse"]),
]
