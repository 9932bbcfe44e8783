import Engine
import Testing

@testable import Simulation

@Suite struct ZfsTests {
    static let importing: [ToolCase] = [
        ToolCase(
            name: "no device, no pool",
            command: "zpool import -f -N tank",
            exit: 1,
            error: "cannot import 'tank': no such pool available\n"
        ),
        ToolCase(
            name: "some devices are not enough",
            prepare: {
                $0.promote()
                $0.remove("/dev/hast/disk3")
            },
            command: "zpool import tank",
            exit: 1,
            error: "cannot import 'tank': one or more devices is currently unavailable\n"
        ),
        ToolCase(
            name: "-d limits the search",
            prepare: { $0.promote() },
            command: "zpool import -d /dev/other tank",
            exit: 1,
            error: "cannot import 'tank': no such pool available\n"
        ),
        ToolCase(
            name: "-d finds what lies below",
            prepare: { $0.promote() },
            command: "zpool import -d /dev/hast tank",
            exit: 0,
            error: ""
        ),
        ToolCase(
            name: "imported already",
            standing: .serving,
            command: "zpool import -f tank",
            exit: 1,
            error: "cannot import 'tank': a pool with that name already exists\n"
                + "use the form 'zpool import <pool | id> <newpool>' to give it a new name\n"
        ),
        ToolCase(
            name: "a label that names the peer needs force",
            prepare: {
                $0.promote()
                $0.pools[0].isExported = false
            },
            command: "zpool import tank",
            exit: 1,
            error: "cannot import 'tank': pool was previously in use from another system.\n"
                + "Last accessed by iscsi-1 (hostid=5e6f7a8b) at Mon Nov 30 01:13:25 2026\n"
                + "The pool can be imported, use 'zpool import -f' to import the pool.\n"
        ),
        ToolCase(
            name: "and force overrides it",
            prepare: {
                $0.promote()
                $0.pools[0].isExported = false
            },
            command: "zpool import -f -N -o cachefile=none tank"
        ),
        ToolCase(
            name: "a mount failure is exit 1 up to 2.1",
            prepare: {
                $0.promote()
                $0.zfs = .upTo21
                $0.pools[0].datasets[1].mountRefusal = "directory is not empty"
            },
            command: "zpool import tank",
            exit: 1,
            error: "cannot mount '/tank/export': directory is not empty\n"
        ),
        ToolCase(
            name: "and exit 0 since 2.2",
            prepare: {
                $0.promote()
                $0.pools[0].datasets[1].mountRefusal = "directory is not empty"
            },
            command: "zpool import tank",
            exit: 0,
            error: "cannot mount '/tank/export': directory is not empty\n"
                + "Import was successful, but unable to mount some datasets\n"
        ),
        ToolCase(
            name: "an import waits until I/O flows",
            prepare: {
                $0.promote()
                $0.hast.resources[0].ioFlows = false
            },
            command: "zpool import tank",
            exit: nil
        ),
        ToolCase(name: "an unknown option", command: "zpool import -Z tank", exit: 2),
    ]

    static let exporting: [ToolCase] = [
        ToolCase(
            name: "exported already",
            command: "zpool export -f tank",
            exit: 1,
            error: "cannot open 'tank': no such pool\n"
        ),
        ToolCase(
            name: "open files",
            standing: .serving,
            prepare: {
                $0.iscsi.luns = []
                $0.pools[0].holders = [Pool.Holder("rsync", .files)]
            },
            command: "zpool export tank",
            exit: 1,
            error: "cannot unmount '/tank/export': pool or dataset is busy\n"
        ),
        ToolCase(
            name: "open files give way to force",
            standing: .serving,
            prepare: {
                $0.iscsi.luns = []
                $0.pools[0].holders = [Pool.Holder("rsync", .files)]
            },
            command: "zpool export -f tank"
        ),
        ToolCase(
            name: "ctld's LUN does not",
            standing: .serving,
            command: "zpool export -f tank",
            exit: 1,
            error: "cannot export 'tank': pool is busy\n"
        ),
        ToolCase(
            name: "after ctld has ended it works",
            standing: .serving,
            after: ["service ctld onestop"],
            command: "zpool export -f tank"
        ),
        ToolCase(
            name: "suspended, the mild kind",
            standing: .serving,
            prepare: {
                $0.pools[0].isSuspended = true
                $0.pools[0].hangsWhenSuspended = false
            },
            command: "zpool export tank",
            exit: nil
        ),
    ]

