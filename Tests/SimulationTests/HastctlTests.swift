import Engine
import Testing

@testable import Simulation

@Suite struct HastctlTests {
    static let cases: [ToolCase] = [
        ToolCase(
            name: "an unknown resource is a warning and exit 1",
            command: "hastctl role primary disk9",
            exit: 1,
            output: "",
            error: "[WARNING] [disk9] Received error 1 from hastd.\n"
        ),
        ToolCase(
            name: "hastd is down",
            prepare: { $0.hast.isRunning = false },
            command: "hastctl list disk0",
            exit: 71,
            output: "",
            error: "[ERROR] Unable to connect to hastd via /var/run/hastctl:"
                + " No such file or directory.\n"
        ),
        ToolCase(
            name: "a role change prints nothing",
            command: "hastctl role primary disk0",
            output: "",
            error: ""
        ),
        ToolCase(
            name: "the same role again is success",
            command: "hastctl role secondary disk0",
            output: "",
            error: ""
        ),
        ToolCase(
            name: "status of a connected secondary",
            command: "hastctl status disk0",
            output: "Name\tStatus\t Role\t\tComponents\n"
                + "disk0\tcomplete secondary      /dev/da0\ttcp4://192.0.2.12\n"
        ),
        ToolCase(
            name: "status without a worker is a dash",
            prepare: { $0.peerGivesUp() },
            command: "hastctl status disk1",
            output: "Name\tStatus\t Role\t\tComponents\n"
                + "disk1\t-        secondary      /dev/da1\ttcp4://192.0.2.12\n"
        ),
        ToolCase(
            name: "list of an unknown resource",
            command: "hastctl list bogus",
            exit: 1,
            output: "bogus:\n  error: 1\n"
        ),
        ToolCase(
            name: "hastd waits for a worker that does not end",
            prepare: { $0.hast.resources[1].workerIgnoresTerm = true },
            command: "hastctl role primary disk1",
            exit: nil
        ),
        ToolCase(
            name: "and then answers nobody",
            prepare: { $0.hast.resources[1].workerIgnoresTerm = true },
            after: ["hastctl role primary disk1"],
            command: "hastctl list disk0",
            exit: nil
        ),
        ToolCase(
            name: "new metadata for an unknown resource",
            command: "hastctl create disk9",
            exit: 65,
            error: "[ERROR] Unknown resource disk9.\n"
        ),
        ToolCase(
            name: "new metadata under a worker",
            command: "hastctl create disk0",
            exit: 66
        ),
        ToolCase(
            name: "new metadata without hastd",
            prepare: { $0.hast.isRunning = false },
            after: ["service hastd onestop"],
            command: "hastctl create -k 64 disk0",
            output: "",
            error: ""
        ),
        ToolCase(name: "new metadata for nothing", command: "hastctl create", exit: 64),
        ToolCase(name: "an unknown verb", command: "hastctl promote disk0", exit: 64),
        ToolCase(name: "a role that is none", command: "hastctl role master disk0", exit: 64),
    ]

    @Test(arguments: cases) func says(_ tool: ToolCase) throws { try tool.check() }

    @Test func listOfSecondary() throws {
        var world = World.pair(.takingOver)
        let pid = try #require(world.hast.resources[0].worker)
        let text = try world.ran("hastctl list disk0").text
        #expect(
            text.hasPrefix(
                """
                disk0:
                  role: secondary
                  provname: disk0
                  localpath: /dev/da0
                  extentsize: 2097152 (2.0MB)
                  keepdirty: 0
                  remoteaddr: tcp4://192.0.2.12
                  replication: memsync
                  status: complete
                  workerpid: \(pid)
                  dirty: 0 (0B)
                  statistics:
                    reads: 0

                """
            )
        )
    }

    @Test func listWithoutWorkerHasNoStatus() throws {
        var world = World.pair(.takingOver)
        world.peerGivesUp()
        let text = try world.ran("hastctl list disk0").text
        #expect(text.contains("  role: secondary\n"))
        #expect(text.contains("  extentsize: 0 (0B)\n"))
        #expect(!text.contains("status:") && !text.contains("workerpid:"))
    }

    @Test func promotionBringsTheDeviceLaterAndIOLaterStill() {
        var world = World.pair(.takingOver)
        world.peerGivesUp()
        _ = world.run(["hastctl", "role", "primary", "disk0"])
        #expect(world.processes.contains { $0.title == "hastd: disk0 (primary)" })
        #expect(world.kind(at: "/dev/hast/disk0") == .absent)
        world.apply(world.upcoming[0].change)
        #expect(world.kind(at: "/dev/hast/disk0") == .characterDevice)
        #expect(world.hast.resources[0].status == "degraded")
        world.apply(world.upcoming[1].change)
        #expect(world.hast.resources[0].status == "complete")
    }

    @Test func aWorkerThatDiesFallsBackToInit() {
        var world = World.pair(.takingOver)
        world.promote()
        world.apply(.workerDies("disk2"))
        #expect(world.hast.resources[2].role == .`init`)
        #expect(world.kind(at: "/dev/hast/disk2") == .absent)
        #expect(world.log.contains { $0.text.contains("Changing resource role back to init.") })
    }

    @Test func aDeadPeerHoldsIOUpForTwentySeconds() {
        var pair = Pair()
        pair.peer = .isDead(workersEnd: .seconds(16))
        var world = World.pair(pair, .takingOver)
        world.peerGivesUp()
        _ = world.run(["hastctl", "role", "primary", "disk0"])
        #expect(world.upcoming.last?.after == world.latencies.device)
        world.apply(.deviceAppears("disk0", worker: world.hast.resources[0].worker ?? 0))
        #expect(world.upcoming.last?.after == .seconds(20))
    }

    @Test func demotingUnderAPoolIsNotRefusedAndSuspendsIt() {
        var world = World.pair(.serving)
        #expect(world.run(["hastctl", "role", "secondary", "disk0"])?.succeeded == true)
        #expect(world.pools[0].isSuspended)
        #expect(world.run(["zpool", "list"]) == nil)
    }

    @Test func demotingUnderARedundantPoolDegradesIt() {
        var world = World.pair(.serving)
        world.pools[0].redundancy = 1
        _ = world.run(["hastctl", "role", "secondary", "disk0"])
        #expect(world.run(words("zpool list -H -o name,health tank"))?.text == "tank\tDEGRADED\n")
    }

    @Test func bothPrimaryIsDamage() {
        var world = World.pair(.takingOver)
        _ = world.run(["hastctl", "role", "primary", "disk0"])
        world.settle()
        #expect(world.damage == ["disk0 is primary on both nodes"])
    }
}
