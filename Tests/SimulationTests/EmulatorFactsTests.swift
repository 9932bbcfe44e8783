import Engine
import Testing

@testable import Simulation

/// The emulators, held against what the tools print (Tests/Facts).
///
/// Numbers and runs of blanks do not count: process numbers, sizes and addresses are a world's own.
@Suite struct EmulatorFactsTests {
    /// The world in which a fact holds.
    struct Situation: Sendable, CustomTestStringConvertible {
        let fact: String
        let standing: Standing
        let prepare: @Sendable (inout World) -> Void
        var testDescription: String { fact }

        init(
            _ fact: String, _ standing: Standing = .takingOver,
            _ prepare: @escaping @Sendable (inout World) -> Void = { _ in }
        ) {
            self.fact = fact
            self.standing = standing
            self.prepare = prepare
        }
    }

    static let situations: [Situation] = [
        Situation("hastctl/list-primary-connected", .serving) { rename(&$0) },
        Situation("hastctl/list-primary-degraded", .serving) {
            rename(&$0)
            $0.hast.resources[0].peer = .unreachable
        },
        Situation("hastctl/list-secondary-connected") { rename(&$0) },
        Situation("hastctl/list-secondary-alone") {
            $0.peerGivesUp()
            rename(&$0)
        },
        Situation("hastctl/list-init") {
            _ = $0.run(words("hastctl role init disk0"))
            rename(&$0)
        },
        Situation("hastctl/list-unknown"),
        Situation("hastctl/list-hangs") { $0.hast.waitsFor = "disk1" },
        Situation("hastctl/list-never-started") { $0.hast.isRunning = false },
        Situation("hastctl/role-primary"),
        Situation("hastctl/role-unknown"),
        Situation("zpool/list-online", .serving),
        Situation("zpool/list-absent"),
        Situation("zpool/list-degraded", .serving) { $0.pools[0].shownHealth = "DEGRADED" },
        Situation("zpool/list-suspended", .serving) { suspend(&$0, hangs: false) },
        Situation("zpool/list-hangs-suspended", .serving) { suspend(&$0, hangs: true) },
        Situation("zpool/export-already"),
        Situation("zpool/export-busy", .serving),
        Situation("zpool/export-done", .serving) { $0.iscsi.luns = [] },
        Situation("zpool/export-unmount-busy", .serving) {
            $0.iscsi.luns = []
            $0.pools[0].datasets[1] = Dataset("tank/share", isMounted: true)
            $0.pools[0].holders = [Pool.Holder("sh", .files)]
        },
        Situation("zpool/import-already", .serving),
        Situation("zpool/import-not-found"),
        Situation("zpool/import-done") { $0.promote() },
        Situation("zpool/import-devices-unavailable") {
            $0.promote()
            $0.remove("/dev/hast/disk0")
        },
        Situation("zpool/import-not-exported") { crash(&$0) },
        Situation("zpool/import-mount-failed-new") { unmountable(&$0, .since22) },
        Situation("zpool/import-mount-failed-old") { unmountable(&$0, .upTo21) },
        Situation("zpool/get-cachefile", .serving) { $0.pools[0].cachefile = nil },
        Situation("zpool/get-altroot", .serving) { $0.pools[0].altroot = "/mnt" },
        Situation("zfs/list-left-out", .serving) { leftOut(&$0) },
        Situation("zfs/keys-absent"),
        Situation("zfs/load-key-failed", .serving) { encrypted(&$0) },
        Situation("mount/exported", .serving) { $0.pools[0].datasets.swapAt(1, 2) },
        Situation("zfs/list-absent"),
        Situation("zfs/list-hangs", .serving) { suspend(&$0, hangs: true) },
        Situation("zfs/list-suspended", .serving) { suspend(&$0, hangs: false) },
        Situation("zfs/list-one-missing", .serving) {
            datasets(&$0, mounted: [true, false])
            $0.pools[0].datasets.append(Dataset("tank/share", isMounted: true))
        },
        Situation("zfs/list-mounted", .serving) { recorded(&$0, areMounted: true) },
        Situation("zfs/list-unmounted", .serving) { recorded(&$0, areMounted: false) },
        Situation("zfs/list-after-refused-export", .serving) {
            recorded(&$0, areMounted: true)
            _ = $0.run(words("zpool export -f tank"))
        },
        Situation("zfs/mount-some-failed") {
            unmountable(&$0, .since22)
            _ = $0.run(words("zpool import -N tank"))
        },
        Situation("service/missing"),
        Situation("service/missing-start"),
        Situation("service/running", .serving),
        Situation("service/stopped"),
        Situation("service/start-already", .serving),
        Situation("service/stop-already"),
        Situation("service/nfs-stopped"),
        Situation("service/nfs-running", .serving),
        Situation("service/nfs-mountd-only") { _ = $0.run(words("service mountd forcestart")) },
        Situation("service/nfs-nfsd-only", .serving) {
            _ = $0.run(words("service mountd onestop"))
        },
        Situation("service/nfs-start") { _ = $0.run(words("service rpcbind onestop")) },
        Situation("service/nfs-stop", .serving),
        Situation("service/mountd-no-exports"),
        Situation("service/start-hastd-already"),
        Situation("ifconfig/master"),
        Situation("ifconfig/backup") {
            _ = $0.run(words("ifconfig vlan50 vhid 1 advskew 254 state backup"))
        },
        Situation("ifconfig/init") {
            $0.virtualHosts[0].state = .initial
            _ = $0.run(words("ifconfig vlan50 vhid 9 state backup"))
        },
        Situation("ifconfig/two") {
            _ = $0.run(words("ifconfig vlan50 vhid 1 state init"))
            _ = $0.run(words("ifconfig vlan50 vhid 9 state backup"))
        },
        Situation("ip/master", .serving) { keepalived(&$0, on: "iscsi-1") },
        Situation("ip/backup", .standby) { keepalived(&$0, on: "iscsi-0") },
        Situation("ip/fault", .serving) {
            keepalived(&$0, on: "iscsi-0")
            _ = $0.run(["awk", "BEGIN { print 1 > ARGV[1] }", Vrrp().trackFile])
        },
        Situation("ip/left-over", .serving) {
            keepalived(&$0, on: "iscsi-1")
            $0.apply(.serviceDies("keepalived"))
        },
        Situation("ip/taken-off", .serving) {
            keepalived(&$0, on: "iscsi-1")
            $0.apply(.serviceDies("keepalived"))
        },
        Situation("ip/no-interface"),
        Situation("ctladm/stopped"),
        Situation("ctladm/no-module"),
        Situation("ctladm/serving", .serving),
        Situation("ctladm/zvol-missing") { world in
            world.services[4].start = .works
            _ = world.run(words("service ctld onestart"))
            world.promote()
            _ = world.run(words("zpool import -N tank"))
        },
        Situation("ctladm/start-zvol-missing") {
            $0.services[4].start = .works
            $0.iscsi.luns[0].path = "/dev/zvol/tank/vol0"
        },
        Situation("ctladm/killed", .serving) { $0.apply(.serviceDies("ctld")) },
        Situation("ctladm/left-port", .serving) {
            $0.services[4].start = .works
            $0.apply(.serviceDies("ctld"))
            for verb in ["onestart", "onestop"] { _ = $0.run(["service", "ctld", verb]) }
        },
        Situation("ctladm/target-stopped", .serving) {
            addTarget(&$0)
            let unit = "-b block -l 0 -o file=\($0.iscsi.luns[0].path)"
            _ = $0.run(words("ctladm port -o off -p 3"))
            _ = $0.run(words("ctladm modify \(unit) -o ha_role=secondary -s auto"))
        },
        Situation("ctladm/start-daemonises"),
        Situation("ctladm/applying") { _ = $0.run(words("service ctld onestart")) },
    ]

