import Engine
import Testing

@testable import Simulation

/// What stays in the kernel of FreeBSD when something ends badly: a suspended pool, and what ctld
/// had set up.
@Suite struct LeftoversTests {
    static let pools: [ToolCase] = [
        ToolCase(
            name: "a pool that is cleared stays suspended",
            standing: .serving,
            prepare: {
                $0.pools[0].isSuspended = true
                $0.pools[0].hangsWhenSuspended = false
            },
            after: ["zpool clear tank"],
            command: "sysctl -n kstat.zfs.tank.misc.state",
            output: "SUSPENDED\n"
        ),
        ToolCase(
            name: "the kernel knows no pool of another name",
            standing: .serving,
            command: "sysctl -n kstat.zfs.other.misc.state",
            exit: 1,
            output: "",
            error: "sysctl: unknown oid 'kstat.zfs.other.misc.state'\n"
        ),
        ToolCase(
            name: "a unit of size 0 holds no pool",
            prepare: { world in
                _ = world.run(words("service ctld onestart"))
                world.settle()
                world.promote()
            },
            after: ["zpool import -N tank"],
            command: "zpool export tank"
        ),
        ToolCase(
            name: "what a killed ctld left holds it",
            standing: .serving,
            prepare: { $0.apply(.serviceDies("ctld")) },
            command: "zpool export -f tank",
            exit: 1,
            error: "cannot export 'tank': pool is busy\n"
        ),
        ToolCase(
            name: "suspended, the other kind",
            standing: .serving,
            prepare: { $0.pools[0].isSuspended = true },
            command: "zpool export -f tank",
            exit: nil
        ),
    ]

    @Test(arguments: pools) func says(_ tool: ToolCase) throws { try tool.check() }
}
