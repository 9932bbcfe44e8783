import Engine
import Testing

@testable import Simulation

/// Power, links and copies.
@Suite struct PairFailureTests {
    @Test func `the standby of a dead master takes over with force`() {
        var story = PairStory()
        story.pair.cutPower(.a)
        story.pass(.seconds(19))
        #expect(story.heard("b: hook").isEmpty, "the secondary waits for 20 s")
        story.pass(.seconds(2))
        #expect(story.heard("disconnect").count == 4)
        #expect(story.isMarked(.b), "a crash leaves the mark")
        story.role("primary", on: .b)
        #expect(story.address(.b) == .master)
        story.pass(.seconds(19))
        #expect(!story.pair[.b].world.hast.resources[0].ioFlows)
        story.pass(.seconds(43))
        #expect(story.run("zpool import -o cachefile=none tank", on: .b) == .exited(1))
        story.takeOver(.b, force: true)
        #expect(story.pair.isServing(.b))
        #expect(story.pair.lostWrites().isEmpty && story.pair.damage.isEmpty)
    }

    @Test func `a master that returns is synchronized`() {
        var story = PairStory()
        story.pair.cutPower(.a)
        story.pass(.seconds(21))
        story.takeOver(.b, force: true)
        #expect(story.copies() == "apart, a is stale")
        story.pair.boot(.a)
        story.pass(.seconds(60))
        #expect(story.address(.a) == .backup)
        #expect(story.pair[.b].world.hast.resources[0].isDirty)
        story.role("secondary", on: .a)
        story.pass(.seconds(7))
        #expect(story.copies() == "connected from b, a is being synchronized")
        #expect(!story.isMarked(.a))
        story.pass(.seconds(10))
        #expect(story.copies() == "connected from b, in step")
        #expect(story.heard("hook sync").prefix(2).allSatisfy { $0.hasPrefix("b: hook sync") })
        #expect(story.isMarked(.a) && story.isMarked(.b))
        #expect(!story.pair[.b].world.hast.resources[0].isDirty)
        #expect(story.pair.lostWrites().isEmpty && story.pair.damage.isEmpty)
    }

    /// The replication is cut, the master writes on and dies, and its standby takes over.
    private func staleTakeover() -> PairStory {
        var story = PairStory()
        story.pair.cut(.replication)
        story.pass(.seconds(30))
        story.pair.cutPower(.a)
        story.pass(.seconds(1))
        story.takeOver(.b, force: true)
        return story
    }

    @Test func `a stale copy that takes over loses what was acknowledged`() {
        let story = staleTakeover()
        #expect(story.pair.isServing(.b))
        let lost = story.pair.lostWrites()
        #expect(!lost.isEmpty)
        #expect(lost.allSatisfy { $0.side == .a && $0.survivor == .a })
        #expect(lost.allSatisfy { $0.at == .zero + .seconds(20) }, "when the primary let go")
        #expect(story.pair.damage.isEmpty, "nothing has met yet")
    }

    @Test func `copies that both were written meet in a split brain`() {
        var story = staleTakeover()
        story.pair.boot(.a)
        story.pair.heal(.replication)
        story.pass(.seconds(60))
        story.told = []
        story.role("secondary", on: .a)
        story.pass(.seconds(25))
        #expect(
            story.heard("split-brain disk0").sorted() == [
                "a: hook split-brain disk0", "b: hook split-brain disk0",
            ])
        #expect(
            story.pair.damage.map(\.kind) == [.splitBrain, .splitBrain, .splitBrain, .splitBrain])
        #expect(story.copies() == "apart, split brain")
        #expect(!story.isMarked(.a) && story.isMarked(.b))
    }

    @Test func `a copy that is made anew is synchronized, and what it had is gone`() {
        var story = staleTakeover()
        story.pair.boot(.a)
        story.pair.heal(.replication)
        story.pass(.seconds(60))
        #expect(story.run("hastctl create disk0 disk1 disk2 disk3", on: .a) == .exited(0))
        story.role("secondary", on: .a)
        story.pass(.seconds(25))
        #expect(story.copies() == "connected from b, in step")
        #expect(story.pair.damage.isEmpty)
        #expect(story.pair.lostWrites().allSatisfy { $0.survivor == nil })
        #expect(!story.pair.lostWrites().isEmpty)
    }

    @Test func `a half made copy that is used is damage`() {
        var story = PairStory()
        story.pair.cut(.replication)
        story.pass(.seconds(30))
        story.pair.heal(.replication)
        story.pass(.seconds(11))
        #expect(story.copies() == "connected from a, b is being synchronized")
        story.pair.cutPower(.a)
        story.pass(.seconds(21))
        #expect(story.copies() == "apart, b is half a copy")
        #expect(!story.isMarked(.b))
        story.takeOver(.b, force: true)
        #expect(story.pair.damage.map(\.kind) == [.brokenCopy])
        #expect(!story.pair.lostWrites().isEmpty)
    }

    @Test func `a cut that is healed in time is none`() {
        var story = PairStory()
        story.pair.cut(.replication)
        story.pass(.seconds(19))
        story.pair.heal(.replication)
        story.pass(.seconds(60))
        #expect(story.heard("hook").isEmpty)
        #expect(story.copies() == "connected from a, in step")
    }

    @Test func `a node that was connected again is told that it is in step`() {
        var story = PairStory()
        story.run("hastctl role init disk0", on: .b)
        #expect(!story.isMarked(.b) && story.heard("a: hook disconnect disk0").count == 1)
        story.run("hastctl role secondary disk0", on: .b)
        while !story.pair[.b].world.processes.contains(where: { $0.title.contains("disk0") }) {
            story.pass(.milliseconds(100))
        }
        #expect(!story.isMarked(.b))
        story.pass(.seconds(6))
        #expect(story.isMarked(.b))
    }

    @Test func `a message that the cut swallows marks nothing`() {
        var story = PairStory()
        story.run("hastctl role init disk0", on: .b)
        story.run("hastctl role secondary disk0", on: .b)
        while !story.pair[.b].world.processes.contains(where: { $0.title.contains("disk0") }) {
            story.pass(.milliseconds(100))
        }
        story.pair.cut(.replication)
        story.pass(.seconds(60))
        #expect(!story.isMarked(.b))
    }

    @Test func `a pool on both nodes is damage`() {
        var story = PairStory()
        story.pair.cut(.replication)
        story.pass(.seconds(21))
        story.takeOver(.b, force: true)
        #expect(story.pair.damage.map(\.kind) == [.poolOnBoth])
    }

    @Test func `a primary beside a primary waits, and goes on when the other lets go`() {
        var story = PairStory()
        story.run("hastctl role primary disk0", on: .b)
        story.pass(.seconds(5))
        #expect(!story.pair[.b].world.hast.resources[0].ioFlows)
        story.giveUp(.a)
        story.pass(.seconds(2))
        #expect(story.pair[.b].world.hast.resources[0].ioFlows)
        #expect(
            story.copies() == "connected from b, b is being synchronized",
            "what a wrote alone comes over from it")
        story.pass(.seconds(3))
        #expect(story.pair.damage.isEmpty)
        #expect(story.copies() == "connected from b, in step")
    }
}
