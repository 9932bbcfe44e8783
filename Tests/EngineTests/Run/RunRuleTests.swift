import Testing

@testable import Engine

/// Rules of a run that need a plan of their own, one plan each.
@Suite struct RunRuleTests {
    @Test func aGroupFailsThoughEachFailureInItWasAllowedByItself() {
        var tree = ToyTree()
        let root = tree.group(in: nil)
        let disks = tree.group(in: root, atOnce: 2, allowFailures: 1)
        let slow = tree.group(in: disks, atOnce: 2)
        tree.step(.raise("a"), in: slow)
        tree.step(.raise("b"), in: slow)
        tree.step(.raise("c"), in: tree.group(in: disks))
        tree.step(.raise("d"), in: root)
        var course = Course(.toy(tree.nodes))
        course.faults = ["raise a": .failsBefore, "raise c": .failsBefore]
        course.slow = ["raise b": .seconds(3)]
        #expect(course.told == "raise a, raise b, raise c, lower b: rolled-back 1")
    }

    @Test func whatIsToleratedDoesNotOutliveTheBudget() {
        var tree = ToyTree()
        let root = tree.group(in: nil)
        tree.step(.raise("a"), in: root, continues: true)
        tree.step(.raise("b"), in: root, continues: true)
        tree.step(.raise("c"), in: root)
        var course = Course(.toy(tree.nodes, timeout: .seconds(3)))
        course.faults = ["raise a": .hangs(effectAfter: .milliseconds(3500))]
        #expect(course.told == "raise a, lower a: rolled-back 1")
        #expect(course.play().ending.reason.contains("no time is left"))
    }

    @Test func aGroupsTimeIsALimitForAllOfIt() {
        var tree = ToyTree()
        let root = tree.group(in: nil)
        let group = tree.group(in: root, timeout: .seconds(2), continues: true)
        tree.step(.raise("a"), in: group, continues: true)
        tree.step(.raise("b"), in: group)
        tree.step(.raise("c"), in: root)
        var course = Course(.toy(tree.nodes))
        course.faults = ["raise a": .hangs(effectAfter: .milliseconds(2100))]
        #expect(course.told == "raise a, raise c: done 0")
        #expect(course.play().ending.warnings.contains { $0.contains("no time is left") })
    }

    @Test func noCommandStartsWhenItsTimeIsUp() {
        var tree = ToyTree()
        let root = tree.group(in: nil)
        tree.step(.lower("a"), in: root, timeout: .seconds(1), retry: .once)
        var course = Course(.toy(tree.nodes, direction: .release))
        course.up = ["a"]
        course.changes = [(.zero, { $0.hide("a") })]
        #expect(course.told == ": stuck 3; left to do: lower a")
    }

    @Test func whatIsLeftOfARollBackPastItsBudgetIsParked() {
        var tree = ToyTree()
        let root = tree.group(in: nil, atOnce: 2)
        for name in ["a", "b", "c", "d"] { tree.step(.raise(name), in: root) }
        var course = Course(.toy(tree.nodes, timeout: .seconds(1), rollBackTimeout: .seconds(4)))
        course.slow = ["raise c": .seconds(9), "lower c": .seconds(9), "lower d": .seconds(9)]
        let told = course.told
        let end = ": stuck 3; left to do: a reboot, lower d, lower c, lower b, lower a"
        #expect(told.hasSuffix(end))
        #expect(!told.contains("lower a,") || told.contains("left to do"))
        #expect(course.play().end < .zero + .seconds(1 + 5 + 4 + 2))
    }

    @Test func theSecondCommandWaitsForTheGuardToo() throws {
        var tree = ToyTree()
        let root = tree.group(in: nil)
        let guards = [FlagIs(name: "master", isUp: true)]
        tree.step(RaiseAll(names: ["a", "b"]), in: root, guards: guards)
        var course = Course(.toy(tree.nodes))
        course.up = ["master"]
        course.changes = [
            (.milliseconds(90), { $0.set("master", isUp: false) }),
            (.milliseconds(160), { $0.set("master", isUp: true) }),
        ]
        let (host, ending) = (course.play().host, course.play().ending)
        #expect(ending.kind == .done)
        let second = try #require(host.started.last)
        #expect(second.1.line == "raise b")
        #expect(second.at >= .zero + .milliseconds(160))
    }

