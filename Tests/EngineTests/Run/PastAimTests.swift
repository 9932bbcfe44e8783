import Testing

@testable import Engine

/// What a run was about when its records broke off, and why: one line each.
@Suite struct PastAimTests {
    /// The plan of `RecoveryTests`: raises a and b, and requires the flag `master`.
    struct Row: CustomStringConvertible, Sendable {
        let name: String
        let past: [Fact]
        var direction: Plan.Direction? = .acquire
        var onFailure = Plan.OnFailure.rollBack
        /// What it was about, and why it turned away from its plan.
        let expected: String

        var description: String { name }
    }

    @Test(arguments: rows)
    func isAsItTurnedLast(_ row: Row) {
        let (_, past) = RecoveryTests().past(
            .init(
                name: row.name, past: row.past, direction: row.direction,
                onFailure: row.onFailure, expected: []))
        #expect("\(told(past.aim)): \(past.reason ?? "-")" == row.expected)
    }

    private func told(_ aim: Past.Aim) -> String {
        switch aim {
        case .forward: "forward"
        case .handOver: "hand-over"
        case .back: "back"
        case .counterpart: "counterpart"
        case .ifFailed(let kind): "if-failed, then \(kind.rawValue)"
        case .stop(let kind): "stop, then \(kind.rawValue)"
        }
    }
}

private let announced = Fact.intent(NodeID(1), .forward, attempt: 1, [.tool("raise", "a")])
private let refused = Fact.required(0, .doesNot("down"), .seen)
private func draining(_ why: String) -> Fact { .phase(.draining(why)) }

private let rows: [PastAimTests.Row] = [
    .init(
        name: "nothing turned it", past: [.phase(.forward), announced, .phase(.checking)],
        expected: "forward: -"),
    .init(name: "a failure", past: [announced, draining("no")], expected: "back: no"),
    .init(
        name: "a failure, and nothing is taken back", past: [announced, draining("no")],
        onFailure: .stop, expected: "stop, then left: no"),
    .init(
        name: "a newer signal", past: [.superseded(by: "other"), draining("newer")],
        expected: "hand-over: newer"),
    .init(
        name: "a newer signal, during a release", past: [.superseded(by: "other"), draining("no")],
        direction: .release, onFailure: .stop, expected: "stop, then left: no"),
    .init(
        name: "a newer signal came to the engine before",
        past: [.superseded(by: "other"), .resumed(.forward), draining("no")],
        expected: "back: no"),
    .init(
        name: "a refusal", past: [.phase(.requiring), refused, draining("refused")],
        expected: "stop, then refused: flag master is up: down"),
    .init(
        name: "a requirement that does not hold any more",
        past: [announced, refused, draining("no")],
        onFailure: .stop, expected: "back: no"),
    .init(
        name: "a requirement that did not hold for the engine before",
        past: [announced, refused, .resumed(.forward), draining("no")], onFailure: .stop,
        expected: "stop, then left: no"),
    .init(
        name: "a person's interrupt", past: [.interrupted, draining("by")], onFailure: .stop,
        expected: "back: by"),
    .init(
        name: "a person's second interrupt past the point of no return",
        past: [.phase(.committed), .interrupted, .interrupted, draining("by")],
        expected: "stop, then left: by"),
    .init(
        name: "one interrupt for each of two engines",
        past: [
            .phase(.committed), .interrupted, .resumed(.forward), .interrupted, draining("guard"),
        ], expected: "counterpart: guard"),
    .init(
        name: "a broken guard past the point of no return",
        past: [.phase(.committed), .guardBroken(NodeID(2), .doesNot("down")), draining("guard")],
        expected: "counterpart: guard"),
    .init(
        name: "a person stops the roll-back",
        past: [announced, draining("no"), .phase(.rollingBack), .interrupted, draining("by")],
        expected: "stop, then stuck: by"),
    .init(
        name: "a person stops the roll-back that a person wanted",
        past: [
            .interrupted, draining("by"), .phase(.rollingBack), .interrupted, draining("again"),
        ],
        expected: "stop, then left: again"),
    .init(
        name: "a person stops the counterpart",
        past: [.phase(.committed), draining("guard"), .phase(.counterpart), draining("by")],
        expected: "stop, then left: by"),
    .init(
        name: "a person stops the handing over",
        past: [.superseded(by: "other"), draining("newer"), draining("by")],
        expected: "stop, then left: by"),
    .init(
        name: "if-failed after a roll-back",
        past: [draining("no"), .phase(.rollingBack), .phase(.ifFailed)],
        expected: "if-failed, then rolled-back: no"),
    .init(
        name: "if-failed after the counterpart", past: [.phase(.counterpart), .phase(.ifFailed)],
        expected: "if-failed, then released: -"),
    .init(
        name: "if-failed after a refusal", past: [refused, draining("refused"), .phase(.ifFailed)],
        expected: "if-failed, then refused: flag master is up: down"),
    .init(
        name: "a person stops if-failed",
        past: [.phase(.counterpart), .phase(.ifFailed), draining("by")],
        expected: "stop, then released: -"),
    .init(
        name: "stopped once more",
        past: [announced, draining("no"), draining("by"), draining("again")],
        onFailure: .stop, expected: "stop, then left: no"),
    .init(
        name: "fencing", past: [.phase(.counterpart), draining("by"), .phase(.fencing)],
        expected: "counterpart: by"),
    .init(
        name: "fencing after a release", past: [draining("by"), .phase(.fencing)],
        direction: .release, expected: "forward: by"),
    .init(
        name: "taken up forward", past: [announced, draining("no"), .resumed(.forward)],
        expected: "forward: no"),
    .init(
        name: "taken up backward", past: [announced, .resumed(.back)], expected: "back: -"),
    .init(
        name: "taken up by the counterpart", past: [announced, .resumed(.counterpart)],
        expected: "counterpart: -"),
    .init(
        name: "taken up in if-failed",
        past: [.phase(.counterpart), .phase(.ifFailed), .resumed(.ifFailed)],
        expected: "if-failed, then released: -"),
    .init(
        name: "taken up in if-failed, and the record of it lost", past: [.resumed(.ifFailed)],
        expected: "if-failed, then rolled-back: -"),
]
