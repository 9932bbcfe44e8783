import Engine
import Simulation
import Testing

/// Each id gets exactly one answer, and time is what the world makes it.
@Suite struct SimulatedHostTests {
    @Test func anAwaitWakesWhenTheWorldChanges() {
        var world = World()
        world.later = [Later(after: .seconds(5), .creates(FileEntry("/flag")))]
        var host = SimulatedHost(world)
        host.perform(.await(WorkID(1), Sees.path("/flag"), until: .ms(9000)))
        #expect(host.drain() == ["5000ms looked 1: holds"])
    }

    @Test func anAwaitEndsAtItsDeadlineWithTheLastVerdict() {
        var host = SimulatedHost(World())
        host.perform(.await(WorkID(1), Sees.path("/flag"), until: .ms(3000)))
        #expect(host.drain() == ["3000ms looked 1: doesNot(\"absent\")"])
    }

    @Test func anAwaitLooksOnceHoweverShortItIs() {
        var world = World()
        world.files = [FileEntry("/flag")]
        var host = SimulatedHost(world)
        host.perform(.await(WorkID(1), Sees.path("/flag"), until: .zero))
        #expect(host.drain() == ["0ms looked 1: holds"])
    }

    @Test func steadinessStartsAnewAfterABreak() {
        var world = World()
        world.files = [FileEntry("/flag")]
        world.later = [
            Later(after: .seconds(2), .removes("/flag")),
            Later(after: .seconds(3), .creates(FileEntry("/flag"))),
        ]
        var host = SimulatedHost(world)
        let steady = Sees.path("/flag", steadyFor: .seconds(3))
        host.perform(.await(WorkID(1), steady, until: .ms(20_000)))
        #expect(host.drain() == ["6000ms looked 1: holds"])
    }

    @Test func steadinessThatIsCutShortDoesNotHold() {
        var world = World()
        world.files = [FileEntry("/flag")]
        var host = SimulatedHost(world)
        let steady = Sees.path("/flag", steadyFor: .seconds(3))
        host.perform(.await(WorkID(1), steady, until: .ms(1000)))
        #expect(host.drain().first?.hasPrefix("1000ms looked 1: doesNot") == true)
    }