    @Test(arguments: situations + drbd + linux) func holds(_ situation: Situation) throws {
        let path = "Tests/Facts/\(situation.fact).txt"
        let bytes = try #require(TestFile.bytes(path), "\(path) is missing")
        let facts = Self.commands(in: String(decoding: bytes, as: UTF8.self))
        #expect(!facts.isEmpty)
        var world = World.pair(situation.standing)
        situation.prepare(&world)
        for fact in facts {
            let output = world.run(words(fact.line))
            #expect((output == nil) == fact.ending.hasPrefix("missing"), "\(fact.line)")
            guard let output else { continue }
            #expect(output.status.description == fact.ending)
            #expect(Self.plain(output.text) == Self.plain(fact.output))
            #expect(Self.plain(output.errorText) == Self.plain(fact.error))
        }
    }

    /// keepalived moves the address, on the node of this name.
    private static func keepalived(_ world: inout World, on node: String) {
        world.node.name = node
        world.virtualHosts[0].vrrp = Vrrp()
        world.services.append(RcService("keepalived", titles: ["keepalived -n"]))
        let state = world.virtualHosts[0].state
        world.apply(.serviceStarts("keepalived"))
        world.virtualHosts[0].state = state
    }

    // MARK: - Reading facts

    private struct Said {
        let line: String
        var ending = ""
        var output = ""
        var error = ""
    }