    static let looking: [ToolCase] = [
        ToolCase(
            name: "zpool list",
            standing: .serving,
            command: "zpool list -H -o name,health tank",
            output: "tank\tONLINE\n"
        ),
        ToolCase(
            name: "zpool list without the pool",
            command: "zpool list -H -o name,health tank",
            exit: 1,
            output: "",
            error: "cannot open 'tank': no such pool\n"
        ),
        ToolCase(
            name: "zpool list without pools",
            command: "zpool list",
            output: "no pools available\n"
        ),
        ToolCase(name: "the same with -H", command: "zpool list -H", output: ""),
        ToolCase(
            name: "zpool list of a suspended pool, the mild kind",
            standing: .serving,
            prepare: {
                $0.pools[0].isSuspended = true
                $0.pools[0].hangsWhenSuspended = false
            },
            command: "zpool list -H -o name,health tank",
            output: "tank\tSUSPENDED\n"
        ),
        ToolCase(
            name: "zfs list",
            standing: .serving,
            command: "zfs list -H -r -t filesystem -o name,canmount,mountpoint,mounted tank",
            output: "tank\ton\t/tank\tyes\ntank/export\ton\t/tank/export\tyes\n"
                + "tank/archive\tnoauto\t/tank/archive\tno\n"
        ),
        ToolCase(
            name: "zfs list without the pool",
            command: "zfs list -H -r -o name tank",
            exit: 1,
            output: "",
            error: "cannot open 'tank': dataset does not exist\n"
        ),
        ToolCase(
            name: "an unknown property",
            standing: .serving,
            command: "zpool list -o nme tank",
            exit: 2
        ),
        ToolCase(name: "an unknown verb", command: "zpool imprt tank", exit: 2),
    ]

    static let mounting: [ToolCase] = [
        ToolCase(
            name: "mounted already",
            standing: .serving,
            command: "zfs mount tank",
            exit: 1,
            error: "cannot mount 'tank': filesystem already mounted\n"
        ),
        ToolCase(name: "mount -a again", standing: .serving, command: "zfs mount -a"),
        ToolCase(
            name: "mount -a with a failure",
            standing: .serving,
            prepare: { $0.pools[0].datasets[0].mountRefusal = "directory is not empty" },
            after: ["zfs unmount tank"],
            command: "zfs mount -a",
            exit: 1,
            error: "cannot mount '/tank': directory is not empty\n"
        ),
        ToolCase(
            name: "unmount what is not mounted",
            standing: .serving,
            after: ["zfs unmount tank"],
            command: "zfs unmount tank",
            exit: 1,
            error: "cannot unmount 'tank': not currently mounted\n"
        ),
        ToolCase(
            name: "unmount what is busy",
            standing: .serving,
            prepare: { $0.pools[0].holders = [Pool.Holder("rsync", .files)] },
            command: "zfs unmount tank",
            exit: 1,
            error: "cannot unmount '/tank/export': pool or dataset is busy\n"
        ),
    ]

    @Test(arguments: importing + exporting + looking + mounting)
    func says(_ tool: ToolCase) throws { try tool.check() }

    @Test func anImportIsRememberedWithItsCachefile() {
        var world = World.pair(.takingOver)
        world.promote()
        _ = world.run(words("zpool import -N -o cachefile=none tank"))
        #expect(world.pools[0].isImported)
        #expect(world.pools[0].cachefile == "none")
        #expect(world.pools[0].lastUser == world.node)
        #expect(world.pools[0].datasets.allSatisfy { !$0.isMounted })
        #expect(world.run(["zfs", "mount", "-a"])?.succeeded == true)
        #expect(world.pools[0].datasets.map(\.isMounted) == [true, true, false])
    }

    @Test func aBusyExportLeavesThePoolImportedAndUnmounted() {
        var world = World.pair(.serving)
        _ = world.run(["zpool", "export", "-f", "tank"])
        #expect(world.pools[0].isImported)
        #expect(world.pools[0].datasets.allSatisfy { !$0.isMounted })
    }

    @Test func importingWhatThePeerHasIsDamage() {
        var world = World.pair(.takingOver)
        for index in world.hast.resources.indices { world.hast.resources[index].peer = .secondary }
        _ = world.run(["hastctl", "role", "primary", "all"])
        world.settle()
        _ = world.run(["zpool", "import", "-f", "tank"])
        #expect(world.damage == ["pool tank is imported on both nodes"])
    }
}
