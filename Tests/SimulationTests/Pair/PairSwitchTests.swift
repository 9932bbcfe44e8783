import Engine
import Testing

@testable import Simulation

/// A planned switchover, by hand.
@Suite struct PairSwitchTests {
    @Test func `a pair begins in step`() {
        let story = PairStory()
        #expect(
            story.pair.outline == [
                "a: resource disk0: primary", "a: resource disk1: primary",
                "a: resource disk2: primary", "a: resource disk3: primary",
                "a: pool tank: imported, 2 mounted", "a: service hastd: running",
                "a: service rpcbind: running", "a: service mountd: running",
                "a: service nfsd: running", "a: service ctld: running",
                "a: vhid 1@vlan50: master, advskew 0",
                "b: resource disk0: secondary", "b: resource disk1: secondary",
                "b: resource disk2: secondary", "b: resource disk3: secondary",
                "b: pool tank: absent", "b: service hastd: running",
                "b: service rpcbind: running", "b: vhid 1@vlan50: backup, advskew 100",
                "disk0: connected from a, in step", "disk1: connected from a, in step",
                "disk2: connected from a, in step", "disk3: connected from a, in step",
            ]
        )
        #expect(story.pair.isServing(.a) && !story.pair.isServing(.b))
        #expect(story.pair.isGivenUp(.b) && !story.pair.isGivenUp(.a))
    }

    @Test func `a pair can be made of other nodes`() {
        let pair = PairWorld(serving: .b) { side, world in
            if side == .a { world.zfs = .upTo21 }
        }
        #expect(pair[.a].world.zfs == .upTo21 && pair[.b].world.zfs == .since22)
        #expect(pair.isServing(.b) && pair.isGivenUp(.a))
        #expect(pair[.b].world.node == pair[.a].world.peer)
        #expect(pair[.a].world.pools[0].lastUser == pair[.b].world.node)
    }

    @Test func `nothing happens by itself`() {
        var story = PairStory()
        story.pass(.seconds(3600))
        #expect(story.told.isEmpty)
        #expect(story.pair.now == .zero + .seconds(3600))
    }

    @Test func `the other node takes over without force`() {
        var story = PairStory()
        story.giveUp(.a)
        #expect(story.pair.isGivenUp(.a))
        story.takeOver(.b)
        #expect(story.pair.isServing(.b) && story.pair.isGivenUp(.a))
        #expect(story.copies() == "connected from b, in step")
        #expect(story.pair.damage.isEmpty && story.pair.lostWrites().isEmpty)
        #expect(story.address(.a) == .backup && story.address(.b) == .master)
    }

    @Test func `the secondary's worker ends with the primary's, and its hooks tell`() {
        var story = PairStory()
        story.giveUp(.a)
        story.told = []
        #expect(!story.pair[.b].world.processes.contains { $0.title.hasPrefix("hastd: disk") })
        story.run("hastctl role primary disk0", on: .b)
        story.pass(.seconds(1))
        #expect(
            story.heard("hook") == [
                "b: hook role disk0 secondary primary", "b: hook connect disk0",
                "a: hook connect disk0",
            ]
        )
        #expect(
            story.pair[.a].world.processes.contains { $0.title == "hastd: disk0 (secondary)" })
    }

    @Test func `a look at one node answers when the other one acts`() {
        var story = PairStory()
        let gone = Sees(summary: "the worker is gone", queries: [.processes]) { answers in
            guard case .processes(let all) = answers[.processes] else { return .unknown("") }
            let isThere = all.contains { $0.title == "hastd: disk0 (secondary)" }
            return isThere ? .doesNot("it runs") : .holds
        }
        story.pair[.b].perform(.await(WorkID(800), gone, until: .ms(60_000)))
        let label = Sees.command(.zpoolList("tank"), prints: "tank")
        story.pair[.a].perform(.watch(WorkID(801), label))
        story.pass(.seconds(10))
        #expect(story.told.isEmpty)
        story.run("hastctl role init disk0", on: .a)
        story.pass(.seconds(1))
        #expect(story.heard("b: looked") == ["b: looked 800: holds"])
        #expect(story.told.contains("10015ms b: hook disconnect disk0"))
    }

    @Test func `an export is seen on the other node`() {
        var story = PairStory()
        #expect(!story.pair[.b].world.pools[0].isExported)
        #expect(story.pair[.b].world.pools[0].peerHasIt)
        story.giveUp(.a)
        #expect(story.pair[.b].world.pools[0].isExported)
        #expect(!story.pair[.b].world.pools[0].peerHasIt)
    }

    @Test func `a demotion under the open pool is damage`() {
        var story = PairStory()
        story.run("hastctl role secondary disk1", on: .a)
        #expect(story.pair.damage.map(\.kind) == [.demotedUnderPool])
        #expect(story.pair.damage[0].side == .a)
        #expect(!story.pair.isServing(.a))
    }

    @Test func `equal pairs have equal stories, and a copy is one of its own`() {
        var first = PairStory()
        first.giveUp(.a)
        var second = first
        first.takeOver(.b)
        #expect(!second.pair.isServing(.b))
        second.takeOver(.b)
        #expect(first.told == second.told && first.pair.outline == second.pair.outline)
        #expect(first.told.count > 20)
    }

    @Test func `a strike hits the tool of its ordinal`() {
        var story = PairStory()
        story.pair[.a].strike(Fault([], does: .failsBefore, exit: 9), at: 2)
        #expect(story.run("hastctl role secondary disk0", on: .b) == .exited(0))
        #expect(story.run("zpool list", on: .a) == .exited(0))
        #expect(story.run("zpool list", on: .a) == .exited(9))
        story.pair[.a].strike(Fault([], does: .failsBefore, exit: 7))
        #expect(story.run("zpool list", on: .a) == .exited(7))
        #expect(story.run("zpool list", on: .a) == .exited(0))
        #expect(story.pair[.a].begun == 4)
    }

    @Test func `what a dead engine began takes effect`() {
        var story = PairStory()
        let command = Command.tool("service", "ctld", "onestop")
        story.pair[.a].perform(.execute(WorkID(500), command, until: .never))
        story.pair[.a] = story.pair[.a].orphaned()
        story.pass(.seconds(1))
        #expect(!story.pair[.a].world.isServing("ctld"))
        #expect(story.heard("500").isEmpty)
    }
}
