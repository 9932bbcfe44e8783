import Testing

@testable import Engine

/// How a run comes to its end, one plan each: nothing of it outlives a phase that it belongs to.
@Suite struct RunEndTests {
    private func raising(_ names: String..., timeout: Duration = .seconds(10)) -> ToyTree {
        var tree = ToyTree()
        let root = tree.group(in: nil)
        for name in names { tree.step(.raise(name), in: root, timeout: timeout) }
        return tree
    }

    @Test func theGraceOfADrainEndsNoCommandOfTheWayBack() {
        var course = Course(.toy(raising("a", timeout: .seconds(60)).nodes))
        course.slow = ["raise a": .seconds(1), "lower a": .seconds(20)]
        course.inputs = [(.milliseconds(500), .interrupt)]
        #expect(course.told == "raise a, lower a: interrupted 130")
        #expect(course.play().end > .zero + .seconds(21))
    }

    @Test func aSecondInterruptWaitsForNoLook() {
        var course = Course(.toy(raising("a", "b", timeout: .seconds(60)).nodes))
        course.faults = ["raise b": .failsBefore]
        course.changes = [(.milliseconds(1000), { $0.hide("a") })]
        course.inputs = [(.seconds(6), .interrupt), (.seconds(6), .interrupt)]
        #expect(course.told == "raise a, raise b, lower a: stuck 3; left to do: lower a")
        #expect(course.play().end == .zero + .seconds(6))
    }

    @Test func aCommandThatIsGoneAtTheLastMomentIsNotNamed() {
        var course = Course(.toy(raising("a").nodes, onFailure: .stop))
        course.faults = ["raise a": .hangs(effectAfter: .milliseconds(11_500))]
        let played = course.play()
        #expect(played.ending.kind == .left && played.ending.warnings == [])
        #expect(played.end < .zero + .milliseconds(11_600))
        var audited = AuditedHost(course.host, seed: 1)
        var driver = Driver(course.plan)
        _ = driver.drive(&audited, from: .zero) { _ in }
        #expect(audited.account == [])
    }

    @Test func anInterruptAtTheLastMomentWaitsForNothing() {
        var course = Course(.toy(raising("a").nodes, onFailure: .stop))
        course.faults = ["raise a": .hangs(effectAfter: nil)]
        course.inputs = [(.milliseconds(11_500), .interrupt)]
        let played = course.play()
        #expect(played.ending.kind == .left && played.ending.warnings.count == 1)
        #expect(played.end == .zero + .milliseconds(11_500))
    }

    /// The pause in which a step waited for a command in doubt is over with the command.
    @Test func aStepThatGoesOnIsNotWokenByItsOldPause() {
        var tree = ToyTree()
        let retry = Retry(attempts: 5, delay: .milliseconds(500), backoff: 1)
        tree.step(
            .raise("a"), in: tree.group(in: nil), attemptTimeout: .seconds(3), retry: retry)
        var course = Course(.toy(tree.nodes))
        course.faults = ["raise a": .hangs(effectAfter: .seconds(6))]
        course.changes = [
            (.milliseconds(5900), { $0.hide("a") }), (.milliseconds(10_500), { $0.show("a") }),
        ]
        #expect(course.told == "raise a, lower a: rolled-back 1")
    }

    @Test(arguments: [1, 2])
    func theSecondInterruptStopsIfFailed(_ times: Int) {
        var tree = raising("a")
        let last = tree.group(in: nil)
        tree.step(.raise("yielded"), in: last)
        var course = Course(.toy(tree.nodes, ifFailed: last))
        course.faults = ["raise a": .failsBefore]
        course.slow = ["raise yielded": .seconds(4)]
        course.inputs = Array(repeating: (.seconds(3), .interrupt), count: times)
        let played = course.play()
        #expect(played.ending.kind == .rolledBack)
        let isThrough = played.records.contains {
            if case .stepEnded(_, .forward, .done) = $0.fact { true } else { false }
        }
        #expect(isThrough == (times == 1))
    }

    @Test func theProcessOfACommandIsNoted() {
        var run = Run(.toy(raising("a").nodes))
        _ = run.handle(Event(at: .zero, .begin(settled: .zero)))
        let flag = FlagIs(name: "a", isUp: true)
        let down = Answers(flag.queries, [.path(.absent)])
        _ = run.handle(Event(at: .zero, .looked(WorkID(1), Look(flag.judge(down), down))))
        let process = ProcessIdentity(pid: 712, started: 5)
        let turn = run.handle(Event(at: .zero, .started(WorkID(2), process)))
        guard case .processStarted(NodeID(1), WorkID(2), process)? = turn.records.first?.fact else {
            Issue.record("recovery ends it by that")
            return
        }
        #expect(run.handle(Event(at: .zero, .started(WorkID(9), process))).records.isEmpty)
    }

    @Test func allGoalsThatWereLostAreReachedAgain() {
        var tree = ToyTree()
        let root = tree.group(in: nil)
        tree.pointOfNoReturn(in: root)
        for name in ["a", "b", "c"] { tree.step(.raise(name), in: root) }
        var course = Course(.toy(tree.nodes))
        course.slow = ["raise c": .seconds(1)]
        course.changes = [
            (.milliseconds(500), { $0.set("a", isUp: false) }),
            (.milliseconds(500), { $0.set("b", isUp: false) }),
        ]
        #expect(course.told == "raise a, raise b, raise c, raise a, raise b: done 0")
    }

