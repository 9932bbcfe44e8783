import Foundation
import Testing

/// The built program on a stage: real processes, real devices, a real log.
@Suite(.enabled(if: LiveStage.isPossible), .timeLimit(.minutes(20)))
struct SmokeTests {
    private static let root = URL(filePath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent()

    private static let world = """
        standing: taking-over
        disks: [disk0, disk1]
        peer-after: 300ms
        latencies: {zpool: 50ms, zfs: 20ms, service: 20ms, zpool import: 300ms}
        """

    /// The shipped plans for two disks, with no wait for a steady role, in a folder.
    private static func plans() throws -> URL {
        let folder = FileManager.default.temporaryDirectory
            .appending(path: "plans-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let marks = folder.appending(path: "marks")
        try FileManager.default.createDirectory(at: marks, withIntermediateDirectories: true)
        for disk in ["disk0", "disk1"] { try Data().write(to: marks.appending(path: disk)) }
        for name in ["become-master.yaml", "become-slave.yaml"] {
            let shipped = root.appending(path: "plans").appending(path: name)
            let text = try String(contentsOf: shipped, encoding: .utf8)
                .replacing("steady-for: 3s", with: "steady-for: 100ms")
                .replacing("fresh: true", with: "fresh: true, marks: '\(marks.path)'")
            try Data(text.utf8).write(to: folder.appending(path: name))
        }
        let site = """
            parameters: {disks: [disk0, disk1], if-export-fails: park}
            folders: {state: '\(folder.path)/state', runtime: '\(folder.path)/runtime'}

            """
        try Data(site.utf8).write(to: folder.appending(path: "site.yaml"))
        return folder
    }

    @Test func `the pair is taken over and given up again`() throws {
        let plans = try Self.plans()
        defer { try? FileManager.default.removeItem(at: plans) }
        let stage = try LiveStage(world: Self.world)
        let master = plans.appending(path: "become-master.yaml").path
        let taken = try stage.run("run", "--platform", "freebsd", master)
        #expect(taken.code == 0, "\(taken.output)\(taken.errors)")
        #expect(
            stage.state == [
                "resource disk0: primary", "resource disk1: primary",
                "pool tank: imported, 2 mounted", "service hastd: running",
                "service rpcbind: running", "service mountd: running", "service nfsd: running",
                "service ctld: running", "vhid 1@vlan50: master, advskew 0",
            ])
        // pgrep(1) is pkill(1) on many a machine, which is the stage's own here.
        let looks =
            "test -c /dev/hast/disk0 && test -s /run/ctld.pid"
            + " && grep -q 'nfsd: [m]aster' /proc/[0-9]*/cmdline"
        #expect(try stage.execute(["/bin/sh", "-c", looks]).code == 0)
        #expect(stage.syslog.contains { $0.contains("import pool tank") })
        let slave = plans.appending(path: "become-slave.yaml").path
        let given = try stage.run("run", "--platform", "freebsd", slave)
        #expect(given.code == 0, "\(given.output)\(given.errors)")
        #expect(
            stage.state == [
                "resource disk0: secondary", "resource disk1: secondary", "pool tank: absent",
                "service hastd: running", "service rpcbind: running",
                "vhid 1@vlan50: master, advskew 0",
            ])
        #expect(stage.overlaps == 0 && stage.damage.isEmpty)
        #expect(try stage.execute(["/bin/sh", "-c", "test -e /dev/hast/disk0"]).code == 1)
    }

    @Test func `a tool that sleeps in the kernel outlives every signal`() throws {
        let stage = try LiveStage(
            world: "standing: serving\nlatencies: {zpool export: 3s}\n")
        let script = """
            service ctld onestop; zpool export -f tank & sleep 0.3; kill -KILL $!; sleep 0.5
            grep State /proc/$!/status; wait $!; echo ended $?
            """
        let outcome = try stage.execute(["/bin/sh", "-c", script])
        #expect(outcome.output.contains("State:\tD"), "\(outcome.output)")
        #expect(outcome.output.contains("ended 137"), "\(outcome.output)")
        #expect(stage.state.contains("pool tank: absent"), "and takes effect all the same")
    }

    @Test func `what hastd was asked for outlives its client`() throws {
        let stage = try LiveStage(world: "standing: serving\nlatencies: {hastctl role: 1s}\n")
        let script = "hastctl role init disk0 & sleep 0.2; kill -KILL $!; wait $!; echo ended $?"
        let outcome = try stage.execute(["/bin/sh", "-c", script])
        #expect(outcome.output.contains("ended 137"), "\(outcome.output)")
        #expect(stage.state.contains("resource disk0: primary"))
        #expect(stage.wait(for: "resource disk0: init", within: 5))
    }

    @Test func `a reboot ends the stage's processes, and nothing else`() throws {
        let stage = try LiveStage(world: "standing: serving\n")
        let sleeper = try stage.start(["/bin/sh", "-c", "echo here; sleep 100"])
        #expect(sleeper.wait(for: "here"))
        try stage.ask("reboot")
        #expect(sleeper.end().code == 137)
        #expect(stage.wait(for: "fenced", within: 5), "init ends after its processes")
    }

    @Test func `devd tells its listeners of CARP`() throws {
        let stage = try LiveStage(world: "standing: standby\n")
        let listener = try DevdListener(stage)
        try stage.happen("{carp: master}")
        #expect(listener.receive() == "!system=CARP subsystem=1@vlan50 type=MASTER\n")
        try stage.ask("devd", "!system=IFNET subsystem=vlan50 type=LINK_UP")
        #expect(listener.receive() == "!system=IFNET subsystem=vlan50 type=LINK_UP\n")
    }
}
