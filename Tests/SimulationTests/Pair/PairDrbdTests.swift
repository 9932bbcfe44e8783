import Engine
import Testing

@testable import Simulation

/// DRBD between the nodes.
@Suite struct PairDrbdTests {
    @Test func `a pair is switched over and back`() {
        var story = PairStory.drbd()
        #expect(story.pair.isServing(.a))
        #expect(story.copies() == "connected from a, in step")
        for (from, to) in [(Side.a, Side.b), (.b, .a)] {
            story.giveUpDrbd(from)
            #expect(story.copies() == "connected, in step")
            story.takeOverDrbd(to)
            #expect(story.pair.isServing(to) && story.pair.isGivenUp(from))
        }
        #expect(story.pair.damage.isEmpty && story.pair.lostWrites().isEmpty)
    }

    @Test func `there is no second primary while they are connected`() {
        var story = PairStory.drbd()
        #expect(story.drbdadm("primary", on: .b).allSatisfy { $0 == .exited(11) })
        #expect(story.pair.damage.isEmpty)
    }

    @Test func `a disk under an open pool is not given up`() {
        var story = PairStory.drbd()
        #expect(story.drbdadm("secondary", on: .a).allSatisfy { $0 == .exited(11) })
        #expect(story.pair.isServing(.a))
    }

    @Test func `udev holds a device for a moment after the export`() {
        var story = PairStory.drbd()
        story.run("service ctld onestop", on: .a)
        story.run("zpool export tank", on: .a)
        #expect(story.run("drbdadm secondary disk0", on: .a) == .exited(11))
        story.pass(.milliseconds(300))
        #expect(story.run("drbdadm secondary disk0", on: .a) == .exited(0))
    }

    @Test func `a promotion finds out that the peer is dead`() {
        var story = PairStory.drbd()
        story.pair.cutPower(.a)
        #expect(story.disk(.b).connection == .connected, "as far as b knows")
        let start = story.pair.now
        #expect(story.run("drbdadm primary disk0", on: .b) == .exited(0))
        #expect(story.pair.now - start < .seconds(1))
        story.takeOverDrbd(.b)
        #expect(story.pair.isServing(.b))
        #expect(story.pair.damage.isEmpty && story.pair.lostWrites().isEmpty)
    }

    @Test func `a silent peer counts as connected for a while`() {
        var story = PairStory.drbd()
        story.pair.cut(.replication)
        story.pass(.milliseconds(5900))
        #expect(story.disk(.a).connection == .connected && story.disk(.a).stalls)
        story.pass(.milliseconds(200))
        #expect(story.disk(.a).connection == .connecting && !story.disk(.a).stalls)
        #expect(story.disk(.b).connection == .connected)
        story.pass(.seconds(5))
        #expect(story.disk(.b).connection == .connecting)
        story.pair.heal(.replication)
        story.pass(.seconds(15))
        #expect(story.copies() == "connected from a, in step")
        #expect(story.pair.damage.isEmpty)
    }

    @Test func `a master that returns is synchronized`() {
        var story = PairStory.drbd()
        story.pair.cutPower(.a)
        story.takeOverDrbd(.b)
        story.pair.boot(.a)
        story.pass(.seconds(46))
        #expect(story.copies() == "connected from b, a is being synchronized")
        #expect(story.disk(.a).disk == .inconsistent && story.disk(.a).replication == .target)
        #expect(story.disk(.b).peerDisk == .inconsistent)
        story.pass(.seconds(3))
        #expect(story.copies() == "connected from b, in step")
        #expect(story.disk(.a).disk == .upToDate)
        #expect(story.pair.damage.isEmpty && story.pair.lostWrites().isEmpty)
    }

    @Test func `a half made copy is not promoted`() {
        var story = PairStory.drbd()
        story.pair.cutPower(.a)
        story.takeOverDrbd(.b)
        story.pair.boot(.a)
        story.pass(.seconds(46))
        story.pair.cutPower(.b)
        #expect(story.run("drbdadm primary disk0", on: .a) == .exited(17))
        #expect(story.disk(.a).disk == .inconsistent)
    }

    @Test func `both serve apart and part in a split brain`() {
        var story = PairStory.drbd()
        story.pair.cut(.replication)
        story.pair.cut(.service)
        story.pass(.seconds(12))
        story.takeOverDrbd(.b)
        #expect(story.pair.damage.contains { $0.kind == .primaryOnBoth })
        #expect(story.pair.damage.contains { $0.kind == .poolOnBoth })
        story.pair.heal(.replication)
        story.pass(.seconds(15))
        #expect(story.pair.damage.contains { $0.kind == .splitBrain })
        for side in Side.allCases { #expect(story.disk(side).connection == .standAlone) }
        #expect(story.copies() == "apart, split brain")
    }

    @Test func `the loser of a split brain is made like the survivor`() {
        var story = PairStory.drbd()
        story.pair.cut(.replication)
        story.pass(.seconds(12))
        story.takeOverDrbd(.b)
        story.giveUpDrbd(.b)
        story.pair.heal(.replication)
        story.pass(.seconds(15))
        #expect(story.copies() == "apart, split brain")
        story.drbdadm("connect --discard-my-data", on: .b)
        story.drbdadm("connect", on: .a)
        story.pass(.seconds(5))
        #expect(story.copies() == "connected from a, in step")
    }

    @Test func `a copy that comes up knows nothing before it has met its peer`() {
        var story = PairStory.drbd()
        story.pair.cutPower(.b)
        story.pass(.seconds(10))
        story.pair.cut(.replication)
        story.pair.boot(.b)
        story.pass(.seconds(50))
        #expect(story.disk(.b).disk == .consistent)
        story.pair.cutPower(.a)
        #expect(story.run("drbdadm primary disk0", on: .b) == .exited(17))
    }

    @Test func `without fencing it serves what is stale`() {
        var story = PairStory.drbd { $0.drbd.fences = false }
        story.pair.cutPower(.b)
        story.pass(.seconds(10))
        story.pair.cut(.replication)
        story.pair.boot(.b)
        story.pass(.seconds(50))
        story.pair.cutPower(.a)
        story.takeOverDrbd(.b)
        #expect(story.pair.isServing(.b))
        #expect(!story.pair.lostWrites().isEmpty)
    }

    @Test func `two nodes that boot find each other`() {
        var story = PairStory.drbd(serving: nil)
        for side in Side.allCases { story.pair.boot(side) }
        story.pass(.seconds(46))
        #expect(story.copies() == "connected, in step")
        for side in Side.allCases { #expect(story.disk(side).disk == .upToDate) }
        story.takeOverDrbd(.a)
        #expect(story.pair.isServing(.a) && story.pair.damage.isEmpty)
    }

    @Test func `an orderly shutdown leaves the other one in step`() {
        var story = PairStory.drbd()
        story.giveUpDrbd(.a)
        story.takeOverDrbd(.b)
        story.pair.shutDown(.a)
        story.pass(.seconds(6))
        #expect(story.disk(.a).disk == .outdated, "it left a primary")
        #expect(story.pair.isServing(.b))
        story.pair.boot(.a)
        story.pass(.seconds(60))
        #expect(story.copies() == "connected from b, in step")
        #expect(story.pair.damage.isEmpty && story.pair.lostWrites().isEmpty)
    }
}
