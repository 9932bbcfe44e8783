import Engine

@testable import Simulation

/// The situations of systemd, LIO, tgt and the NFS server of Linux.
extension EmulatorFactsTests {
    static let linux: [Situation] = systemd + lio + tgt

    private static let systemd: [Situation] = [
        situation("systemctl/running") { smbd(&$0, titles: ["a", "b", "c", "d"]) },
        situation("systemctl/stopped") { smbd(&$0) },
        situation("systemctl/failed") {
            smbd(&$0)
            $0.services[0].unit.failure = "exit-code"
        },
        situation("systemctl/masked") {
            smbd(&$0)
            $0.services[0].unit.isMasked = true
        },
        situation("systemctl/not-found"),
        situation("systemctl/start-not-found"),
        situation("systemctl/stop-not-loaded"),
        situation("systemctl/start-masked") {
            smbd(&$0)
            $0.services[0].unit.isMasked = true
        },
        situation("systemctl/start-failed") {
            smbd(&$0)
            $0.services[0].start = .fails
        },
        situation("systemctl/start-dependency-failed") {
            smbd(&$0)
            $0.services[0].needs = ["nfs-mountd"]
            if let need = $0.serviceIndex("nfs-mountd") { $0.services[need].start = .fails }
        },
        situation("systemctl/start-cancelled") {
            smbd(&$0)
            $0.admit(.systemctl, words("systemctl start smbd.service"))
            $0.admit(.systemctl, words("systemctl stop smbd.service"))
        },
        situation("nfsd/at-rest", .serving) { $0.setThreads(0) },
    ]

    private static let lio: [Situation] = [
        situation("targetctl/two-targets", .serving) {
            $0.iscsi.targets.append("iqn.2026-11.org.example:disk1")
            $0.iscsi.luns.append(Iscsi.Lun("/dev/zvol/other/lun0", pool: "other"))
            _ = $0.run(words("targetctl restore"))
        },
        situation("targetctl/one-of-two", .serving) {
            addTarget(&$0)
            _ = $0.run(words("targetctl restore"))
        },
        situation("targetctl/target-gone", .serving) {
            addTarget(&$0)
            _ = $0.run(words("targetctl restore"))
            $0.lio.groups.remove(at: 0)
        },
        situation("targetctl/set-up", .serving),
        situation("targetctl/no-unit") { _ = $0.run(words("targetctl restore")) },
        situation("targetctl/cleared") { _ = $0.run(words("targetctl clear")) },
        situation("targetctl/not-loaded"),
        situation("targetctl/disabled", .serving) { $0.lio.groups[0].isEnabled = false },
        situation("targetctl/backstore-left", .serving) { $0.lio.groups = [] },
        situation("targetctl/restore-done", .serving),
        situation("targetctl/restore-skipped"),
        situation("targetctl/restore-without-file") { $0.lio.restore = .noFile },
        situation("targetctl/clear-done", .serving),
    ]

    private static let tgt: [Situation] = [
        situation("tgtadm/not-running"),
        situation("tgtadm/no-targets") { daemon(&$0, []) },
        situation("tgtadm/emptied") {
            daemon(&$0, ["/tmp/a.img"])
            for line in [
                "tgtadm --op update --mode sys --name State -v offline",
                "tgt-admin --offline ALL", "tgt-admin --update ALL -c /dev/null --force",
            ] { _ = $0.run(words(line)) }
        },
        situation("tgtadm/serving") { daemon(&$0, ["/tmp/a.img", "/tmp/b.img"]) },
        situation("tgtadm/no-unit") {
            daemon(&$0, ["/tmp/a.img", "/tmp/b.img"])
            $0.tgt.targets[1].units = []
        },
        situation("tgtadm/no-unit-in-use") {
            daemon(&$0, ["/tmp/a.img", "/tmp/b.img"])
            $0.tgt.targets[1].units = []
            $0.tgt.initiators = $0.iscsi.targets
            $0.tgt.logIn()
        },
        situation("tgtadm/system-offline") {
            daemon(&$0, ["/tmp/a.img", "/tmp/b.img"])
            $0.tgt.isReady = false
        },
        situation("tgtadm/targets-offline") {
            daemon(&$0, ["/tmp/a.img", "/tmp/b.img"])
            $0.tgt.isReady = false
            _ = $0.run(words("tgt-admin --offline ALL"))
        },
        situation("tgtadm/one-left") {
            daemon(&$0, ["/tmp/a.img", "/tmp/b.img"])
            for option in ["--offline", "--delete"] {
                let line = "tgt-admin \(option) iqn.2026-11.example:disk0 --force"
                _ = $0.run(words(line))
            }
        },
        situation("tgtadm/hangs") {
            daemon(&$0, ["/tmp/a.img"])
            $0.tgt.isBusy = true
        },
    ]

    /// A second target, whose unit lies on another pool.
    static func addTarget(_ world: inout World) {
        world.iscsi.targets += world.iscsi.targets.map { $0.dropLast() + "1" }
        world.iscsi.luns.append(Iscsi.Lun("/dev/zvol/other/lun0", pool: nil))
    }

    private static func situation(
        _ fact: String, _ standing: Standing = .takingOver,
        _ prepare: @escaping @Sendable (inout World) -> Void = { _ in }
    ) -> Situation {
        Situation(fact, standing) { world in
            var pair = Pair()
            pair.platform = .linux
            world = World.pair(pair, standing)
            prepare(&world)
        }
    }

    private static func smbd(_ world: inout World, titles: [String] = []) {
        world.services.insert(RcService("smbd", titles: titles.isEmpty ? nil : titles), at: 0)
        if !titles.isEmpty { world.bringUp(0) }
    }

    /// tgtd, with a target for each of these files.
    private static func daemon(_ world: inout World, _ paths: [String]) {
        world.iscsi.targets = paths.indices.map { "iqn.2026-11.example:disk\($0)" }
        world.iscsi.luns = paths.map { Iscsi.Lun($0, pool: nil) }
        if let index = world.serviceIndex("tgt") { world.bringUp(index) }
    }
}
