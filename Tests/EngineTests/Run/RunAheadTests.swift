import Testing

@testable import Engine

/// Which looks run ahead, and that they spare a look and nothing else.
@Suite struct RunAheadTests {
    private func plan(_ build: (inout ToyTree, NodeID) -> Void) -> Plan {
        var tree = ToyTree()
        let root = tree.group(in: nil)
        build(&tree, root)
        return .toy(tree.nodes)
    }

    /// What was looked at ahead, and the watches, in order.
    private func ahead(_ plan: Plan, up: Set<String> = []) -> [String] {
        var course = Course(plan)
        course.up = up
        var log = AheadLog(real: course.host)
        var driver = Driver(plan)
        #expect(driver.drive(&log, from: .zero) { _ in }.kind == .done)
        return log.lines
    }

    @Test func whatFollowsIsLookedAtDuringTheProof() {
        let three = plan { tree, root in
            tree.step(.raise("a"), in: root)
            tree.pointOfNoReturn(in: root)
            let both = tree.group(in: root, atOnce: 2)
            tree.step(.raise("b"), in: both)
            tree.step(.raise("c"), in: both)
            tree.step(.raise("d"), in: root)
        }
        #expect(ahead(three) == ["101 b c", "202 d"])
    }

    @Test func nothingIsLookedAtAheadBeforeACommand() {
        let three = plan { tree, root in
            for name in ["a", "b", "c"] { tree.step(.raise(name), in: root) }
        }
        #expect(ahead(three, up: ["a", "b"]) == [])
    }

    @Test func whatMayNotBeginOrMayChangeSomethingIsNotLookedAt() {
        let decided = plan { tree, root in
            tree.step(.raise("a"), in: root)
            tree.step(.raise("b"), in: root, when: FlagIs(name: "a", isUp: true))
        }
        #expect(ahead(decided) == [])
        for changesNothing in [false, true] {
            let look = UserLook(argv: ["poke"], changesNothing: changesNothing)
            let goal = Asks(query: .userCommand(look))
            let poked = plan { tree, root in
                tree.step(.raise("a"), in: root)
                tree.step(Poke(condition: goal), in: root, timeout: .seconds(1), continues: true)
            }
            #expect(ahead(poked) == (changesNothing ? ["101 poke"] : []))
        }
    }

    @Test func aGuardThatBrokeBeforeItsStepBeganIsWatchedAnew() {
        let both = plan { tree, root in
            tree.step(.raise("a"), in: root)
            tree.step(.raise("b"), in: root, guards: [FlagIs(name: "master", isUp: true)])
        }
        var course = Course(both)
        course.up = ["master"]
        course.slow = ["raise b": .seconds(4)]
        course.changes = [
            (.milliseconds(50), { $0.hide("a") }), (.seconds(2), { $0.show("a") }),
            (.milliseconds(300), { $0.set("master", isUp: false) }),
            (.seconds(1), { $0.set("master", isUp: true) }),
            (.seconds(3), { $0.set("master", isUp: false) }),
        ]
        #expect(course.told == "raise a, raise b, lower b, lower a: rolled-back 1")
    }

    @Test func theGuardsOfWhatFollowsAreWatchedAlready() {
        let guarded = plan { tree, root in
            tree.step(.raise("a"), in: root)
            tree.step(.raise("b"), in: root, guards: [FlagIs(name: "g", isUp: true)])
        }
        #expect(ahead(guarded, up: ["g"]) == ["101 watch g", "101 b"])
    }

    /// The second step as it is at the look ahead, and how it is when the step begins.
    @Test(arguments: [true, false])
    func aLookAheadSkipsNoEffect(_ wasUp: Bool) {
        var course = Course(
            plan { tree, root in
                tree.step(.raise("a"), in: root)
                tree.step(.raise("b"), in: root)
            })
        course.up = wasUp ? ["b"] : []
        course.changes = [(.microseconds(101_500), { $0.set("b", isUp: !wasUp) })]
        let played = course.play()
        #expect(played.ending.kind == .done)
        #expect(played.host.started.map(\.1.line) == ["raise a", "raise b"])
        #expect(played.host.up == ["a", "b"])
    }

    @Test func aGuardBrokenBeforeItsStepIsNone() {
        var course = Course(
            plan { tree, root in
                tree.step(.raise("a"), in: root)
                tree.step(Poke(condition: FlagIs(name: "go", isUp: true)), in: root)
                tree.step(.raise("b"), in: root, guards: [FlagIs(name: "g", isUp: true)])
            })
        course.changes = [
            (.milliseconds(600), { $0.set("g", isUp: true) }),
            (.milliseconds(700), { $0.set("go", isUp: true) }),
        ]
        #expect(course.told == "raise a, raise b: done 0")
    }
}

/// Notes what is looked at ahead, and what is watched.
private struct AheadLog: Host {
    var real: ToyHost
    private(set) var lines: [String] = []

    init(real: ToyHost) { self.real = real }

    mutating func perform(_ work: Work) {
        switch work {
        case .lookAhead(let queries): note("", queries)
        case .watch(_, let condition): note("watch ", condition.queries)
        case .await, .execute, .sleep, .cancel, .adopt: break
        }
        real.perform(work)
    }

    mutating func next() -> Event? { real.next() }

    private mutating func note(_ word: String, _ queries: [Query]) {
        let names = queries.map { query in
            switch query {
            case .path(let path): path
            case .userCommand(let look): look.argv.joined(separator: " ")
            default: "\(query)"
            }
        }
        let at = (real.now - .zero).milliseconds
        lines.append("\(at) \(word)\(names.joined(separator: " "))")
    }
}

/// That a query is answered at all.
private struct Asks: Condition {
    let query: Query

    var summary: String { "there is an answer" }
    var queries: [Query] { [query] }

    func judge(_ answers: Answers) -> Verdict {
        if case .missing(let why) = answers[query] { .never(why) } else { .holds }
    }
}

/// Waits for a condition.
private struct Poke: Step {
    let condition: any Condition

    var summary: String { "wait until \(condition.summary)" }
    var goal: Goal { .condition(condition) }
    var inverse: Inverse { .none("waiting changes nothing") }
    func apply(_ seen: Answers) -> [Command] { [] }
}
