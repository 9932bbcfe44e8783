import Foundation
import Testing

/// A hold of takeovers alone: the pair is given up when a signal says so, and not taken over.
@Suite(.enabled(if: LiveStage.isPossible), .timeLimit(.minutes(20)))
struct HoldTests {
    /// A MASTER was recorded, nobody acts on it, and `status` says why.
    private func expectHeld(_ pair: LivePair, for reason: String) throws {
        let journals = pair.journals
        #expect(pair.wait { pair.spool.count == 1 }, "\(pair.stage.syslog)")
        Thread.sleep(forTimeInterval: 0.7)
        #expect(pair.workers.isEmpty && pair.journals == journals && pair.spool.count == 1)
        let status = try pair.failover("status").output
        #expect(status.contains("it is not taken over here: \(reason)"), "\(status)")
        #expect(status.contains("wanted    master"), "\(status)")
        #expect(pair.stage.syslog.contains { $0.contains("wants master; on hold") })
    }

    @Test func `after a switch that holds, the address may come back`() throws {
        let pair = try LivePair(.serving)
        let watcher = try pair.start("watch")
        let isHeard = try pair.wait { try pair.stage.ask("listeners").output == "1\n" }
        #expect(isHeard && pair.wait { pair.journals.count == 1 } && pair.waitForRest())
        let outcome = try pair.failover("switch", "--hold")
        #expect(outcome.code == 0 && pair.isSlave, "\(outcome)")
        #expect(outcome.output.contains("`failover unhold`"), "\(outcome.output)")
        #expect(pair.waitForRest())
        try pair.stage.happen("{carp: master}")
        try expectHeld(pair, for: "a switch")
        #expect(pair.isSlave)
        let journals = pair.journals.count
        try pair.stage.happen("{carp: backup}")
        #expect(pair.wait { pair.journals.count == journals + 1 } && pair.waitForRest())
        try pair.stage.happen("{carp: master}")
        try expectHeld(pair, for: "a switch")
        let ended = try pair.failover("unhold")
        #expect(ended.output.contains("the hold is ended; master is wanted"), "\(ended)")
        #expect(pair.wait { pair.isMaster } && pair.waitForRest(), "\(pair.stage.state)")
        #expect(pair.stage.damage.isEmpty && watcher.isRunning)
    }

    /// The words of rc(8)'s script; a hold of all would keep the pool on a machine that goes.
    @Test func `a shutdown makes less of a person's hold, and releases`() throws {
        let pair = try LivePair(.serving)
        #expect(try pair.failover("hold", "a disk is replaced").code == 0)
        #expect(try pair.failover("switch", "--hold").code != 0)
        #expect(pair.isMaster)
        #expect(try pair.failover("hold", "--acquires", "a shutdown").code == 0)
        let outcome = try pair.failover("switch", "--hold")
        #expect(outcome.code == 0 && pair.isSlave, "\(outcome)")
        #expect(pair.stage.damage.isEmpty)
    }

    @Test func `on hold for takeovers a release is acted on, and a takeover afterwards`() throws {
        let pair = try LivePair(.serving)
        let held = try pair.failover("hold", "--acquires", "its disks are doubtful")
        #expect(held.code == 0 && held.output.contains("not taken over here"), "\(held)")
        #expect(try pair.failover("on", "slave", "--wait").code == 0)
        #expect(pair.isSlave && pair.waitForRest())
        // Nothing is waited for that does not come.
        #expect(try pair.failover("on", "master", "--wait").code != 0)
        try expectHeld(pair, for: "its disks are doubtful")
        #expect(pair.isSlave)
        // The newest counts, so the takeover is not wanted any more.
        #expect(try pair.failover("on", "slave", "--wait").code == 0)
        #expect(pair.waitForRest())
        #expect(try pair.failover("on", "master").code == 0)
        #expect(try pair.failover("unhold").code == 0)
        #expect(pair.wait { pair.isMaster } && pair.waitForRest(), "\(pair.stage.state)")
        #expect(pair.stage.damage.isEmpty && pair.stage.overlaps == 0)
    }

    @Test func `a takeover under way comes to its end, and a release follows all the same`()
        throws
    {
        let pair = try LivePair(.takingOver, pace: LivePair.Pace.slow)
        #expect(try pair.failover("on", "master").code == 0)
        #expect(pair.waitForChange("zpool import"))
        #expect(try pair.failover("hold", "--acquires", "no more").code == 0)
        #expect(pair.wait { pair.isMaster } && pair.waitForRest(), "\(pair.stage.state)")
        #expect(try pair.failover("on", "slave", "--wait").code == 0)
        #expect(pair.isSlave && pair.stage.damage.isEmpty)
    }
}