    /// A command that ends well while the run drains starts nothing that comes after it.
    @Test func nothingBeginsWhileARunDrains() {
        var tree = ToyTree()
        let root = tree.group(in: nil)
        let disks = tree.group(in: root, allowFailures: 1)
        for name in ["a", "b"] { tree.step(.raise(name), in: disks) }
        tree.step(.raise("c"), in: root)
        var course = Course(.toy(tree.nodes))
        course.slow = ["raise a": .seconds(1)]
        course.inputs = [(.milliseconds(500), .interrupt)]
        #expect(course.told == "raise a, lower a: interrupted 130")
    }

    /// A person stops the roll-back in the moment in which its last command ends.
    @Test func whatWasUnderWayWhenTheWayBackWasStoppedIsLeftToDo() throws {
        var course = Course(.toy(raising("a", "b").nodes))
        course.faults = ["raise b": .failsBefore]
        course.slow = ["lower a": .seconds(5)]
        let began = try #require(course.play().host.started.last).at
        let end = began - .zero + .seconds(5)
        course.inputs = [(end, .interrupt), (end, .interrupt)]
        #expect(course.told == "raise a, raise b, lower a: stuck 3; left to do: lower a")
    }

    @Test func aStepThatIsDoneAgainKeepsToTheBudget() {
        var tree = ToyTree()
        let root = tree.group(in: nil)
        tree.pointOfNoReturn(in: root)
        tree.step(.raise("a"), in: root, timeout: .seconds(60), retry: .once)
        tree.step(.raise("b"), in: root)
        var course = Course(.toy(tree.nodes, timeout: .seconds(20)))
        course.repeated = ["raise a": .hangs(effectAfter: nil)]
        course.changes = [(.milliseconds(150), { $0.set("a", isUp: false) })]
        #expect(course.told.hasPrefix("raise a, raise b, raise a: stuck 3"))
        #expect(course.play().end < .zero + .seconds(23))
    }

    @Test func anInterruptBeforeTheBeginningIsTheEnd() {
        var run = Run(.toy(raising("a").nodes))
        _ = run.handle(Event(at: .zero, .interrupt))
        #expect(run.ending?.kind == .interrupted)
    }

    @Test(arguments: [ToyHost.Behaviour.failsBefore, .hangs(effectAfter: nil)])
    func aMachineThatIsNotFencedIsSaidToBe(_ behaviour: ToyHost.Behaviour) {
        var tree = ToyTree()
        tree.step(.lower("a"), in: tree.group(in: nil))
        let plan = Plan.toy(
            tree.nodes, direction: .release, timeout: .seconds(3), ifStuck: .fenceSelf)
        var course = Course(plan)
        course.up = ["a"]
        course.faults = ["lower a": .failsBefore, Command(.fenceSelf).line: behaviour]
        let played = course.play()
        #expect(played.ending.kind == .stuck)
        #expect(
            played.ending.warnings.contains("this machine could not be fenced: do it by hand, now"))
        let hasGivenUp = played.records.contains {
            if case .commandGivenUp(_, _, _, Command(.fenceSelf), _) = $0.fact {
                true
            } else {
                false
            }
        }
        if case .hangs = behaviour { #expect(hasGivenUp) } else { #expect(!hasGivenUp) }
    }

    /// A section that was through before the engine died ends the run as soon as it is its turn.
    @Test(arguments: [Resumption.counterpart, .back])
    func aSectionThatWasThroughAlreadyEndsTheRun(_ way: Resumption) {
        let (ring, raise) = (Command.tool("ring", "bell"), Command.tool("raise", "a"))
        let phase: Phase = way == .back ? .ifFailed : .counterpart
        let facts: [Fact] = [
            .intent(NodeID(1), .forward, attempt: 1, [raise]),
            .commandBegan(NodeID(1), .forward, WorkID(1), raise), .phase(phase),
            .intent(NodeID(3), .forward, attempt: 1, [ring]),
            .commandBegan(NodeID(3), .forward, WorkID(2), ring),
            .commandEnded(NodeID(3), .forward, WorkID(2), Output(.exited(0))),
        ]
        let past = past(facts, way)
        var host = ToyHost(up: ["a"]) { _, _ in .works(after: .seconds(1)) }
        var driver = Driver(past.plan, resuming: (past, way))
        let ending = driver.drive(&host, from: .zero) { _ in }
        #expect(ending.kind == (way == .back ? .rolledBack : .released))
        #expect(host.started.map(\.1.line) == (way == .back ? ["lower a"] : []))
    }

    @Test func whatNobodyCanTellOfInIfFailedIsNamed() {
        let ring = Command.tool("ring", "bell")
        let facts: [Fact] = [
            .phase(.counterpart), .phase(.ifFailed),
            .intent(NodeID(3), .forward, attempt: 1, [ring]),
        ]
        let past = past(facts, .ifFailed)
        var run = Run(past.plan, resuming: past, .ifFailed)
        _ = run.handle(Event(at: .zero, .begin(settled: .zero)))
        #expect(run.ending?.kind == .released)
        #expect(
            run.ending?.warnings == [
                "`if-failed` is not gone on with: ring bell: \(Past.unclear)"
            ])
    }

    /// What these records say of a run whose counterpart, or whose `if-failed`, rings a bell.
    private func past(_ facts: [Fact], _ way: Resumption) -> Past {
        var tree = raising("a")
        let section = tree.group(in: nil)
        tree.step(Ring(name: "bell", inDoubt: .park), in: section)
        let counterpart = Plan.Counterpart(
            name: "opposite", timeout: .seconds(60), ifStuck: .park, steps: section)
        let plan = Plan.toy(
            tree.nodes, ifFailed: way == .counterpart ? nil : section,
            counterpart: way == .counterpart ? counterpart : nil)
        var past = Past(plan)
        for fact in facts { past.take(Record(at: .zero, fact)) }
        return past
    }
}