    @Test func theGuardOfAGroupEndsWithTheGroup() {
        var tree = ToyTree()
        let root = tree.group(in: nil)
        let group = tree.group(in: root, guards: [FlagIs(name: "master", isUp: true)])
        tree.step(.raise("a"), in: group)
        tree.step(.raise("b"), in: root)
        var course = Course(.toy(tree.nodes))
        course.up = ["master"]
        course.slow = ["raise b": .seconds(3)]
        course.changes = [(.milliseconds(200), { $0.set("master", isUp: false) })]
        #expect(course.told == "raise a, raise b: done 0")
        course.slow["raise a"] = .seconds(1)
        course.changes = [(.milliseconds(50), { $0.set("master", isUp: false) })]
        #expect(course.told == "raise a, lower a: rolled-back 1")
    }

    @Test func aStepThatIsDoneAgainIsGuardedAgain() {
        var tree = ToyTree()
        let root = tree.group(in: nil)
        tree.pointOfNoReturn(in: root)
        let group = tree.group(in: root, guards: [FlagIs(name: "master", isUp: true)])
        tree.step(.raise("a"), in: group)
        tree.step(.raise("b"), in: root)
        let release = tree.group(in: nil)
        tree.step(.lower("a"), in: release)
        let counterpart = Plan.Counterpart(
            name: "opposite", timeout: .seconds(60), ifStuck: .park, steps: release)
        var course = Course(.toy(tree.nodes, counterpart: counterpart))
        course.up = ["master"]
        course.repeated = ["raise a": .works(after: .seconds(4))]
        course.changes = [
            (.milliseconds(150), { $0.set("a", isUp: false) }),
            (.milliseconds(2000), { $0.set("master", isUp: false) }),
        ]
        #expect(course.told == "raise a, raise b, raise a, lower a: released 1")
    }

    @Test func aStepOfItsOwnGuardIsGuardedEachTime() {
        var tree = ToyTree()
        let root = tree.group(in: nil)
        tree.pointOfNoReturn(in: root)
        tree.step(.raise("a"), in: root, guards: [FlagIs(name: "master", isUp: true)])
        tree.step(.raise("b"), in: root)
        let release = tree.group(in: nil)
        tree.step(.lower("a"), in: release)
        let counterpart = Plan.Counterpart(
            name: "opposite", timeout: .seconds(60), ifStuck: .park, steps: release)
        var course = Course(.toy(tree.nodes, counterpart: counterpart))
        course.up = ["master"]
        course.repeated = ["raise a": .works(after: .seconds(4))]
        course.changes = [
            (.milliseconds(150), { $0.set("a", isUp: false) }),
            (.milliseconds(2000), { $0.set("master", isUp: false) }),
        ]
        #expect(course.told == "raise a, raise b, raise a, lower a: released 1")
    }

    @Test func aGoalThatCannotBeToldAtTheEndIsLookedAtAgain() {
        var tree = ToyTree()
        let root = tree.group(in: nil)
        tree.step(.raise("a"), in: root)
        tree.step(.raise("b"), in: root)
        var course = Course(.toy(tree.nodes))
        course.changes = [
            (.milliseconds(150), { $0.hide("a") }), (.seconds(8), { $0.show("a") }),
        ]
        #expect(course.told == "raise a, raise b: done 0")
    }

    @Test func whatAToleratedStepMayHaveReversedIsNotLookedAtAgain() {
        var tree = ToyTree()
        let root = tree.group(in: nil)
        tree.step(.raise("a"), in: root)
        tree.step(.lower("a"), in: root, timeout: .seconds(2), continues: true)
        tree.step(.raise("b"), in: root)
        var course = Course(.toy(tree.nodes))
        course.faults = ["lower a": .hangs(effectAfter: .seconds(5))]
        course.slow = ["raise b": .seconds(4)]
        #expect(course.told == "raise a, lower a, raise b: done 0")
    }

    @Test func theNewestOfSeveralSignalsIsHandedOverTo() {
        var tree = ToyTree()
        let root = tree.group(in: nil)
        tree.step(.raise("a"), in: root)
        var course = Course(.toy(tree.nodes))
        course.slow = ["raise a": .seconds(3)]
        course.inputs = [
            (.milliseconds(50), .superseded(by: "one")), (.seconds(1), .superseded(by: "two")),
        ]
        #expect(course.told == "raise a: superseded 5; then two")
        #expect(course.play().ending.reason == "a newer signal names two")
    }

    @Test func whatStandsBesideAParkedStepIsUndoneThoughItHadToWait() {
        var tree = ToyTree()
        let root = tree.group(in: nil)
        let group = tree.group(in: root, atOnce: 2)
        for name in ["a", "b", "c", "d"] { tree.step(.raise(name), in: group) }
        tree.step(.raise("e"), in: root)
        var course = Course(.toy(tree.nodes))
        course.faults = ["raise e": .failsBefore, "lower d": .failsBefore]
        let told = course.told
        #expect(told.contains("lower c, ") && told.contains("lower b, lower a"))
        #expect(told.hasSuffix(": stuck 3; left to do: lower d"))
    }

