import Engine
import Testing

@testable import Simulation

/// What waits while nobody knows yet that the other node is gone, and what an off node does.
@Suite struct PairStallTests {
    @Test func `writes wait for a secondary that is cut off`() {
        var story = PairStory()
        story.pair.cut(.replication)
        #expect(!story.pair.isServing(.a))
        #expect(story.pair[.a].world.hast.resources[0].status == "complete")
        story.pass(.seconds(19))
        #expect(!story.pair.isServing(.a))
        story.pass(.seconds(2))
        #expect(story.pair.isServing(.a))
        #expect(story.pair[.a].world.hast.resources[0].status == "degraded")
        #expect(story.heard("disconnect").count == 8)
    }

    @Test func `units of size 0 serve nobody`() {
        var story = PairStory()
        #expect(story.pair.isServing(.a))
        // It returns 1 when it has stopped it (recorded on FreeBSD 13.2).
        #expect(story.run("service nfsd onestop", on: .a) == .exited(1))
        let lines = [
            "service ctld onestop", "zpool export tank", "service ctld onestart",
            "zpool import tank", "zfs mount -a", "service nfsd onestart",
        ]
        for line in lines { #expect(story.run(line, on: .a) == .exited(0), "\(line)") }
        #expect(!story.pair.isServing(.a))
        #expect(story.run("service ctld onereload", on: .a) == .exited(0))
        #expect(story.pair.isServing(.a))
    }

    @Test func `an export waits for a secondary that is cut off`() {
        var story = PairStory()
        for name in ["ctld", "nfsd"] { story.run("service \(name) onestop", on: .a) }
        story.pair.cut(.replication)
        let cut = story.pair.now
        #expect(story.run("zpool export tank", on: .a) == .exited(0))
        #expect(story.pair.now == cut + .seconds(20))
        #expect(!story.pair[.b].world.pools[0].isExported, "b was not told")
        #expect(story.copies() == "apart, b is stale")
    }

    @Test func `an export waits no longer than the cut`() {
        var story = PairStory()
        for name in ["ctld", "nfsd"] { story.run("service \(name) onestop", on: .a) }
        let command = Command.tool("zpool", "export", "tank")
        story.pair[.a].perform(.execute(WorkID(900), command, until: .never))
        story.pair.cut(.replication)
        story.pass(.seconds(5))
        #expect(story.heard("900").isEmpty)
        story.pair.heal(.replication)
        story.pass(.zero)
        #expect(story.heard("900") == ["a: ended 900: exit 0"])
        #expect(story.pair[.b].world.pools[0].isExported)
    }

    @Test func `a primary that reads from its secondary stands on half a copy without it`() {
        var story = PairStory()
        story.pair.cut(.replication)
        story.pass(.seconds(30))
        story.giveUp(.a, as: "init", pausing: .seconds(1))
        story.pair.heal(.replication)
        // What a wrote alone comes over to b, and b is used before it has come.
        story.role("secondary", on: .a)
        story.role("primary", on: .b)
        story.pass(.seconds(1))
        #expect(story.copies() == "connected from b, b is being synchronized")
        story.run("zpool import tank", on: .b)
        #expect(story.pair.damage.isEmpty)
        story.pair.cutPower(.a)
        story.pass(.seconds(30))
        #expect(story.heard("b: hook syncintr").count == 4)
        #expect(
            story.pair.damage.map(\.kind) == [.brokenCopy])
    }

    @Test func `a secondary that returns before anybody noticed is connected anew`() {
        var story = PairStory()
        story.run("service hastd onerestart", on: .b)
        #expect(story.heard("a: hook disconnect").count == 4)
        story.role("secondary", on: .b)
        story.pass(.seconds(20))
        #expect(story.copies() == "connected from a, in step")
        #expect(story.isMarked(.b))
    }

    @Test func `what an off machine is told to do never happens`() {
        var story = PairStory()
        story.pair.cutPower(.a)
        let command = Command.tool("hastctl", "role", "secondary", "disk0")
        story.pair[.a].perform(.execute(WorkID(900), command, until: .never))
        story.pair.boot(.a)
        story.pass(.seconds(120))
        #expect(story.heard("900").isEmpty)
        #expect(story.pair[.a].world.hast.resources[0].role == .`init`)
    }

    @Test func `nothing is lost that both nodes have`() {
        var story = PairStory()
        story.pair.cut(.service)
        story.pass(.seconds(10))
        story.pair.heal(.service)
        story.pair.setInterface(.a, up: false)
        story.pass(.seconds(10))
        story.giveUp(.a)
        story.takeOver(.b)
        #expect(story.pair.isServing(.b))
        #expect(story.pair.lostWrites().isEmpty && story.pair.damage.isEmpty)
    }
}
