import Testing

@testable import Engine

/// What a run does that is taken up, one rule each.
@Suite struct RunResumingTests {
    @Test(arguments: [true, false])
    func whatTakesEffectLateIsWaitedFor(_ isWanted: Bool) {
        var killed = KilledCourse(abc(), killed: .seconds(1))
        killed.course.faults = ["raise b": .hangs(effectAfter: .seconds(20))]
        killed.choice = .automatic(isWanted: isWanted)
        let told = killed.told
        if isWanted {
            #expect(told == "raise a, raise b, raise c: done 0")
        } else {
            #expect(told == "raise a, raise b, lower b, lower b, lower a: rolled-back 1")
        }
        #expect(killed.play().end > .zero + .seconds(20))
    }

    @Test func whatIsNeverGoneParksWhatItRestsOn() {
        var killed = KilledCourse(abc(), killed: .seconds(1))
        killed.course.faults = ["raise b": .hangs(effectAfter: nil)]
        let told = "raise a, raise b, lower b: stuck 3; left to do: a reboot, lower b, lower a"
        #expect(killed.told == told)
        killed.choice = .automatic(isWanted: false)
        #expect(killed.told == told)
        #expect(
            killed.play().ending.warnings == ["`raise b` was given up on and may still take effect"]
        )
    }

    @Test func aRollBackGoesOnWhereItWas() {
        var killed = KilledCourse(abc(), killed: .milliseconds(700))
        killed.course.faults = ["raise c": .failsBefore]
        killed.course.slow = ["lower a": .seconds(5)]
        killed.killed = .seconds(3)
        #expect(
            killed.told == "raise a, raise b, raise c, lower b, lower a, lower a: rolled-back 1")
        killed.inputs = [(.milliseconds(10), .interrupt)]
        #expect(killed.told.hasSuffix("rolled-back 1"))
        killed.inputs = [(.milliseconds(10), .interrupt), (.milliseconds(20), .interrupt)]
        #expect(killed.told.hasSuffix("stuck 3; left to do: a reboot, lower a"))
    }

    @Test func whatWasTakenBackIsNotTakenBackAgain() {
        var killed = KilledCourse(abc(), killed: .seconds(3))
        killed.course.faults = ["raise c": .failsBefore]
        killed.course.slow = ["lower a": .seconds(5)]
        killed.course.changes = [(.milliseconds(2900), { $0.set("b", isUp: true) })]
        #expect(
            killed.told == "raise a, raise b, raise c, lower b, lower a, lower a: rolled-back 1")
        #expect(killed.play().host.up.contains("b"), "it is not this run that raised it now")
    }

    @Test func theCounterpartGoesOnFromItsBeginning() {
        var killed = KilledCourse(committed(), killed: .seconds(3))
        killed.course.slow = ["raise b": .seconds(1), "lower b": .seconds(3)]
        killed.course.changes = [(.milliseconds(600), { $0.set("master", isUp: false) })]
        let told = "raise a, raise b, lower b, lower b, lower a: released 1"
        #expect(killed.told == told)
        killed.killed = .milliseconds(800)
        #expect(killed.told == "raise a, raise b, lower a: released 1")
    }

    /// All of it is done and known; only the line with the ending was torn.
    @Test func aCounterpartThatIsOverHasNothingToWaitFor() {
        var tree = ToyTree()
        tree.step(.raise("a"), in: tree.group(in: nil), timeout: .seconds(5))
        let counterpart = tree.group(in: nil)
        tree.step(Ring(name: "bell", inDoubt: .repeat), in: counterpart)
        var killed = KilledCourse(
            course(
                tree, onFailure: .counterpart,
                counterpart: Plan.Counterpart(
                    name: "opposite", timeout: .seconds(60), ifStuck: .park, steps: counterpart)),
            killed: .seconds(50))
        killed.course.faults = ["raise a": .failsBefore]
        killed.lost = 1
        #expect(killed.told == "raise a, ring bell: released 1")
    }

    /// It was given up on for good: the address that serves nothing is yielded, whoever does it.
    @Test func ifFailedIsBroughtToItsEnd() {
        var tree = ToyTree()
        let root = tree.group(in: nil)
        tree.step(.raise("a"), in: root, timeout: .seconds(5))
        let ifFailed = tree.group(in: nil)
        tree.step(Ring(name: "bell", inDoubt: .repeat), in: ifFailed)
        tree.step(.lower("address"), in: ifFailed, timeout: .seconds(20))
        var killed = KilledCourse(
            Course(.toy(tree.nodes, ifFailed: ifFailed)), killed: .seconds(3))
        killed.course.up = ["address"]
        killed.course.faults = ["raise a": .failsBefore]
        killed.course.slow = ["lower address": .seconds(5)]
        let told = "raise a, ring bell, lower address, lower address: rolled-back 1"
        #expect(killed.told == told)
        killed.choice = .automatic(isWanted: false)
        #expect(killed.told == told)
        killed.choice = .resume
        #expect(killed.told == told)
        #expect(!killed.play().host.up.contains("address"))
        killed.inputs = [(.milliseconds(10), .interrupt), (.milliseconds(20), .interrupt)]
        #expect(killed.told.hasSuffix("rolled-back 1"))
    }

    @Test func whatWasDecidedIsNotDecidedAgain() {
        var tree = ToyTree()
        let root = tree.group(in: nil)
        let wanted = FlagIs(name: "wanted", isUp: true)
        let group = tree.group(in: root, when: wanted)
        tree.step(.raise("a"), in: group, when: wanted)
        tree.step(.raise("b"), in: root)
        var killed = KilledCourse(Course(.toy(tree.nodes)), killed: .milliseconds(50))
        killed.course.up = ["wanted"]
        killed.course.changes = [(.milliseconds(20), { $0.set("wanted", isUp: false) })]
        #expect(killed.told == "raise a, raise a, raise b: done 0")
        killed.course.up = []
        killed.course.slow = ["raise b": .seconds(1)]
        killed.course.changes = [(.milliseconds(20), { $0.set("wanted", isUp: true) })]
        #expect(killed.told == "raise b, raise b: done 0")
    }

    @Test func whatWasNotWantedIsNotAskedAgain() {
        var tree = ToyTree()
        let root = tree.group(in: nil)
        tree.step(.raise("a"), in: root, when: FlagIs(name: "wanted", isUp: true))
        tree.step(.raise("b"), in: root)
        var killed = KilledCourse(Course(.toy(tree.nodes)), killed: .milliseconds(50))
        killed.course.slow = ["raise b": .seconds(1)]
        killed.course.changes = [(.milliseconds(20), { $0.set("wanted", isUp: true) })]
        #expect(killed.told == "raise b, raise b: done 0")
    }

    @Test func whatIsRequiredMustHoldAgain() {
        var killed = KilledCourse(abc(), killed: .milliseconds(150))
        killed.course.changes = [(.milliseconds(140), { $0.set("master", isUp: false) })]
        #expect(killed.told == "raise a, raise b, lower a: rolled-back 1")
        let reason = killed.play().ending.reason
        #expect(reason.hasPrefix("what it requires does not hold any more"))
        killed.course = committed(guarded: false)
        killed.course.changes = [(.milliseconds(140), { $0.set("master", isUp: false) })]
        #expect(
            killed.told == "raise a, raise b: stuck 3, it may serve; left to do: raise b, raise c")
        #expect(killed.play().end > .zero + .seconds(55))
        killed.course.changes.append((.seconds(9), { $0.set("master", isUp: true) }))
        #expect(killed.told == "raise a, raise b, raise b, raise c: done 0")
    }

    @Test func aReleaseGoesOnWithoutBeingAsked() {
        var tree = ToyTree()
        let root = tree.group(in: nil)
        for name in ["c", "b", "a"] { tree.step(.lower(name), in: root) }
        let master = FlagIs(name: "master", isUp: true)
        var killed = KilledCourse(
            Course(.toy(tree.nodes, direction: .release, require: [master])),
            killed: .milliseconds(150))
        killed.course.up = ["master", "a", "b", "c"]
        killed.course.changes = [(.milliseconds(140), { $0.set("master", isUp: false) })]
        killed.choice = .automatic(isWanted: false)
        #expect(killed.told == "lower c, lower b, lower b, lower a: done 0")
    }

    @Test func aReleaseThatHasDoneNothingMayBeRefused() {
        var tree = ToyTree()
        tree.step(.lower("a"), in: tree.group(in: nil))
        let slave = FlagIs(name: "slave", isUp: true, steadyFor: .seconds(3))
        var course = Course(.toy(tree.nodes, direction: .release, require: [slave]))
        course.up = ["slave", "a"]
        course.inputs = [(.seconds(1), .interrupt)]
        #expect(course.told == ": interrupted 130")
        var killed = KilledCourse(course, killed: .milliseconds(500))
        killed.inputs = [(.milliseconds(500), .interrupt)]
        #expect(killed.told == ": interrupted 130")
        killed.inputs = []
        #expect(killed.told == "lower a: done 0")
        killed.course.changes = [(.milliseconds(400), { $0.set("slave", isUp: false) })]
        #expect(killed.told == ": refused 4")
    }

    @Test func aPersonTurnsBackWhatIsTakenUp() {
        var killed = KilledCourse(abc(), killed: .milliseconds(150))
        killed.course.changes = [
            (.milliseconds(140), { $0.hide("master") }), (.seconds(9), { $0.show("master") }),
        ]
        killed.inputs = [(.milliseconds(500), .interrupt)]
        #expect(killed.told == "raise a, raise b, lower a: interrupted 130")
        killed.inputs = [(.milliseconds(500), .superseded(by: "other"))]
        #expect(killed.told == "raise a, raise b: superseded 5; then other")
    }

    @Test(arguments: [Goal.InDoubt.park, .repeat])
    func whatNobodyCanTellOfIsParkedOrRepeated(_ inDoubt: Goal.InDoubt) {
        var tree = ToyTree()
        let root = tree.group(in: nil)
        tree.step(.raise("a"), in: root)
        tree.step(Ring(name: "bell", inDoubt: inDoubt), in: root)
        tree.step(.raise("b"), in: root)
        var killed = KilledCourse(Course(.toy(tree.nodes)), killed: .milliseconds(180))
        for isWanted in [true, false] {
            killed.choice = .automatic(isWanted: isWanted)
            let told =
                switch (inDoubt, isWanted) {
                case (.park, _): "raise a, ring bell: stuck 3; left to do: lower a"
                case (.repeat, true): "raise a, ring bell, ring bell, raise b: done 0"
                case (.repeat, false): "raise a, ring bell, lower a: rolled-back 1"
                }
            #expect(killed.told == told)
            let ending = killed.play().ending
            let said = ending.warnings + [ending.reason]
            let isNamed = said.contains { $0 == "ring bell: \(Past.unclear)" }
            #expect(isNamed == (inDoubt == .park))
        }
        killed.choice = .automatic(isWanted: true)
        killed.killed = .milliseconds(250)
        #expect(killed.told == "raise a, ring bell, raise b, raise b: done 0")
    }

    @Test func idsGoOnAboveThoseOfThePast() throws {
        let killed = KilledCourse(abc(), killed: .milliseconds(150))
        let past = killed.past
        let doubt = try #require(past.doubts.first)
        var run = Run(killed.course.plan, resuming: past, .forward)
        let turn = run.handle(Event(at: past.lastAt, .begin(settled: .zero)))
        guard case .adopt(doubt.work, let command, nil)? = turn.work.first else {
            Issue.record("a command in doubt is adopted first, by its own id")
            return
        }
        #expect(command.line == "raise b")
        guard case .resumed(.forward)? = turn.records.first?.fact,
            case .phase(.requiring)? = turn.records.last?.fact
        else {
            Issue.record("the next engine learns of both")
            return
        }
        guard case .await(let id, _, _, _)? = turn.work.last else {
            Issue.record("then what is required is looked at")
            return
        }
        #expect(id == WorkID(past.lastWork + 1))
    }

    private func abc() -> Course {
        var tree = ToyTree()
        let root = tree.group(in: nil)
        for name in ["a", "b", "c"] {
            tree.step(.raise(name), in: root, timeout: .seconds(30))
        }
        return course(tree, counterpart: nil)
    }

    private func committed(guarded: Bool = true) -> Course {
        var tree = ToyTree()
        let root = tree.group(in: nil)
        let master = FlagIs(name: "master", isUp: true)
        tree.step(.raise("a"), in: root)
        tree.pointOfNoReturn(in: root)
        let group = tree.group(in: root, guards: guarded ? [master] : [])
        tree.step(.raise("b"), in: group)
        tree.step(.raise("c"), in: group)
        let release = tree.group(in: nil)
        for name in ["c", "b", "a"] { tree.step(.lower(name), in: release) }
        return course(
            tree,
            counterpart: Plan.Counterpart(
                name: "opposite", timeout: .seconds(60), ifStuck: .park, steps: release))
    }

    private func course(
        _ tree: ToyTree, onFailure: Plan.OnFailure = .rollBack, counterpart: Plan.Counterpart?
    ) -> Course {
        let master = FlagIs(name: "master", isUp: true)
        var course = Course(
            .toy(tree.nodes, onFailure: onFailure, require: [master], counterpart: counterpart))
        course.up = ["master"]
        return course
    }
}