    /// It is given up on after 6 and 3 s; then it has its last second to be gone.
    @Test(arguments: [(60, 7), (3, 4)])
    func aCommandUnderWayKeepsTheLesserOfItsDeadlineAndTheGrace(_ limit: Int, _ end: Int) {
        var tree = ToyTree()
        let root = tree.group(in: nil, atOnce: 2)
        tree.step(.raise("a"), in: root, timeout: .seconds(limit))
        tree.step(.raise("b"), in: root)
        var course = Course(.toy(tree.nodes, onFailure: .stop))
        course.faults = ["raise a": .hangs(effectAfter: nil), "raise b": .failsBefore]
        let played = course.play()
        #expect(played.ending.kind == .left)
        #expect(played.end >= .zero + .seconds(end) && played.end < .zero + .seconds(end + 1))
    }

    @Test func noAttemptIsMadeWhileTheLastOneIsInDoubt() {
        var tree = ToyTree()
        let root = tree.group(in: nil)
        tree.pointOfNoReturn(in: root)
        tree.step(.raise("a"), in: root, timeout: .seconds(2))
        var course = Course(.toy(tree.nodes))
        course.faults = ["raise a": .hangs(effectAfter: .seconds(20))]
        #expect(course.told == "raise a: done 0")
        #expect(course.play().end > .zero + .seconds(20))
    }

    @Test func theWorstIsAssumedOfAReleaseThatCannotBeSeen() {
        var tree = ToyTree()
        tree.step(.lower("a"), in: tree.group(in: nil), timeout: .seconds(5), retry: .once)
        var course = Course(.toy(tree.nodes, direction: .release))
        course.up = ["a"]
        course.changes = [(.zero, { $0.hide("a") }), (.seconds(4), { $0.show("a") })]
        #expect(course.told == "lower a: done 0")
    }

    @Test(arguments: [true, false])
    func whatNobodyCanDecideFails(_ isGroup: Bool) {
        let when = FlagIs(name: "wanted", isUp: true)
        var tree = ToyTree()
        let root = tree.group(in: nil)
        let group = tree.group(in: root, when: isGroup ? when : nil)
        tree.step(.raise("a"), in: group, when: isGroup ? nil : when)
        var course = Course(.toy(tree.nodes))
        course.up = ["wanted"]
        course.changes = [(.zero, { $0.hide("wanted") })]
        #expect(course.told == ": rolled-back 1")
    }

    @Test func aStoppedRollBackStartsNothingMore() {
        var tree = ToyTree()
        let root = tree.group(in: nil)
        let group = tree.group(in: root, atOnce: 2)
        for name in ["a", "b", "c", "d"] { tree.step(.raise(name), in: group) }
        tree.step(.raise("e"), in: root)
        var course = Course(.toy(tree.nodes))
        course.faults = ["raise e": .failsBefore]
        course.slow = ["lower d": .seconds(2), "lower c": .seconds(2)]
        course.inputs = [(.seconds(2), .interrupt), (.seconds(2), .interrupt)]
        let told = course.told
        #expect(told.contains("lower d, lower c: stuck 3"))
        #expect(told.hasSuffix("left to do: a reboot, lower d, lower c, lower b, lower a"))
    }

    @Test func aCounterpartThatCannotBeginIsAStuckRelease() {
        var tree = ToyTree()
        let root = tree.group(in: nil)
        tree.step(.raise("a"), in: root, timeout: .seconds(2))
        let release = tree.group(in: nil)
        tree.step(.lower("a"), in: release)
        let counterpart = Plan.Counterpart(
            name: "opposite", timeout: .seconds(60), ifStuck: .fenceSelf, steps: release)
        var course = Course(
            .toy(tree.nodes, onFailure: .counterpart, counterpart: counterpart))
        course.faults = ["raise a": .hangs(effectAfter: nil)]
        let end = "stuck 3; left to do: a reboot, lower a"
        #expect(course.told == "raise a, reboot this machine at once: \(end)")
        let facts = course.play().records.map(\.fact)
        let ends = facts.filter { if case .commandEnded = $0 { true } else { false } }
        #expect(ends.count == 1, "the end of the fencing is recorded")
    }
}

extension Retry {
    static let once = Retry(attempts: 1, delay: .zero, backoff: 1)
}
