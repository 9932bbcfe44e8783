import Foundation
import Testing

/// What `failover watch` makes good when a signal was lost or a worker killed.
@Suite(.enabled(if: LiveStage.isPossible), .timeLimit(.minutes(20)))
struct ReviewTests {
    /// Long enough for several reviews.
    private static let aWhile = 1.5
    private static let nobody = "nobody is at work for what is open"

    /// A watcher to which devd tells nothing, with the node at rest.
    private func deaf(_ pair: LivePair, _ words: String...) throws -> Started {
        let watch = ["watch", "--devd-socket", pair.folder.path + "/no-devd"]
        let every = ["--review-every", "200ms"]
        let watcher = try pair.stage.start(
            [LiveStage.program] + watch + every + words + pair.options)
        #expect(pair.wait { pair.stage.syslog.contains { $0.contains("watch listens") } })
        return watcher
    }

    /// A node that serves, as the watcher has seen it.
    private func serving(pace: String = LivePair.Pace.usual, _ edits: [(String, String)] = [])
        throws -> LivePair
    {
        try LivePair(.serving, pace: pace, edits: edits)
    }

    /// Waits until the first look was dealt with.
    private func rest(_ pair: LivePair) {
        #expect(pair.wait { pair.journals.count == 1 } && pair.waitForRest())
        #expect(pair.isMaster, "\(pair.stage.state)")
    }

    @Test func `a worker that was killed in a takeover is replaced`() throws {
        let pair = try LivePair(.takingOver, pace: LivePair.Pace.slow)
        let watcher = try deaf(pair)
        #expect(pair.waitForChange("zpool import") && pair.killWorkers())
        #expect(pair.wait { pair.isMaster } && pair.waitForRest(), "\(pair.stage.syslog)")
        #expect(pair.stage.syslog.contains { $0.contains(Self.nobody) })
        let first = try String(
            contentsOf: pair.journal(try #require(pair.journals.first)), encoding: .utf8)
        #expect(first.contains(#""fact":"resumed""#), "it was taken up")
        #expect(pair.stage.changes.count { $0.contains("zpool import") } == 1)
        #expect(pair.stage.damage.isEmpty && watcher.isRunning)
    }

    @Test func `a worker that watch started is replaced at once when it dies`() throws {
        let pair = try LivePair(.takingOver, pace: LivePair.Pace.slow)
        let watcher = try pair.start("watch")
        #expect(pair.waitForChange("zpool import") && pair.killWorkers())
        #expect(pair.wait { pair.isMaster } && pair.waitForRest(), "\(pair.stage.syslog)")
        #expect(pair.stage.syslog.contains { $0.contains(Self.nobody) })
        #expect(pair.stage.changes.count { $0.contains("zpool import") } == 1)
        #expect(pair.stage.damage.isEmpty && watcher.isRunning)
    }

    @Test func `a person's release goes on when its worker is killed`() throws {
        let pair = try serving(pace: LivePair.Pace.slow)
        let watcher = try deaf(pair)
        rest(pair)
        #expect(try pair.failover("on", "slave").code == 0)
        #expect(pair.waitForChange("zpool export") && pair.killWorkers())
        #expect(pair.wait { pair.isSlave } && pair.waitForRest(), "\(pair.stage.syslog)")
        let journals = pair.journals
        Thread.sleep(forTimeInterval: Self.aWhile)
        #expect(pair.isSlave && pair.journals == journals, "it is not taken over again")
        #expect(pair.stage.damage.isEmpty && watcher.isRunning)
    }

    @Test func `an address that changes without a signal is followed`() throws {
        let pair = try serving()
        let watcher = try deaf(pair)
        rest(pair)
        try pair.stage.happen("{carp: backup}")
        #expect(pair.wait { pair.isSlave } && pair.waitForRest(), "\(pair.stage.state)")
        try pair.stage.happen("{carp: master}")
        #expect(pair.wait { pair.isMaster } && pair.waitForRest(), "\(pair.stage.state)")
        let lines = pair.stage.syslog.filter { $0.contains("the address as watch sees it wants") }
        #expect(lines.count == 3, "the first look, and one for each change: \(lines)")
        #expect(pair.stage.damage.isEmpty && watcher.isRunning)
    }

    @Test func `a signal that is lost behind one that was heard is followed`() throws {
        let pair = try serving(
            pace: LivePair.Pace.slow,
            [("    # - keepalived: INSTANCE", "    - keepalived: INSTANCE")])
        let fifo = pair.folder.appending(path: "fifo").path
        let watcher = try deaf(pair, "--fifo", fifo)
        rest(pair)
        // The address is given back before anybody looks, and nobody says so.
        let pipe = try #require(FileHandle(forWritingAtPath: fifo))
        try pipe.write(contentsOf: Data("INSTANCE \"VI_1\" BACKUP 100\n".utf8))
        #expect(pair.waitForChange("zpool export"), "\(pair.stage.syslog)")
        #expect(pair.waitForChange("zpool import"), "\(pair.stage.syslog)")
        #expect(pair.wait { pair.isMaster } && pair.waitForRest(), "\(pair.stage.state)")
        #expect(pair.stage.damage.isEmpty && watcher.isRunning)
    }

    @Test func `what a person did stands until the address changes`() throws {
        let pair = try serving()
        let watcher = try deaf(pair)
        rest(pair)
        #expect(try pair.failover("on", "slave", "--wait").code == 0)
        #expect(pair.isSlave && pair.waitForRest())
        let journals = pair.journals
        Thread.sleep(forTimeInterval: Self.aWhile)
        #expect(pair.isSlave && pair.journals == journals, "\(pair.stage.syslog)")
        try pair.stage.happen("{carp: backup}")
        Thread.sleep(forTimeInterval: Self.aWhile)
        #expect(pair.isSlave && pair.journals == journals, "it is given up already")
        try pair.stage.happen("{carp: master}")
        #expect(pair.wait { pair.isMaster } && pair.waitForRest(), "\(pair.stage.state)")
        #expect(pair.stage.damage.isEmpty && watcher.isRunning)
    }

    @Test func `under a hold nothing follows before it is ended`() throws {
        let pair = try serving()
        let watcher = try deaf(pair)
        rest(pair)
        #expect(try pair.failover("hold", "a disk is replaced").code == 0)
        try pair.stage.happen("{carp: backup}")
        Thread.sleep(forTimeInterval: Self.aWhile)
        #expect(pair.isMaster && pair.journals.count == 1 && pair.spool.isEmpty)
        #expect(try pair.failover("unhold").output.contains("nothing was wanted meanwhile"))
        #expect(pair.wait { pair.isSlave } && pair.waitForRest(), "\(pair.stage.state)")
        #expect(watcher.isRunning)
    }

    @Test func `what comes in does not make the review come sooner`() throws {
        let pair = try serving()
        let watcher = try pair.start("watch")
        let isHeard = try pair.wait { try pair.stage.ask("listeners").output == "1\n" }
        #expect(isHeard, "\(watcher.errors)")
        rest(pair)
        let calls = pair.stage.calls
        #expect(!calls.isEmpty)
        for _ in 0..<50 {
            try pair.stage.ask("devd", "!system=IFNET subsystem=em7 type=LINK_UP")
        }
        try pair.stage.ask("devd", "!system=CARP subsystem=1@vlan50 type=no-state")
        #expect(pair.wait { pair.stage.syslog.contains { $0.contains("a signal is refused") } })
        #expect(pair.stage.calls == calls, "nobody looked at anything")
    }
}
