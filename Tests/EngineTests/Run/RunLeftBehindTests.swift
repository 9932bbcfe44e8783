import Testing

@testable import Engine

/// What a tool leaves in its process group when it ends.
@Suite struct RunLeftBehindTests {
    /// The command of `a` fails at 5 ms, and what it left behind does its work 4 s later.
    @Test func itIsWaitedForAndTakenBack() {
        var tree = ToyTree()
        tree.step(.raise("a"), in: tree.group(in: nil), timeout: .seconds(2))
        var course = Course(.toy(tree.nodes))
        course.faults = ["raise a": .leaves(effectAfter: .seconds(4))]
        #expect(course.told == "raise a, lower a, lower a: rolled-back 1")
        #expect(!course.play().host.up.contains("a"))
    }

    @Test func noOtherAttemptIsMadeBesideIt() {
        var tree = ToyTree()
        let retry = Retry(attempts: 3, delay: .seconds(1), backoff: 1)
        tree.step(.raise("a"), in: tree.group(in: nil), retry: retry)
        var course = Course(.toy(tree.nodes))
        course.faults = ["raise a": .leaves(effectAfter: .seconds(4))]
        #expect(course.told == "raise a: done 0")
        #expect(course.play().end > .zero + .seconds(4))
    }

    @Test func whatNeverEndsIsNamed() {
        var tree = ToyTree()
        tree.step(.raise("a"), in: tree.group(in: nil), timeout: .seconds(2))
        var course = Course(.toy(tree.nodes, rollBackTimeout: .seconds(10)))
        course.faults = ["raise a": .leaves(effectAfter: .seconds(60))]
        let ending = course.play().ending
        #expect(ending.kind == .stuck)
        let tool = "what `raise a` left behind (process group 7)"
        #expect(ending.remaining.first == "kill -- -7, unless this ends by itself: \(tool)")
    }

    /// A daemon that its tool leaves in its own group holds nothing up once its goal is seen.
    @Test func whoReachedTheGoalIsNotWaitedFor() {
        var tree = ToyTree()
        let root = tree.group(in: nil)
        tree.step(.raise("a"), in: root)
        tree.step(.raise("b"), in: root)
        var course = Course(.toy(tree.nodes))
        course.faults = ["raise a": .leaves(effectAfter: .seconds(60))]
        course.changes = [(.milliseconds(200), { $0.set("a", isUp: true) })]
        let played = course.play()
        #expect(played.ending.kind == .done)
        #expect(played.end < .zero + .seconds(2))
        #expect(!played.ending.warnings.contains { $0.contains("may still take effect") })
    }
}
