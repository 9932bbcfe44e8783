import Testing

@testable import Engine

/// A group that is begun again, and the last look before a run says done.
@Suite struct RunRepeatingTests {
    @Test(arguments: [
        (2, "raise a, raise b, raise b: done 0"), (1, "raise a, raise b, lower a: rolled-back 1"),
    ])
    func aGroupIsBegunAgainAsOftenAsItMay(_ attempts: Int, _ told: String) {
        var tree = ToyTree()
        let root = tree.group(in: nil)
        let group = tree.group(
            in: root, retry: Retry(attempts: attempts, delay: .seconds(3), backoff: 1))
        tree.step(.raise("a"), in: group)
        tree.step(.raise("b"), in: group)
        var course = Course(.toy(tree.nodes))
        course.faults = ["raise b": .failsBefore]
        course.repeated = ["raise b": .works(after: .milliseconds(100))]
        #expect(course.told == told)
        #expect((course.play().end > .zero + .seconds(3)) == (attempts == 2))
    }

    /// What an earlier attempt did is taken back though the last one did not come to it.
    @Test func whatAnyAttemptOfAGroupDidIsTakenBack() {
        var tree = ToyTree()
        let root = tree.group(in: nil)
        let group = tree.group(
            in: root, retry: Retry(attempts: 2, delay: .seconds(1), backoff: 1))
        tree.step(.raise("a"), in: group)
        tree.step(.raise("b"), in: group)
        tree.step(.raise("c"), in: group)
        var course = Course(.toy(tree.nodes))
        course.faults = ["raise c": .failsBefore, "raise a": .works(after: .milliseconds(100))]
        course.repeated = ["raise a": .failsBefore]
        course.changes = [(.milliseconds(1200), { $0.set("a", isUp: false) })]
        #expect(
            course.told == "raise a, raise b, raise c, raise a, lower b: rolled-back 1")
    }

    @Test func pastThePointOfNoReturnAGroupsAttemptsAreCountedToo() {
        var tree = ToyTree()
        let root = tree.group(in: nil)
        tree.pointOfNoReturn(in: root)
        let group = tree.group(
            in: root, retry: Retry(attempts: 2, delay: .seconds(1), backoff: 1))
        tree.step(.raise("a"), in: group)
        var course = Course(.toy(tree.nodes))
        course.faults = ["raise a": .failsBefore]
        #expect(course.told == "raise a, raise a: stuck 3, it may serve; left to do: raise a")
    }

    /// The role is lost while nothing is guarded any more, for good or for a moment.
    @Test(arguments: [(3000, "raise a, lower a: released 1"), (700, "raise a: done 0")])
    func whoIsNotMasterAtTheEndDoesNotServe(_ back: Int, _ told: String) {
        var tree = ToyTree()
        let root = tree.group(in: nil)
        tree.pointOfNoReturn(in: root)
        tree.step(.raise("a"), in: root)
        let release = tree.group(in: nil)
        tree.step(.lower("a"), in: release)
        let counterpart = Plan.Counterpart(
            name: "opposite", timeout: .seconds(40), ifStuck: .park, steps: release)
        let master = FlagIs(name: "master", isUp: true, assurance: .mastership)
        var course = Course(.toy(tree.nodes, require: [master], counterpart: counterpart))
        course.up = ["master"]
        course.changes = [
            (.milliseconds(50), { $0.set("master", isUp: false) }),
            (.milliseconds(back), { $0.set("master", isUp: true) }),
        ]
        #expect(course.told == told)
    }
}
