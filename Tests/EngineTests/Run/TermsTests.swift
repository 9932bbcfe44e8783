import Testing

@testable import Engine

/// When `if-failed` follows: by which attempt it is, and by how it ended.
@Suite struct TermsTests {
    enum End: CaseIterable { case done, rolledBack, released, refused, stuck, left }

    static let table: [(Run.Terms, [End])] = [
        (.byHand, [.rolledBack, .released]),
        (.moreFollow, []),
        (.last, [.rolledBack, .released, .refused]),
    ]

    @Test(arguments: table, End.allCases)
    func ifFailedFollows(_ row: (terms: Run.Terms, ends: [End]), _ end: End) {
        let ending: Ending.Kind =
            switch end {
            case .done: .done
            case .rolledBack: .rolledBack
            case .released: .released
            case .refused: .refused
            case .stuck: .stuck
            case .left: .left
            }
        var course = course(end)
        course.terms = row.terms
        let played = course.play()
        #expect(played.ending.kind == ending)
        let hasYielded = played.host.started.contains { $0.1.line == "raise yielded" }
        #expect(hasYielded == row.ends.contains(end), "\(row.terms) \(end)")
    }

    @Test func aNewerSignalComesBeforeIt() {
        var course = course(.rolledBack)
        course.terms = .last
        course.slow = ["lower a": .seconds(2)]
        course.inputs = [(.seconds(3), .superseded(by: "other"))]
        #expect(course.told == "raise a, raise b, lower a: rolled-back 1; then other")
    }

    private func course(_ end: End) -> Course {
        var tree = ToyTree()
        let root = tree.group(in: nil)
        tree.step(.raise("a"), in: root)
        tree.step(.raise("b"), in: root)
        let last = tree.group(in: nil)
        tree.step(.raise("yielded"), in: last)
        let release = tree.group(in: nil)
        tree.step(.lower("a"), in: release)
        let onFailure: Plan.OnFailure =
            switch end {
            case .released: .counterpart
            case .left: .stop
            default: .rollBack
            }
        let counterpart = Plan.Counterpart(
            name: "opposite", timeout: .seconds(60), ifStuck: .park, steps: release)
        var course = Course(
            .toy(
                tree.nodes, onFailure: onFailure,
                require: [FlagIs(name: "master", isUp: true)], ifFailed: last,
                counterpart: counterpart))
        if end != .refused { course.up = ["master"] }
        if end != .done { course.faults["raise b"] = .failsBefore }
        if end == .stuck { course.faults["lower a"] = .failsBefore }
        return course
    }
}