    @Test func aWatchBreaksAfterTwoLooks() {
        var world = World()
        world.files = [FileEntry("/flag")]
        world.later = [Later(after: .seconds(2), .removes("/flag"))]
        var host = SimulatedHost(world)
        host.perform(.watch(WorkID(1), Sees.path("/flag")))
        host.perform(.sleep(WorkID(2), until: .ms(60_000)))
        #expect(
            host.drain() == ["2100ms looked 1: doesNot(\"absent\")", "60000ms woke 2"]
        )
    }

    @Test func aWatchForgivesAMoment() {
        var world = World()
        world.files = [FileEntry("/flag")]
        world.later = [
            Later(after: .seconds(2), .removes("/flag")),
            Later(after: .milliseconds(2050), .creates(FileEntry("/flag"))),
        ]
        var host = SimulatedHost(world)
        host.perform(.watch(WorkID(1), Sees.path("/flag")))
        host.perform(.sleep(WorkID(2), until: .ms(60_000)))
        #expect(host.drain() == ["60000ms woke 2"])
    }

    @Test func aWatchAloneBringsNothingAboutForEver() {
        var world = World()
        world.files = [FileEntry("/flag")]
        var host = SimulatedHost(world)
        host.perform(.watch(WorkID(1), Sees.path("/flag")))
        #expect(host.drain().isEmpty)
    }

    @Test func cancelling() {
        var world = World.pair(.takingOver)
        world.later = []
        var host = SimulatedHost(world)
        host.perform(.await(WorkID(1), Sees.path("/flag"), until: .ms(9000)))
        host.perform(.watch(WorkID(2), Sees.path("/flag")))
        host.perform(.sleep(WorkID(3), until: .ms(9000)))
        host.perform(.execute(WorkID(4), .tool("service", "ctld", "onestart"), until: .ms(9000)))
        host.perform(.execute(WorkID(5), .tool("zfs", "mount", "-a"), until: .ms(9000)))
        host.perform(.cancel(WorkID(2)))
        host.perform(.sleep(WorkID(6), until: .ms(50)))
        var events: [String] = []
        while events.last != "50ms woke 6", let event = host.next() {
            events.append("\((event.at - .zero).milliseconds)ms \(event.input.text)")
        }
        for id in [1, 3, 4, 5, 3, 77] { host.perform(.cancel(WorkID(id))) }
        events += host.drain()
        #expect(
            events == [
                "50ms woke 6", "50ms looked 1: doesNot(\"absent\")", "50ms woke 3",
                "50ms gave up 4", "50ms gave up 5", "50ms gone 4", "150ms gone 5",
            ]
        )
        #expect(!host.world.isServing("ctld"))
    }

    @Test func cancellingAnAnsweredIdIsIgnored() {
        var host = SimulatedHost(World())
        host.perform(.sleep(WorkID(1), until: .ms(10)))
        #expect(host.drain() == ["10ms woke 1"])
        host.perform(.cancel(WorkID(1)))
        #expect(host.drain().isEmpty)
    }

    @Test func injectedInputs() {
        var world = World()
        world.later = [Later(after: .seconds(3), .signal("become-slave"))]
        var host = SimulatedHost(world)
        host.interrupt(at: .ms(2000))
        host.supersede(by: "other", at: .ms(1000))
        #expect(
            host.drain() == [
                "1000ms superseded by other", "2000ms interrupt",
                "3000ms superseded by become-slave",
            ]
        )
    }

    @Test(arguments: [
        (Operator.yes, "2000ms ended 1: exit 0"), (.no, "2000ms ended 1: exit 1"),
        (.nobody, "0ms ended 1: exit 75"),
    ])
    func asking(_ operator: Operator, _ ending: String) {
        var world = World()
        world.operator = `operator`
        var host = SimulatedHost(world)
        host.perform(
            .execute(WorkID(1), Command(.ask("really?", unattended: .refuse)), until: .ms(9000)))
        #expect(host.drain() == [ending])
    }

    @Test func aSilentOperatorIsGivenUpOn() {
        var world = World()
        world.operator = .silent
        var host = SimulatedHost(world)
        host.perform(
            .execute(WorkID(1), Command(.ask("really?", unattended: .refuse)), until: .ms(9000)))
        #expect(host.drain() == ["9000ms gave up 1", "9000ms gone 1"])
    }

    @Test func loggingIsSeenInTheWorld() {
        var host = SimulatedHost(World())
        host.perform(.execute(WorkID(1), Command(.log("hello")), until: .ms(1)))
        #expect(host.drain() == ["0ms ended 1: exit 0"])
        #expect(host.world.log.map(\.text) == ["hello"])
    }

    @Test func aFencedNodeDoesNothingMore() {
        var world = World.pair(.serving)
        world.later = [Later(after: .seconds(1), .removes("/dev/hast/disk0"))]
        var host = SimulatedHost(world)
        host.perform(.await(WorkID(1), Sees.path("/flag"), until: .ms(5000)))
        host.perform(.execute(WorkID(2), .tool("zpool", "export", "tank"), until: .ms(9000)))
        host.perform(.execute(WorkID(3), Command(.fenceSelf), until: .ms(9000)))
        host.perform(.execute(WorkID(4), .tool("zfs", "mount", "-a"), until: .ms(9000)))
        let events = host.drain()
        #expect(events.first == "0ms ended 3: exit 0")
        #expect(events.count == 4, "each id has its answer")
        #expect(host.world.isFenced)
        #expect(host.world.pools[0].isImported)
        #expect(host.world.files.contains { $0.path == "/dev/hast/disk0" })
    }

    @Test func equalWorldsGiveEqualTranscripts() {
        func course() -> ([String], Transcript) {
            var host = SimulatedHost(World.pair(.takingOver))
            for number in 0..<4 {
                let command = Command.tool("hastctl", "role", "primary", "disk\(number)")
                host.perform(.execute(WorkID(number + 1), command, until: .ms(5000)))
                let device = Sees.path("/dev/hast/disk\(number)")
                host.perform(.await(WorkID(number + 11), device, until: .ms(30_000)))
            }
            return (host.drain(), host.transcript)
        }
        let first = course()
        #expect(first == course())
        #expect(first.0.count == 8)
        #expect(first.1.lines.map(\.text).first?.hasSuffix("disk0: exit 0") == true)
    }
}
