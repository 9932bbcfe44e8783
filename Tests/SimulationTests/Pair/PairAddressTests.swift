import Engine
import Testing

@testable import Simulation

/// CARP between the nodes, and boots.
@Suite struct PairAddressTests {
    @Test func `a backup takes over when nobody advertises`() {
        var story = PairStory()
        story.pair.cutPower(.a)
        story.pass(.seconds(10))
        #expect(story.told == ["0ms a: down", "3390ms b: 1@vlan50 MASTER"])
    }

    @Test func `a yield moves the address once`() {
        var story = PairStory()
        story.run("ifconfig vlan50 vhid 1 advskew 254 state backup", on: .a)
        story.pass(.seconds(30))
        #expect(story.heard("vlan50") == ["a: 1@vlan50 BACKUP", "b: 1@vlan50 MASTER"])
    }

    @Test func `a yield without a better peer comes back`() {
        var story = PairStory()
        story.run("ifconfig vlan50 vhid 1 state backup", on: .a)
        story.pass(.seconds(30))
        #expect(story.heard("vlan50") == ["a: 1@vlan50 BACKUP", "a: 1@vlan50 MASTER"])
    }

    @Test(arguments: [true, false])
    func `a better node that returns preempts, if it may`(_ preempts: Bool) {
        var story = PairStory(preempts: preempts)
        story.pair.cutPower(.a)
        story.pass(.seconds(10))
        story.told = []
        story.pair.boot(.a)
        story.pass(.seconds(60))
        let addresses = ["a: 1@vlan50 BACKUP", "a: 1@vlan50 MASTER", "b: 1@vlan50 BACKUP"]
        #expect(story.heard("vlan50") == (preempts ? addresses : ["a: 1@vlan50 BACKUP"]))
    }

    @Test func `a lost interface is INIT, and the other node takes over`() {
        var story = PairStory()
        story.pair.setInterface(.a, up: false)
        story.pass(.seconds(10))
        #expect(story.heard("vlan50") == ["a: 1@vlan50 INIT", "b: 1@vlan50 MASTER"])
        #expect(!story.pair.isServing(.a))
        story.told = []
        story.pair.setInterface(.a, up: true)
        story.pass(.seconds(10))
        #expect(
            story.heard("vlan50") == [
                "a: 1@vlan50 BACKUP", "a: 1@vlan50 MASTER", "b: 1@vlan50 BACKUP",
            ]
        )
    }

    @Test func `a service link that is cut has two masters until it is healed`() {
        var story = PairStory()
        story.pair.cut(.service)
        story.pass(.seconds(10))
        #expect(story.address(.a) == .master && story.address(.b) == .master)
        story.pair.heal(.service)
        story.pass(.seconds(10))
        #expect(story.address(.a) == .master && story.address(.b) == .backup)
    }

    @Test func `both boot, and the better one has the address before either has hastd`() {
        var story = PairStory(serving: nil)
        #expect(story.pair.outline.prefix(2) == ["a: off", "b: off"])
        #expect(story.pair.isGivenUp(.a) && story.pair.isGivenUp(.b))
        for side in Side.allCases { story.pair.boot(side) }
        story.pass(.milliseconds(43_900))
        #expect(story.heard("vlan50").filter { $0.hasSuffix("MASTER") } == ["a: 1@vlan50 MASTER"])
        #expect(story.run("hastctl role secondary disk0", on: .b) == .exited(71))
        story.pass(.seconds(1))
        #expect(story.run("hastctl role secondary disk0", on: .b) == .exited(0))
        story.role("secondary", on: .b)
        story.takeOver(.a)
        #expect(story.pair.isServing(.a))
        #expect(story.copies() == "connected from a, in step")
    }

    @Test func `a boot forgets what lives in memory, and the marks`() {
        var story = PairStory()
        story.pair.cutPower(.a)
        story.pair.boot(.a)
        story.pass(.seconds(50))
        #expect(story.heard("a: up") == ["a: up"])
        #expect(!story.isMarked(.a) && story.isMarked(.b))
        #expect(story.pair.isGivenUp(.a))
        #expect(
            story.pair[.a].world.isServing("hastd") && story.pair[.a].world.isServing("rpcbind"))
        #expect(story.pair[.a].world.hast.resources.allSatisfy { $0.role == .`init` })
        #expect(story.pair[.a].world.kind(at: "/dev/hast/disk0") == .absent)
    }

    @Test func `nothing under way takes effect after a power cut`() {
        var story = PairStory()
        let command = Command.tool("zpool", "export", "tank")
        story.pair[.a].perform(.execute(WorkID(900), command, until: .never))
        story.pair.cutPower(.a)
        story.pair.boot(.a)
        story.pass(.seconds(90))
        #expect(story.heard("900").isEmpty)
        #expect(!story.pair[.b].world.pools[0].isExported)
    }

    @Test func `a fenced machine boots by itself`() {
        var story = PairStory()
        story.pair[.a].perform(.execute(WorkID(900), Command(.fenceSelf), until: .never))
        story.pass(.seconds(60))
        #expect(story.heard("900").isEmpty)
        #expect(story.heard("a: down") == ["a: down"] && story.heard("a: up") == ["a: up"])
        #expect(!story.pair[.a].world.isFenced)
    }

    @Test func `a machine that shuts down with the pool takes its disks from under it`() {
        var story = PairStory()
        story.pair.shutDown(.a)
        story.pass(.seconds(10))
        #expect(story.pair.damage.map(\.kind).allSatisfy { $0 == .demotedUnderPool })
        #expect(story.pair.damage.count == 4)
        #expect(!story.pair.isOn(.a))
        #expect(story.heard("b: hook disconnect").count == 4, "at once, and not after 20 s")
    }

    @Test func `a machine that has given up shuts down unharmed`() {
        var story = PairStory()
        story.giveUp(.a)
        story.pair.shutDown(.a)
        story.pass(.seconds(10))
        #expect(story.pair.damage.isEmpty && !story.pair.isOn(.a))
    }
}
