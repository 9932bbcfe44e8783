import Foundation
import Testing

/// What is wrong with the folder of the journals is told, and stops nothing.
@Suite(.enabled(if: LiveStage.isPossible), .timeLimit(.minutes(20)))
struct StoreFaultTests {
    /// A line of the log as loud as this: `crit` of the facility daemon (3 · 8 + 2).
    private static let loud = "<26>"

    /// A run over a folder that `prepare` has dealt with; how often it shouted, and about what.
    private func run(
        _ words: [String], state: String = "/run/state", within limit: TimeInterval = 20
    )
        throws -> (pair: LivePair, shouts: [String])
    {
        // The stage has a mount(8) of its own; a copy of the real one is not in its way.
        let mount = FileManager.default.temporaryDirectory.appending(path: "mount-\(UUID())")
        try FileManager.default.copyItem(at: URL(filePath: "/usr/bin/mount"), to: mount)
        defer { try? FileManager.default.removeItem(at: mount) }
        let pair = try LivePair(.takingOver, state: state)
        let script = ["MOUNT=\(mount.path)"] + words
        let prepared = try pair.stage.execute(["/bin/sh", "-ec", script.joined(separator: "\n")])
        #expect(prepared.code == 0, "\(prepared.errors)")
        let begin = Date.now
        let outcome = try pair.failover("on", "master", "--wait")
        let seconds = Date.now.timeIntervalSince(begin)
        #expect(pair.isMaster, "\(outcome) \(pair.stage.state) \(pair.stage.syslog)")
        #expect(seconds < limit, "\(seconds) s")
        #expect(outcome.code == 0, "how it ended is known without a journal: \(outcome)")
        #expect(pair.wait { pair.isQuiet } && pair.spool.isEmpty)
        return (pair, pair.stage.syslog.filter { $0.hasPrefix(Self.loud) })
    }

    private func tell(_ what: String, _ shouts: [String]) {
        print("\(what): shouted \(shouts.count) times:", shouts.map { $0.prefix(300) })
    }

    @Test func `a full disk`() throws {
        let run = try run([
            "mkdir -m 700 /run/state", "$MOUNT -t tmpfs -o size=8k,mode=700 none /run/state",
        ])
        tell("full disk", run.shouts)
        #expect(run.shouts.contains { $0.contains("no space left") }, "\(run.pair.stage.syslog)")
        #expect(run.shouts.count == 1)
        let later = try run.pair.failover("on", "slave", "--wait")
        #expect(run.pair.isSlave, "\(later)")
    }

    @Test func `a disk without any room`() throws {
        let run = try run([
            "mkdir -m 700 /run/state", "$MOUNT -t tmpfs -o size=4k,mode=700 none /run/state",
            "umask 077; mkdir -p /run/state/default/runs", "head -c 4096 /dev/zero >/run/state/x",
        ])
        tell("no room", run.shouts)
        #expect(run.shouts.contains { $0.contains("no space left") }, "\(run.pair.stage.syslog)")
        #expect(run.shouts.count == 1)
    }

    @Test(arguments: ["sync", "write"])
    func `a disk on which this fails each time`(_ what: String) throws {
        let run = try run([
            "mkdir -m 700 /run/state", "\(LiveStage.tool) -d /run/state \(what)",
        ])
        tell("failing \(what)", run.shouts)
        #expect(run.shouts.contains { $0.contains("input/output error") })
        #expect(run.shouts.count <= 2, "each thing is told once")
        let later = try run.pair.failover("on", "slave", "--wait")
        #expect(later.code == 0 && run.pair.isSlave, "\(later)")
        #expect(run.pair.stage.damage.isEmpty && run.pair.stage.overlaps == 0)
    }

    @Test func `a disk that is mounted to be read only`() throws {
        let run = try run([
            "mkdir -m 700 /run/state", "$MOUNT --bind /run/state /run/state",
            "$MOUNT -o remount,ro,bind /run/state",
        ])
        tell("read-only", run.shouts)
        #expect(run.shouts.contains { $0.contains("read-only file system") })
    }

    @Test func `a plan that is at fault is told to whoever waits`() throws {
        let pair = try LivePair(.takingOver, edits: [("plan: become-master", "plan: [")])
        let outcome = try pair.failover("on", "master", "--wait")
        #expect(outcome.code != 0, "\(outcome)")
        #expect(pair.stage.syslog.contains { $0.contains("is at fault, and nothing runs by it") })
        #expect(pair.stage.changes.isEmpty)
    }

    @Test func `a folder that is missing is made`() throws {
        let run = try run(["true"], state: "/run/deep/down/state")
        #expect(run.shouts.isEmpty)
        let modes = try run.pair.stage.execute([
            "/bin/sh", "-c", "stat -c %a /run/deep/down/state /run/deep/down/state/default/runs/*",
        ])
        #expect(modes.output == "700\n600\n", "\(modes)")
    }

    @Test(arguments: [
        "chown 1234 /run/state", "chmod 777 /run/state", "mv /run/state /run/gone; >/run/state",
    ])
    func `a folder that others could write in, or that is none`(_ command: String) throws {
        let run = try run(["mkdir -m 700 /run/state", command])
        tell(command, run.shouts)
        #expect(!run.shouts.isEmpty)
        #expect(run.shouts.contains { $0.contains("(ch") || $0.contains("(mv") }, "\(run.shouts)")
    }

    @Test func `a writer of the journal that is stopped`() throws {
        let pair = try LivePair(.takingOver, pace: LivePair.Pace.slow)
        #expect(try pair.failover("on", "master").code == 0)
        #expect(pair.wait { pair.stage.changes.contains { $0.contains("zpool import") } })
        let writers = pair.writers
        #expect(writers.count == 1, "\(writers)")
        for writer in writers { kill(writer, SIGSTOP) }
        #expect(pair.wait { pair.isMaster && pair.workers.count <= 1 }, "\(pair.stage.state)")
        #expect(pair.wait { pair.stage.syslog.contains { $0.contains("ends: done") } })
        let shouts = pair.stage.syslog.filter { $0.hasPrefix(Self.loud) }
        tell("stopped writer", shouts)
        #expect(shouts.count == 1)
        #expect(pair.wait { pair.spool.isEmpty })
        for writer in writers { kill(writer, SIGCONT) }
        #expect(pair.wait { pair.isQuiet })
        #expect(try pair.failover("history").output.contains("done"), "it got its lines after all")
    }
}
