import Testing

@testable import Engine

/// What a run takes over of one step from the engine that died in it.
@Suite struct RunLegacyTests {
    /// Raises a flag that is to stay up for two seconds.
    private struct RaiseForGood: Step {
        var summary: String { "raise a for good" }
        var effect: Effect { .acquires }
        var goal: Goal { .condition(FlagIs(name: "a", isUp: true, steadyFor: .seconds(2))) }
        var inverse: Inverse { .step(.lower("a")) }
        func apply(_ seen: Answers) -> [Command] { [.tool("raise", "a")] }
    }

    @Test func whatIsOnlyToLastIsNotDoneAgain() {
        var tree = ToyTree()
        tree.step(RaiseForGood(), in: tree.group(in: nil))
        let killed = KilledCourse(Course(.toy(tree.nodes)), killed: .milliseconds(500))
        #expect(killed.told == "raise a: done 0")
    }

    @Test func theUndoOfACommandInDoubtIsIssuedByEachEngine() {
        var killed = KilledCourse(both(), killed: .seconds(6))
        killed.course.faults = ["raise b": .hangs(effectAfter: .seconds(20))]
        #expect(
            killed.told
                == "raise a, raise b, lower b, lower b, lower b, lower a: rolled-back 1")
    }

    @Test func anUndoThatIsUnderWayIsWaitedFor() {
        var killed = KilledCourse(both(), killed: .seconds(3))
        killed.course.faults = [
            "raise b": .failsBefore, "lower a": .hangs(effectAfter: .seconds(20)),
        ]
        #expect(killed.told == "raise a, raise b, lower a: rolled-back 1")
    }

    @Test func whatALaterStepReversedIsNotDoneAgain() {
        var tree = ToyTree()
        let root = tree.group(in: nil)
        tree.step(.raise("a"), in: root)
        tree.step(.lower("a"), in: root)
        tree.step(.raise("b"), in: root, timeout: .seconds(20))
        var killed = KilledCourse(Course(.toy(tree.nodes)), killed: .seconds(5))
        killed.course.faults = ["raise b": .hangs(effectAfter: .seconds(10))]
        #expect(killed.told == "raise a, lower a, raise b: done 0")
    }

    /// Raises a and b.
    private func both() -> Course {
        var tree = ToyTree()
        let root = tree.group(in: nil)
        tree.step(.raise("a"), in: root, timeout: .seconds(30))
        tree.step(.raise("b"), in: root, timeout: .seconds(3))
        return Course(.toy(tree.nodes))
    }
}
