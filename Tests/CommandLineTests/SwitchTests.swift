import Foundation
import Testing

/// A planned handover on a node of a Linux pair, whose tools keep their state in files.
@Suite struct SwitchTests {
    private let pair: PlainPair

    /// `drbdsetup` says `role`, `conn`, `sync` and `disk`; `peer` is what the peer's failover says.
    private static let script = #"""
        #!/bin/sh
        D=$(cd "$(dirname "$0")" && pwd)
        case $0 in
        *drbdadm)
            echo "drbdadm $*" >>"$D/calls"
            [ "$1" != primary ] || echo Primary >"$D/role"
            [ "$1" != secondary ] || echo Secondary >"$D/role" ;;
        *drbdsetup)
            echo "$3 node-id:0 role:$(cat "$D/role") suspended:no"
            echo "  volume:0 minor:0 disk:UpToDate quorum:yes"
            echo "  b node-id:1 connection:$(cat "$D/conn") role:$(cat "$D/theirs") congested:no"
            echo "    volume:0 replication:$(cat "$D/sync") peer-disk:$(cat "$D/disk")" ;;
        *peer) cat "$D/says"; echo "$*" >>"$D/asked" ;;
        esac
        """#

    init() throws {
        pair = try PlainPair()
        try pair.file("script", Self.script)
        let install = "for t in drbdadm drbdsetup peer; do /usr/bin/install -m 755 script $t; done"
        let made = try Program.start(
            ["-c", "cd '\(pair.folder)' && \(install)"], binary: URL(filePath: "/bin/sh")
        ).end()
        #expect(made.code == 0, "\(made.errors)")
        try tell([:])
        try pair.file(
            "up.yaml",
            pair.text("up.yaml") + "  - set-role: {resource: r0, role: primary}\n"
                + "if-failed:\n  - execute: [touch, \(pair.folder)/yielded]\n")
        try pair.file(
            "down.yaml", pair.text("down.yaml") + "  - set-role: {resource: r0, role: secondary}\n")
        try pair.file("up", "")
    }

    /// What the tools say, besides that all is well and this node is primary.
    private func tell(_ changes: [String: String]) throws {
        let well = [
            "role": "Primary", "conn": "Connected", "theirs": "Secondary", "sync": "Established",
            "disk": "UpToDate",
        ]
        for (name, text) in well.merging(changes, uniquingKeysWith: { $1 }) {
            try pair.file(name, text + "\n")
        }
    }

    private var isUntouched: Bool {
        pair.has("up") && !pair.has("yielded") && !pair.has("calls") && pair.journals.isEmpty
    }

    private static let unready: [(changes: [String: String], why: String)] = [
        (
            ["conn": "Connecting", "theirs": "Unknown", "sync": "Off", "disk": "Outdated"],
            "not connected with the peer (Connecting)"
        ),
        (
            ["conn": "StandAlone", "theirs": "Unknown", "sync": "Off", "disk": "DUnknown"],
            "(StandAlone)"
        ),
        (["sync": "SyncSource", "disk": "Inconsistent"], "synchronized (SyncSource)"),
        (["disk": "Diskless"], "copy of r0 is Diskless"),
    ]

    @Test(arguments: unready)
    func `to a peer that would not take over it hands nothing`(
        _ changes: [String: String], _ why: String
    ) throws {
        try tell(changes)
        let refused = try pair.failover("switch")
        #expect(refused.code == 4 && refused.errors.contains(why), "\(refused)")
        #expect(refused.errors.contains("--force") && isUntouched, "\(refused)")
        let forced = try pair.failover("switch", "--force")
        #expect(forced.code == 0 && forced.errors.contains(why), "\(forced)")
        #expect(!pair.has("up") && pair.has("yielded"))
    }

    @Test func `a shutdown is refused for nobody's want`() throws {
        try tell(Self.unready[0].changes)
        let outcome = try pair.failover("switch", "--hold")
        #expect(outcome.code == 0 && !pair.has("up"), "\(outcome)")
        #expect(try pair.failover("switch", "--hold", "--wait").code == 64)
    }

    /// The node serves, and the texts of its files were kept by a worker.
    private func serveAgain() throws {
        let outcome = try pair.failover("on", "slave", "--wait")
        #expect(outcome.code == 0, "\(outcome)")
        // The texts are kept when the worker leaves.
        #expect(pair.wait { pair.has("state/.last-good.json") })
        try tell([:])
        try pair.file("up", "")
    }

    @Test func `with the signals at fault the address is yielded all the same`() throws {
        try serveAgain()
        let signals = pair.text("signals.yaml")
        try pair.file("signals.yaml", signals.replacing("acquire:", with: "aquire:"))
        let status = try pair.failover("status")
        #expect(status.code == 65 && status.output.contains("AT FAULT"), "\(status)")
        let json = try pair.failover("status", "--json")
        #expect(json.code == 65 && json.output.contains(#""standing":"faulty""#), "\(json)")
        let outcome = try pair.failover("switch")
        #expect(outcome.code == 0 && outcome.output.contains("is yielded"), "\(outcome)")
        #expect(pair.has("yielded") && !pair.has("up"))
    }

    @Test func `with the plan at fault it is yielded by its kept text`() throws {
        try serveAgain()
        try pair.file("up.yaml", pair.text("up.yaml").replacing("if-failed:", with: "if-faild:"))
        let outcome = try pair.failover("switch")
        #expect(outcome.code == 0 && outcome.output.contains("by its text of"), "\(outcome)")
        #expect(pair.has("yielded") && !pair.has("up"))
    }

    @Test func `an address that could not be yielded is no success`() throws {
        try serveAgain()
        try FileManager.default.removeItem(atPath: "\(pair.folder)/state/.last-good.json")
        try pair.file("up.yaml", pair.text("up.yaml").replacing("if-failed:", with: "if-faild:"))
        let outcome = try pair.failover("switch")
        #expect(outcome.code == 2 && outcome.output.contains("is not yielded"), "\(outcome)")
        #expect(!pair.has("yielded") && !pair.has("up"), "what can be given up is")
    }

    private func status(_ rest: String) -> String {
        #"{"fact":"status","pair":"p","master":"does-not","running":false\#(rest)}"# + "\n"
    }

    private static let answers: [(says: String?, why: String)] = [
        (#","hold":"a disk is replaced","holds":"all""#, "the peer is on hold: a disk is replaced"),
        (#","standing":"stuck""#, "the peer's last run is stuck"),
        (#","standing":"faulty""#, "a file of the peer is at fault"),
        (nil, "the peer cannot be asked"),
    ]

    @Test(arguments: answers)
    func `nor to one that says so itself`(_ says: String?, _ why: String) throws {
        try pair.file("site.yaml", pair.text("site.yaml") + "ask-peer: [peer, failover]\n")
        try pair.file("says", says.map(status) ?? "Permission denied\n")
        let refused = try pair.failover("switch")
        #expect(refused.code == 4 && refused.errors.contains(why), "\(refused)")
        #expect(isUntouched)
        #expect(pair.text("asked") == "failover status --json --pair p\n")
        try pair.file("says", status(""))
        #expect(try pair.failover("switch").code == 0)
        #expect(!pair.has("up"))
    }

    @Test func `who waits is told that the peer serves`() throws {
        try pair.file("site.yaml", pair.text("site.yaml") + "ask-peer: [peer, failover]\n")
        try pair.file("says", status(""))
        let program = try pair.start(["switch", "--wait"])
        #expect(pair.wait { !pair.has("up") && pair.text("role") == "Secondary\n" })
        try tell(["role": "Secondary", "theirs": "Primary"])
        program.wait(for: "the peer is taking over")
        try pair.file("says", status("").replacing("does-not", with: "holds"))
        let outcome = program.end()
        #expect(outcome.code == 0 && outcome.errors.contains("the peer serves"), "\(outcome)")
        #expect(outcome.errors.contains("p: the release ended: done"), "\(outcome)")
    }

    @Test func `who waits no more is told what goes on`() throws {
        let program = try pair.start(["switch", "--wait"])
        #expect(pair.wait { pair.text("calls").contains("drbdadm secondary r0") })
        program.wait(for: "the release ended: done")
        Thread.sleep(forTimeInterval: 0.5)
        program.process.interrupt()
        let outcome = program.end()
        #expect(outcome.code == 130, "\(outcome)")
        #expect(outcome.errors.contains("waiting ended"), "\(outcome)")
    }

    /// The plans' limits are as short as they can be: within 1s, and 1s for the acquire plan.
    @Test func `what the peer does not take is taken back`() throws {
        try pair.file("up.yaml", "timeout: 1s\n" + pair.text("up.yaml"))
        let outcome = try pair.failover("switch", "--wait")
        #expect(outcome.code == 1, "\(outcome)")
        #expect(outcome.errors.contains("taken back: this node serves again"), "\(outcome)")
        #expect(pair.has("up") && pair.text("role") == "Primary\n")
        try FileManager.default.removeItem(atPath: pair.folder + "/master")
        let lost = try pair.failover("switch", "--wait")
        #expect(lost.code == 3 && lost.errors.contains("NOBODY SERVES"), "\(lost)")
    }

    @Test func `a signal that is waited for exits for what was asked`() throws {
        let master = try pair.failover("on", "master", "--wait")
        #expect(master.code == 0 && master.errors.contains("p: up by signal master"), "\(master)")
        try FileManager.default.removeItem(atPath: pair.folder + "/master")
        let other = try pair.failover("on", "master", "--wait")
        #expect(other.code == 4, "\(other)")
        #expect(
            other.errors.contains("this node is not what master wants: the release came instead"))
        #expect(try pair.failover("on", "slave", "--wait").code == 0)
        #expect(try pair.failover("hold", "why").code == 0)
        let held = try pair.failover("on", "master", "--wait")
        #expect(held.code == 4 && held.errors.contains("is on hold: why"), "\(held)")
    }
}
