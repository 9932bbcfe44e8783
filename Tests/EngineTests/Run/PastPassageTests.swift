import Testing

@testable import Engine

/// What the records of one step say of it.
@Suite struct PastPassageTests {
    /// Raises a; rings a bell by two commands, which are not to be given twice.
    private func past(_ facts: [Fact]) -> Past {
        var tree = ToyTree()
        let root = tree.group(in: nil)
        tree.step(.raise("a"), in: root)
        tree.step(Ring(name: "bell", inDoubt: .park), in: root)
        var past = Past(.toy(tree.nodes))
        for fact in facts { past.take(Record(at: .zero, fact)) }
        return past
    }

    private let a = NodeID(1)
    private let bell = NodeID(2)
    private let raise = Command.tool("raise", "a")
    private let lower = Command.tool("lower", "a")
    private let ring = Command.tool("ring", "bell")
    private let fine = Output(.exited(0))
    private let failed = Output(.exited(1))

    private func gave(_ way: Way, _ command: Command, _ id: Int, _ output: Output) -> [Fact] {
        [
            .intent(a, way, attempt: 1, [command]), .commandBegan(a, way, WorkID(id), command),
            .commandEnded(a, way, WorkID(id), output),
        ]
    }

    @Test func anAttemptThatDidNothingLeavesTheOneBefore() {
        let refused = Output(.notStarted("no memory"))
        #expect(!past(gave(.forward, raise, 1, refused)).hasEffects)
        let twice = gave(.forward, raise, 1, failed) + gave(.forward, raise, 2, refused)
        #expect(past(twice).hasEffects)
    }

    @Test func whatWasTakenBackIsThereAgainOnceAnnouncedAgain() {
        let back = gave(.back, lower, 2, fine) + [.stepEnded(a, .back, .undone)]
        let undone = gave(.forward, raise, 1, fine) + back
        #expect(!past(undone).hasEffects)
        #expect(past(undone + [.intent(a, .back, attempt: 2, [lower])]).hasEffects)
        #expect(past(undone + [.intent(a, .forward, attempt: 1, [raise])]).hasEffects)
    }

    /// A step of which nothing can be seen was done when all of its commands were.
    @Test func whatCannotBeSeenIsToldByItsCommands() {
        func rung(_ facts: [Fact]) -> Past.Passage {
            past([.intent(bell, .forward, attempt: 1, [ring, ring])] + facts)[bell].forward
        }
        let began = [1, 2].map { Fact.commandBegan(bell, .forward, WorkID($0), ring) }
        let ended = [1, 2].map { Fact.commandEnded(bell, .forward, WorkID($0), fine) }
        let broke = [1, 2].map { Fact.commandEnded(bell, .forward, WorkID($0), failed) }
        #expect(past([])[bell].forward.onceResult == nil)
        #expect(!past([])[bell].forward.isOnceInDoubt)
        #expect(rung([]).isOnceInDoubt, "the record of its beginning may be lost")
        #expect(rung([began[0]]).isOnceInDoubt)
        #expect(rung([began[0], broke[0]]).onceResult == nil)
        #expect(!rung([began[0], broke[0]]).isOnceInDoubt)
        #expect(rung([began[0], ended[0]]).isOnceInDoubt, "the second one may have begun")
        #expect(rung([began[0], ended[0], began[1], broke[1]]).onceResult == nil)
        #expect(!rung([began[0], ended[0], began[1], broke[1]]).isOnceInDoubt)
        #expect(rung([began[0], began[1], broke[1]]).isOnceInDoubt, "the end of the first is lost")
        #expect(rung([broke[0], began[0]]).isOnceInDoubt, "an end came before its beginning")
        let both = [began[0], ended[0], began[1], ended[1]]
        #expect(rung(both).onceResult == .done(.seen) && !rung(both).isOnceInDoubt)
        #expect(rung(both + [.stepEnded(bell, .forward, .cut)]).onceResult == .done(.seen))
        let cut = rung([began[0], broke[0], .stepEnded(bell, .forward, .cut)])
        #expect(cut.onceResult == nil)
        let told = StepResult.failed(why: "no", lastSeen: "")
        #expect(rung(both + [.stepEnded(bell, .forward, told)]).onceResult == told)
    }

    @Test func whatIsUnderWayIsNamed() {
        #expect(past([]).place == nil)
        #expect(past([.stepBegan(a, .forward)]).place == "raise a")
        #expect(
            past([.stepBegan(bell, .forward), .stepBegan(a, .back)]).place == "raise a, ring bell")
        #expect(past([.stepBegan(a, .forward), .stepEnded(a, .forward, .cut)]).place == nil)
    }

    @Test func timesAndIdsAreTheHighest() {
        var past = past([])
        for (time, work) in [(5, 7), (3, 4)] {
            let fact = Fact.commandBegan(a, .forward, WorkID(work), raise)
            past.take(Record(at: .zero + .seconds(time), fact))
        }
        #expect(past.lastAt == .zero + .seconds(5) && past.lastWork == 7)
    }

    @Test func aCommandThatWasGivenUpOnIsNamedByItsProcess() {
        let began = Fact.commandBegan(a, .forward, WorkID(1), raise)
        func givenUp(_ pid: Int32?) -> Fact {
            .commandGivenUp(a, .forward, WorkID(1), raise, pid: pid)
        }
        let started = Fact.processStarted(a, WorkID(1), ProcessIdentity(pid: 712, started: 5))
        #expect(past([began, givenUp(nil)]).doubts.map(\.text) == ["`raise a`"])
        #expect(past([began, givenUp(9)]).doubts.map(\.text) == ["`raise a` (pid 9)"])
        #expect(past([began, started, givenUp(nil)]).doubts.map(\.text) == ["`raise a` (pid 712)"])
        #expect(past([began, givenUp(9), .commandGone(a, WorkID(1))]).doubts.isEmpty)
        #expect(past([began, givenUp(9), .commandGone(a, WorkID(1))]).hasEffects)
        #expect(past([givenUp(9), started]).doubts.isEmpty)
    }
}
