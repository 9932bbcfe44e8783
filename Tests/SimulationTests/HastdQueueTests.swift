import Engine
import Testing

@testable import Simulation

/// hastd serves one request at a time, and a request outlives the client that sent it.
@Suite struct HastdQueueTests {
    static let settled = Query.command(.hastctlList("disk0"))

    private func demote(_ disk: String) -> Command {
        .tool("hastctl", "role", "init", disk, settledBy: Self.settled).using(.demotesAtOnce)
    }

    @Test func requestsQueueUp() {
        var host = SimulatedHost(World.pair(.serving))
        for number in 0..<3 {
            host.perform(.execute(WorkID(number + 1), demote("disk\(number)"), until: .ms(900)))
        }
        let look = Sees.command(.hastctlList("disk0"), prints: "init")
        host.perform(.await(WorkID(9), look, until: .ms(900)))
        #expect(
            host.drain() == [
                "15ms ended 1: exit 0", "30ms ended 2: exit 0", "45ms ended 3: exit 0",
                "50ms looked 9: holds",
            ]
        )
    }

    @Test func aQueuedRequestOutlivesItsClient() {
        var world = World.pair(.serving)
        world.faults = [Fault(["hastctl", "role", "disk0"], does: .late, after: .seconds(20))]
        var host = SimulatedHost(world)
        host.perform(.execute(WorkID(1), demote("disk0"), until: .ms(60_000)))
        host.perform(.execute(WorkID(2), demote("disk1"), until: .ms(5000)))
        #expect(
            host.drain() == [
                "5000ms gave up 2", "20000ms ended 1: exit 0", "20020ms gone 2",
            ]
        )
        #expect(host.world.hast.resources[1].role == .`init`)
    }

    @Test func withoutASettlingLookTheDeathOfTheClientIsAllThatShows() {
        var world = World.pair(.serving)
        world.faults = [Fault(["hastctl", "role"], does: .late, after: .seconds(20))]
        var host = SimulatedHost(world)
        let command = Command.tool("hastctl", "role", "init", "disk0")
        host.perform(.execute(WorkID(1), command, until: .ms(5000)))
        #expect(host.drain() == ["5000ms gave up 1", "5000ms gone 1"])
        host.pass(.seconds(30))
        #expect(host.world.hast.resources[0].role == .`init`, "and the effect comes all the same")
    }

    @Test func aStuckWorkerBlocksEveryCallUntilItDies() {
        var world = World.pair(.takingOver)
        world.hast.resources[1].workerIgnoresTerm = true
        world.later = [Later(after: .seconds(30), .workerDies("disk1"))]
        var host = SimulatedHost(world)
        let role = Command.tool("hastctl", "role", "primary", "disk1", settledBy: Self.settled)
        host.perform(.execute(WorkID(1), role, until: .ms(10_000)))
        let look = Sees.command(.hastctlList("disk0"), prints: "role: secondary")
        host.perform(.await(WorkID(2), look, until: .ms(20_000)))
        host.perform(.await(WorkID(3), look, until: .ms(60_000)))
        let events = host.drain()
        #expect(events[0] == "10000ms gave up 1")
        #expect(events[1].hasPrefix("20000ms looked 2: unknown"))
        #expect(Array(events[2...]) == ["30005ms gone 1", "30125ms looked 3: holds"])
        #expect(host.world.hast.resources[1].role == .primary)
    }

    @Test func aHangingRequestTakesHastdWithIt() {
        var world = World.pair(.serving)
        world.faults = [Fault(["hastctl", "role", "disk0"], does: .hangs)]
        var host = SimulatedHost(world)
        host.perform(.execute(WorkID(1), demote("disk0"), until: .ms(1000)))
        host.perform(.execute(WorkID(2), demote("disk1"), until: .ms(2000)))
        let look = Sees.command(.hastctlList("disk2"), prints: "primary")
        host.perform(.await(WorkID(3), look, until: .ms(3000)))
        let events = host.drain()
        #expect(events.count == 3, "none of them is ever gone")
        #expect(events[0] == "1000ms gave up 1")
        #expect(events[1] == "2000ms gave up 2")
        #expect(events[2].hasPrefix("3000ms looked 3: unknown"))
    }
}
