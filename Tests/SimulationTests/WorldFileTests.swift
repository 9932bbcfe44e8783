import Engine
import Testing

@testable import Simulation

@Suite struct WorldFileTests {
    private func read(_ text: String) -> (world: World?, diagnostics: [Diagnostic]) {
        var diagnostics = Diagnostics()
        let source = SourceText(name: "world.yaml", bytes: Array(text.utf8))
        let world = WorldFile.read(source, &diagnostics)
        return (world, diagnostics.all)
    }

    @Test func anEmptyFileIsTheHealthyPair() throws {
        let (world, diagnostics) = read("# nothing\n")
        #expect(diagnostics.isEmpty)
        let hast = try #require(world).hast
        #expect(hast.resources.map(\.name) == ["disk0", "disk1", "disk2", "disk3"])
        #expect(hast.resources.allSatisfy { $0.role == .secondary && $0.worker != nil })
    }

    @Test func everythingThatCanBeSaid() throws {
        let (read, diagnostics) = read(Self.everything)
        #expect(diagnostics.isEmpty)
        let world = try #require(read)
        #expect(world.hast.resources.map(\.name) == ["a", "b"])
        // hastd has stopped, and took its devices along.
        #expect(world.hast.resources[0].role == .`init`)
        #expect(world.kind(at: "/dev/hast/a") == .absent)
        #expect(world.hast.resources[1].workerIgnoresTerm)
        #expect(world.pools.map(\.name) == ["data", "other"])
        #expect(world.pools[0].redundancy == 1)
        #expect(world.pools[0].holders == [Pool.Holder("rsync", .files)])
        #expect(world.pools[0].datasets.map(\.mountRefusal) == ["directory is not empty"])
        #expect(world.pools[1].isImported && world.pools[1].isSuspended)
        #expect(!world.pools[1].hangsWhenSuspended)
        #expect(world.virtualHosts[0] == VirtualHost("em0", vhid: 7, .backup, advskew: 50))
        #expect(!world.carpPreempts)
        #expect(world.zfs == .upTo21)
        #expect(world.operator == .nobody)
        #expect(!world.hast.isRunning)
        #expect(world.services.contains { $0.name == "samba" && $0.ports == [445] })
        #expect(world.listens(on: 445) && world.listens(on: 8080))
        #expect(world.iscsi.targets == ["iqn.2026-01.org.example:a"])
        #expect(world.kind(at: "/etc/flag") == .file)
        #expect(world.kind(at: "/dev/da9") == .characterDevice)
        #expect(world.processes.last?.title == "rsyncd")
        #expect(world.latencies.device == .seconds(3))
        #expect(
            world.latencies.takes(.zpool, words("zpool import -f data"), of: []) == 30_000_000_000)
        #expect(world.faults.map(\.does) == [.failsAfter, .succeeds])
        #expect(world.faults[0].nth == 2 && world.faults[0].exit == 5)
        #expect(world.faults[1].then.count == 1)
        #expect(world.later.count == 2 + 3, "the file's, and the peer's own three")
    }

    static let everything = """
        description: all of it
        standing: taking-over
        disks: [a, b]
        pool: data
        interface: em0
        vhid: 7
        peer: releases
        peer-after: 2s
        zfs: '2.1'
        hastd: stopped
        carp: backup
        advskew: 50
        carp-preempts: no
        operator: nobody
        resources:
          a: {role: primary, peer: secondary}
          b: {worker: stuck}
        pools:
          data:
            redundancy: 1
            holders: [{name: rsync}]
            datasets:
              - {name: data, mount-fails: directory is not empty}
          other: {imported: true, suspended: true, when-suspended: shows, last-user: peer}
        services:
          samba: {running: true, ports: 445, enabled: no, start: works, stop: hangs}
        targets: [iqn.2026-01.org.example:a]
        luns: [{path: /dev/zvol/data/a, pool: data}]
        files: {/etc/flag: 'on'}
        devices: [/dev/da9]
        processes: [rsyncd]
        ports: [8080]
        latencies: {device: 3s, zpool import: 30s}
        tools:
          - {command: notify up, exit: 3, output: hi, takes: 2s, effects: [{creates: /tmp/up}]}
        faults:
          - {command: zfs mount, nth: 2, does: fails-after, exit: 5, says: no}
          - command: hastctl role primary a
            then: [{after: 200ms, worker-dies: a}]
        later:
          - {after: 1s, carp: master}
          - {after: 2s, signal: become-slave}
        """

    @Test(arguments: [
        ("standng: serving", "unknown-key", "did you mean `standing`?"),
        ("standing: servin", "bad-value", "did you mean `serving`?"),
        ("vhid: 0", "bad-value", nil),
        ("disks: {a: 1}", "wrong-type", nil),
        ("- a", "wrong-type", nil),
        ("faults: [{does: hangs}]", "missing-key", nil),
        ("faults: [{command: zpool import}]", "missing-key", nil),
        ("faults: [{command: zpool import, does: late}]", "missing-key", nil),
        ("faults: [{command: '', does: hangs}]", "bad-value", nil),
        ("faults: [{command: a, does: hangs, after: 3s}]", "bad-value", nil),
        ("faults: [{command: a, does: late, after: 3s, exit: 1}]", "bad-value", nil),
        ("faults: [zpool import]", "bad-value", nil),
        ("faults: [a b: hang]", "bad-value", "did you mean `hangs`?"),
        ("faults: [peer-dies after 3s]", "bad-value", nil),
        ("later: [peer-dys after 3s]", "unknown-happening", "did you mean `peer-dies`?"),
        ("later: [zpool import: hangs]", "bad-value", "write it under `faults`"),
        ("later: [holds: tnk]", "unknown-name", "did you mean `tank`?"),
        ("faults: [{command: a, does: hang}]", "bad-value", "did you mean `hangs`?"),
        ("later: [{after: 5, worker-dies: disk1}]", "bad-value", nil),
        ("later: [{after: 5s}]", "wrong-type", nil),
        ("later: [{after: 5s, worker-dis: disk1}]", "unknown-key", "did you mean `worker-dies`?"),
        ("later: [{worker-dies: disk12}]", "unknown-name", "did you mean `disk1`?"),
        ("later: [{carp: mister}]", "bad-value", "did you mean `master`?"),
        ("later: [{suspends: tnk}]", "unknown-name", "did you mean `tank`?"),
        ("pools: {tank: {holders: [{kind: files}]}}", "missing-key", nil),
        ("services: [ctld]", "wrong-type", nil),
        ("services: {ctld: {start: lately}}", "bad-value", nil),
        ("latencies: {zpool import: soon}", "bad-value", nil),
        ("ports: [http]", "bad-value", nil),
        ("disks: [a, a]\ndisks: [b]", "duplicate-key", nil),
    ])
    func faults(_ text: String, _ code: String, _ help: String?) {
        let (world, diagnostics) = read(text)
        #expect(world == nil)
        #expect(diagnostics.contains { $0.code == code && (help == nil || $0.help == help) })
        #expect(diagnostics.allSatisfy { $0.span != nil })
    }

    /// A line and a map that say the same are the same; its words are where they stand.
    @Test(arguments: [
        ("faults: ['zpool import: hangs']", "faults: [{command: zpool import, does: hangs}]"),
        ("faults: [zpool import: hangs]", "faults: [{command: zpool import, does: hangs}]"),
        ("faults: [zpool: hangs]", "faults: [{command: zpool, does: hangs}]"),
        (
            "faults: ['a b #12: fails-after exit 7']",
            "faults: [{command: a b, nth: 12, does: fails-after, exit: 7}]"
        ),
        (
            "faults: [a b: late after 1m]",
            "faults: [{command: a b, does: late, after: 1m}]"
        ),
        ("later: [peer-dies after 3s]", "later: [{after: 3s, peer-dies: }]"),
        ("later: [interrupt]", "later: [{interrupt: }]"),
        ("later: [worker-dies all after 2s]", "later: [{after: 2s, worker-dies: all}]"),
        (
            "later: ['process-ends hastd: x after dark after 2s']",
            "later: [{after: 2s, process-ends: 'hastd: x after dark'}]"
        ),
        ("later: [hangs zpool list after 1s]", "later: [{after: 1s, hangs: zpool list}]"),
        ("later: [holds tank]", "later: [holds: {pool: tank}]"),
    ])
    func aLineIsAMap(_ line: String, _ map: String) throws {
        let (one, other) = (read(line), read(map))
        #expect(one.diagnostics == [] && other.diagnostics == [])
        let (world, same) = (try #require(one.world), try #require(other.world))
        #expect("\(world.faults)" == "\(same.faults)")
        #expect("\(world.later)" == "\(same.later)")
        #expect(world.faults.count + world.later.count > 0)
    }

    @Test(arguments: [
        ("faults: ['a b #x: hangs']", 15, 17), ("faults: [a b: hang]", 15, 19),
        ("faults: ['a b: late after soon']", 27, 31), ("later: [peer-dies now]", 19, 22),
        ("later: [worker-dies dsk1 after 1s]", 21, 25),
    ])
    func aWordIsPointedAt(_ text: String, _ column: Int, _ end: Int) throws {
        let span = try #require(read(text).diagnostics.first?.span)
        #expect([span.column, span.endColumn] == [column, end])
    }

    @Test func allFaultsAtOnce() {
        let (_, diagnostics) = read("vhid: x\npeer: ded\nlater: [{after: 1, nothing: x}]\n")
        #expect(diagnostics.map(\.span?.line) == [1, 2, 3, 3, 3])
    }

    @Test func everyKeyIsExplained() throws {
        let bytes = try #require(TestFile.bytes("plans/worlds/README.md"))
        let text = String(decoding: bytes, as: UTF8.self)
        for key in WorldReader.keys + WorldReader.happenings {
            #expect(text.contains("`\(key)"), "plans/worlds/README.md lacks `\(key)`")
        }
    }

    @Test func aToolOfTheWorldActs() {
        var host = SimulatedHost(read(Self.everything).world ?? World())
        host.perform(.execute(WorkID(1), .tool("notify", "up", "now"), until: .ms(9000)))
        #expect(host.next()?.input.text == "superseded by become-slave")
        #expect(host.next()?.input.text == "ended 1: exit 3")
        #expect(host.world.kind(at: "/tmp/up") == .file)
    }

    @Test(arguments: [
        "planned-switchover", "dead-peer", "stuck-worker", "busy-pool", "peer-still-primary",
        "suspended-pool", "worker-dies", "slow-device", "import-returns-1-but-imported",
        "ctld-fails-late", "standby", "serving-master", "export-hangs",
    ])
    func shippedWorlds(_ name: String) throws {
        let path = "plans/worlds/\(name).yaml"
        let bytes = try #require(TestFile.bytes(path), "\(path) is missing")
        var diagnostics = Diagnostics()
        let source = SourceText(name: path, bytes: bytes)
        #expect(WorldFile.read(source, &diagnostics) != nil)
        #expect(diagnostics.all.isEmpty)
    }
}
