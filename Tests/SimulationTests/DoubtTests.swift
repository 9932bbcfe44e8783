import Engine
import Testing

@testable import Simulation

/// Commands that fail, hang, or outlive being given up on.
@Suite struct DoubtTests {
    static let settled = Query.command(.hastctlList("disk0"))

    @Test(arguments: [
        (Fault.Does.failsBefore, "900ms ended 1: exit 7", false),
        (.failsAfter, "900ms ended 1: exit 7", true),
        (.succeeds, "900ms ended 1: exit 0", true),
    ])
    func failing(_ does: Fault.Does, _ event: String, _ isImported: Bool) {
        var world = World.pair(.takingOver)
        world.promote()
        world.later = []
        world.faults = [Fault(["zpool", "import"], nth: 1, does: does, exit: 7, says: "no")]
        var host = SimulatedHost(world)
        host.perform(.execute(WorkID(1), .tool("zpool", "import", "tank"), until: .ms(9000)))
        #expect(host.drain() == [event])
        #expect(host.world.pools[0].isImported == isImported)
    }

    @Test func aFaultStrikesOnlyItsTurn() {
        var world = World.pair(.serving)
        world.faults = [Fault(["zfs", "mount"], nth: 2, does: .failsBefore)]
        var host = SimulatedHost(world)
        for number in 1...3 {
            let command = Command.tool("zfs", "mount", "-a")
            host.perform(.execute(WorkID(number), command, until: .ms(9000)))
        }
        #expect(
            host.drain() == [
                "150ms ended 1: exit 0", "150ms ended 2: exit 1", "150ms ended 3: exit 0",
            ]
        )
    }

    @Test func anImportInTheKernelTakesEffectAfterwards() {
        var world = World.pair(.takingOver)
        world.promote()
        world.later = []
        var host = SimulatedHost(world)
        host.perform(.execute(WorkID(1), .tool("zpool", "import", "tank"), until: .ms(500)))
        #expect(host.next()?.input.text == "gave up 1")
        #expect(!host.world.pools[0].isImported)
        #expect(host.drain() == ["900ms gone 1"])
        #expect(host.world.pools[0].isImported)
        #expect(host.transcript.lines[0].end == .gone)
    }

    @Test func aHangingExportIsNeverGone() {
        var world = World.pair(.serving)
        world.faults = [Fault(["zpool", "export"], does: .hangs)]
        var host = SimulatedHost(world)
        host.perform(.execute(WorkID(1), .tool("zpool", "export", "tank"), until: .ms(500)))
        host.perform(.sleep(WorkID(2), until: .ms(600_000)))
        #expect(host.drain() == ["500ms gave up 1", "600000ms woke 2"])
        #expect(host.world.pools[0].isImported)
    }

    @Test func aHangingScriptDiesWhenKilled() {
        var world = World.pair(.serving)
        world.services[4].stopHangs = true
        var host = SimulatedHost(world)
        host.perform(.execute(WorkID(1), .tool("service", "ctld", "onestop"), until: .ms(5000)))
        #expect(host.drain() == ["5000ms gave up 1", "5000ms gone 1"])
        #expect(host.world.isServing("ctld"))
    }

    @Test func aLateEffectComesInTheMiddleOfSomethingElse() {
        var world = World.pair(.serving)
        world.iscsi.luns = []
        world.faults = [Fault(["zpool", "export"], nth: 1, does: .late, after: .seconds(90))]
        var host = SimulatedHost(world)
        host.perform(.execute(WorkID(1), .tool("zpool", "export", "tank"), until: .ms(60_000)))
        #expect(host.drain() == ["60000ms gave up 1", "90000ms gone 1"])
        #expect(!host.world.pools[0].isImported)
    }

    @Test func aSuspendedPoolHangsUntilItResumes() {
        var world = World.pair(.serving)
        world.iscsi.luns = []
        world.later = [
            Later(after: .zero, .suspends("tank")), Later(after: .seconds(30), .resumes("tank")),
        ]
        var host = SimulatedHost(world)
        let look = Sees.command(.zpoolList("tank"), prints: "ONLINE")
        host.perform(.await(WorkID(1), look, until: .ms(10_000)))
        host.perform(.execute(WorkID(2), .tool("zpool", "export", "tank"), until: .ms(20_000)))
        let events = host.drain()
        #expect(events[0].hasPrefix("10000ms looked 1: unknown(\"pid "))
        #expect(events[0].hasSuffix(" does not answer\")"))
        #expect(Array(events[1...]) == ["20000ms gave up 2", "30000ms gone 2"])
        #expect(!host.world.pools[0].isImported, "the export's effect has come")
    }

    @Test func aLookThatHangsIsMissingAfterASecondAndBreaksAWatch() {
        var world = World.pair(.serving)
        world.later = [Later(after: .seconds(2), .hangs(["zpool", "list"]))]
        var host = SimulatedHost(world)
        let look = Sees.command(.zpoolList("tank"), prints: "ONLINE")
        host.perform(.watch(WorkID(1), look))
        host.perform(.sleep(WorkID(2), until: .ms(60_000)))
        let events = host.drain()
        #expect(events[0].hasPrefix("5008ms looked 1: unknown"), "8 ms, 1 s, and 2 s")
        #expect(events.count == 2)
    }

    @Test func aLookThatAnswersAgainIsHeard() {
        var world = World.pair(.serving)
        world.faults = [Fault(["zpool", "list"], does: .hangs)]
        world.later = [Later(after: .seconds(5), .answers(["zpool", "list"]))]
        var host = SimulatedHost(world)
        let look = Sees.command(.zpoolList("tank"), prints: "ONLINE")
        host.perform(.await(WorkID(1), look, until: .ms(10_000)))
        #expect(host.drain() == ["5008ms looked 1: holds"])
    }
}
