import Engine
import Simulation
import Testing

/// What the simulated host takes from looks that others made shortly before.
@Suite struct SharingTests {
    private static let master = Sees.command(.ifconfig("vlan50"), prints: "MASTER")
    private static let guarded = Decided(master, for: .guard)

    /// A pair whose `ifconfig` takes 50 ms.
    private func host(_ later: [Later] = []) -> SimulatedHost {
        var world = World.pair(.takingOver)
        world.later = later
        world.latencies.overrides = [.init(["ifconfig"], takes: .milliseconds(50))]
        return SimulatedHost(world)
    }

    private func ask(_ host: inout SimulatedHost) -> String? {
        host.perform(.await(WorkID(5), Self.guarded, until: host.now + .milliseconds(500)))
        return host.drain(1).first
    }

    @Test func aGuardTakesTheLastAnswerOfItsWatch() {
        var host = host()
        host.perform(.watch(WorkID(1), Self.master))
        host.pass(.milliseconds(200))
        #expect(ask(&host) == "200ms looked 5: holds")
    }

    @Test func aLookThatIsUnderWayIsWaitedFor() {
        var host = host()
        host.perform(.watch(WorkID(1), Self.master))
        host.pass(.milliseconds(20))
        #expect(ask(&host) == "50ms looked 5: holds")
    }

    @Test func withoutAWatchAGuardLooksItself() {
        var host = host()
        host.pass(.milliseconds(200))
        #expect(ask(&host) == "250ms looked 5: holds")
    }

    @Test func whatIsBrokenIsLookedAtAnew() {
        var host = host([
            Later(after: .milliseconds(100), .carp("vlan50", vhid: 1, .backup)),
            Later(after: .milliseconds(180), .carp("vlan50", vhid: 1, .master)),
        ])
        host.perform(.watch(WorkID(1), Self.master))
        host.pass(.milliseconds(160))
        #expect(ask(&host) == "210ms looked 5: holds")
    }

    @Test func anAnswerFromBeforeACommandIsNone() {
        var host = host()
        host.perform(.watch(WorkID(1), Self.master))
        host.pass(.milliseconds(200))
        let command = Command.tool("hastctl", "role", "primary", "disk0")
        host.perform(.execute(WorkID(2), command, until: .ms(9000)))
        #expect(host.drain(1) == ["215ms ended 2: exit 0"])
        #expect(ask(&host) == "265ms looked 5: holds")
    }

    /// What the address is at the look ahead; it is the other at 100 ms.
    @Test(arguments: [(VirtualHost.State.backup, "150ms looked 5: doesNot"), (.master, "200ms")])
    func anOpeningLookTakesOnlyThatItDidNotHold(_ state: VirtualHost.State, _ told: String) {
        let other: VirtualHost.State = state == .master ? .backup : .master
        var host = host([
            Later(after: .zero, .carp("vlan50", vhid: 1, state)),
            Later(after: .milliseconds(100), .carp("vlan50", vhid: 1, other)),
        ])
        host.pass(.milliseconds(10))
        host.perform(.lookAhead(Self.master.queries))
        host.pass(.milliseconds(140))
        let opening = Decided(Self.master, for: .opening)
        host.perform(.await(WorkID(5), opening, until: .ms(9000)))
        #expect(host.drain(1).first?.hasPrefix(told) == true)
    }

    @Test func whatWasSeenAheadOfACommandCountsForNothing() {
        var host = host([Later(after: .zero, .carp("vlan50", vhid: 1, .backup))])
        host.pass(.milliseconds(10))
        host.perform(.lookAhead(Self.master.queries))
        let command = Command.tool("hastctl", "role", "primary", "disk0")
        host.perform(.execute(WorkID(2), command, until: .ms(9000)))
        #expect(host.drain(1) == ["25ms ended 2: exit 0"])
        let opening = Decided(Self.master, for: .opening)
        host.perform(.await(WorkID(5), opening, until: .ms(9000)))
        #expect(host.drain(1).first?.hasPrefix("75ms looked 5: doesNot") == true)
    }
}