    private static func commands(in text: String) -> [Said] {
        var said: [Said] = []
        var stream: WritableKeyPath<Said, String>?
        for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
            if line.hasPrefix("expect:") { break }
            if line.hasPrefix("$ ") {
                said.append(Said(line: String(line.dropFirst(2))))
                stream = nil
            } else if line == "stdout:" {
                stream = \.output
            } else if line == "stderr:" {
                stream = \.error
            } else if !said.isEmpty, let stream {
                said[said.count - 1][keyPath: stream] += line + "\n"
            } else if !said.isEmpty, !line.hasPrefix("#"), !line.isEmpty {
                said[said.count - 1].ending = String(line)
            }
        }
        return said
    }

    /// The text without numbers and with single blanks.
    private static func plain(_ text: String) -> String {
        var plain = ""
        for letter in text {
            if letter.isNumber {
                if plain.last != "N" { plain.append("N") }
            } else if letter == " " {
                if plain.last != " " { plain.append(" ") }
            } else {
                plain.append(letter)
            }
        }
        return plain
    }
}

private func rename(_ world: inout World) {
    world.hast.resources[0].localPath = "/dev/vtbd1"
}

private func suspend(_ world: inout World, hangs: Bool) {
    world.pools[0].isSuspended = true
    world.pools[0].hangsWhenSuspended = hangs
}

private func crash(_ world: inout World) {
    world.promote()
    world.node.hostid = 0x99
    world.pools[0].isExported = false
    world.pools[0].lastUser = Machine(name: "nodea", hostid: 0x459c_7999)
}

private func datasets(_ world: inout World, mounted: [Bool]) {
    world.pools[0].datasets = [
        Dataset("tank", isMounted: mounted[0]),
        Dataset("tank/badmount", mountpoint: "/dev/null/x", isMounted: mounted[1]),
    ]
}

/// The file systems of the pair that was recorded.
private func recorded(_ world: inout World, areMounted: Bool) {
    world.pools[0].datasets = [
        Dataset("tank", isMounted: areMounted), Dataset("tank/leg", mountpoint: "legacy"),
        Dataset("tank/na", canMount: .noauto), Dataset("tank/none", mountpoint: "none"),
        Dataset("tank/share", isMounted: areMounted),
    ]
}

/// What `zfs mount -a` leaves out, as the fact has it.
private func leftOut(_ world: inout World) {
    var datasets = ["tank", "copy", "cut", "export", "jail", "secret"].map {
        Dataset($0 == "tank" ? $0 : "tank/" + $0, isMounted: $0 == "tank" || $0 == "export")
    }
    datasets[1].resumeToken = "1-c1ce6b10c-c0"
    datasets[2].isRedacted = true
    datasets[4].isZoned = true
    datasets[5].keyStatus = .unavailable
    world.pools[0].datasets = datasets
}

/// One file system with a key of its own, whose file is not there.
private func encrypted(_ world: inout World) {
    var secret = Dataset("tank/secret")
    secret.keyStatus = .unavailable
    secret.keyLocation = "file:///root/secret"
    secret.isKeyThere = false
    world.pools[0].datasets = [Dataset("tank", isMounted: true), secret]
}

private func unmountable(_ world: inout World, _ release: ZFSRelease) {
    world.promote()
    world.zfs = release
    datasets(&world, mounted: [false, false])
    world.pools[0].datasets[1].mountRefusal = "failed to create mountpoint: Not a directory"
}
