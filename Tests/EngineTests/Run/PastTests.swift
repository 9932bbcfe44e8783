import Foundation
import Testing

@testable import Engine

/// What is known of a run is what its journal says.
@Suite struct PastTests {
    /// Whatever a journal keeps of the records, wherever it breaks off, gives the same past.
    @Test(arguments: UInt64(0)..<20)
    func survivesTheJournal(seed: UInt64) throws {
        let records = KillStory(seed: seed).records
        let plan = KillStory(seed: seed).plan
        var past = Past(plan)
        var read = Past(plan)
        for record in records {
            past.take(record)
            let line = try JSONEncoder().encode(record)
            read.take(try JSONDecoder().decode(Record.self, from: line))
            #expect(read.traces == past.traces)
            #expect(read.doubts == past.doubts)
            #expect(read.aim == past.aim && read.reason == past.reason)
            #expect(read.isCommitted == past.isCommitted && read.ending == past.ending)
            #expect(read.hasEffects == past.hasEffects && read.warnings == past.warnings)
            #expect(read.newer == past.newer && read.lastWork == past.lastWork)
            #expect(past.lastAt - read.lastAt < .milliseconds(1))
        }
    }

    /// A disk that fails loses lines; nothing is promised then but that somebody says how it ended.
    @Test(arguments: UInt64(0)..<100)
    func survivesLostLines(seed: UInt64) {
        let story = KillStory(seed: seed)
        var dice = Dice(seed: seed)
        for way in [Resumption.forward, .back, .counterpart, .ifFailed] {
            var past = Past(story.plan)
            for record in story.records where !dice.isOne(in: 5) {
                if case .ended = record.fact { continue }
                past.take(record)
            }
            for choice in RecoveryTests.choices + [.abandon] {
                _ = Recovery.decide(past, of: story.plan, choice)
            }
            var host = ToyHost(up: ["master", "wanted"]) { _, _ in .works(after: .seconds(1)) }
            var driver = Driver(story.plan, resuming: (past, way))
            let ending = driver.drive(&host, from: .zero) { _ in }
            #expect(ending.kind != .cutOff)
        }
    }

    @Test func whatSettlesACommandIsTakenFromItsStep() throws {
        var tree = ToyTree()
        let root = tree.group(in: nil)
        tree.step(Ring(name: "bell", inDoubt: .park), in: root)
        var past = Past(.toy(tree.nodes))
        let process = ProcessIdentity(pid: 712, started: 5)
        for fact: Fact in [
            .commandBegan(NodeID(1), .forward, WorkID(9), .tool("ring", "bell")),
            .processStarted(NodeID(1), WorkID(9), process),
        ] {
            past.take(Record(at: .zero, fact))
        }
        let doubt = try #require(past.doubts.first)
        #expect(doubt.command.settledBy == .path("queue of bell"))
        #expect(doubt.process == process)
        #expect(doubt.text == "`ring bell` (pid 712)")
        guard case .adopt(WorkID(9), doubt.command, process)? = past.orphans.work.first else {
            Issue.record("what is under way can be ended")
            return
        }
        past.take(Record(at: .zero, .commandGone(NodeID(1), WorkID(9))))
        #expect(past.doubts.isEmpty && past.hasEffects)
    }

    @Test func whatWasNeverStartedHasNoEffect() {
        var tree = ToyTree()
        tree.step(.raise("a"), in: tree.group(in: nil))
        var past = Past(.toy(tree.nodes))
        let (node, command) = (NodeID(1), Command.tool("raise", "a"))
        past.take(Record(at: .zero, .intent(node, .forward, attempt: 1, [command])))
        #expect(past.hasEffects)
        past.take(Record(at: .zero, .commandBegan(node, .forward, WorkID(3), command)))
        #expect(past.hasEffects)
        let refused = Output(.notStarted("no memory"))
        past.take(Record(at: .zero, .commandEnded(node, .forward, WorkID(3), refused)))
        #expect(!past.hasEffects && past.doubts.isEmpty)
    }

    @Test func damageIsPassedOver() {
        var tree = ToyTree()
        tree.step(.raise("a"), in: tree.group(in: nil))
        var past = Past(.toy(tree.nodes))
        for node in [-1, 2, Int.max, Int.min] {
            for work in [-1, 0, Int.max] {
                let (node, work) = (NodeID(node), WorkID(work))
                for fact: Fact in [
                    .stepBegan(node, .forward), .stepEnded(node, .back, .undone),
                    .required(node.index, .doesNot("no"), .seen),
                    .commandBegan(node, .forward, work, .tool("raise", "a")),
                    .commandBegan(NodeID(1), .forward, work, .tool("raise", "a")),
                    .commandGone(node, work), .guardBroken(node, .doesNot("no")),
                    .commandEnded(node, .back, work, Output(.exited(0))),
                ] {
                    past.take(Record(at: .never, fact))
                }
            }
        }
        #expect(!past.hasEffects && past.doubts.isEmpty && past.lastWork == 0)
    }
}
