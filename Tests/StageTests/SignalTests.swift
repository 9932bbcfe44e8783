import Foundation
import Testing

/// Signals end to end: what comes in, who acts on it, what is told afterwards.
@Suite(.enabled(if: LiveStage.isPossible), .timeLimit(.minutes(20)))
struct SignalTests {
    @Test func `a signal takes the pair over, another gives it up`() throws {
        let pair = try LivePair(.takingOver)
        let taken = try pair.failover("on", "master", "--wait")
        #expect(taken.code == 0 && taken.output.isEmpty, "\(taken)")
        #expect(pair.isMaster, "\(pair.stage.state)")
        let status = try pair.failover("status")
        #expect(status.code == 0)
        #expect(status.output.contains("last run  become-master"), "\(status.output)")
        #expect(status.output.contains("nothing more than what is"), "\(status.output)")
        #expect(try pair.failover("show").output.contains("service was up after"))
        let given = try pair.failover("on", "slave", "--wait")
        #expect(given.code == 0, "\(given)")
        #expect(pair.isSlave, "\(pair.stage.state)")
        let history = try pair.failover("history").output.split(separator: "\n")
        #expect(history.count == 2 && history.allSatisfy { $0.contains("done") }, "\(history)")
        #expect(pair.wait { pair.isQuiet } && pair.spool.isEmpty)
        #expect(pair.stage.damage.isEmpty && pair.stage.overlaps == 0)
    }

    @Test func `a signal of the other direction in the middle of a run wins`() throws {
        let pair = try LivePair(.takingOver, pace: LivePair.Pace.slow)
        #expect(try pair.failover("on", "master").code == 0)
        #expect(pair.wait { pair.stage.changes.contains { $0.contains("zpool import") } })
        let begin = Date.now
        #expect(try pair.failover("on", "slave").code == 0)
        #expect(Date.now.timeIntervalSince(begin) < 1, "it waits for nothing")
        #expect(pair.wait { pair.isQuiet && pair.spool.isEmpty })
        #expect(pair.isSlave, "\(pair.stage.state)")
        let history = try pair.failover("history").output
        #expect(history.contains("SUPERSEDED"), "\(history)")
        #expect(pair.stage.damage.isEmpty)
    }

    @Test func `watch follows the address, and its restart gives nothing up`() throws {
        let pair = try LivePair(.takingOver)
        let first = try watch(pair)
        #expect(pair.wait { pair.isMaster }, "it looks at its start: \(pair.stage.state)")
        try pair.stage.happen("{carp: backup}")
        #expect(pair.wait { pair.isSlave }, "\(pair.stage.state)")
        try pair.stage.happen("{carp: master}")
        #expect(pair.wait { pair.isMaster && pair.workers.isEmpty })
        let changes = pair.stage.changes.count
        first.signal(SIGTERM)
        #expect(first.end().code == 0, "\(first.errors)")
        #expect(pair.isMaster)
        let journals = pair.journals.count
        let second = try watch(pair)
        let isListening = pair.wait {
            pair.stage.syslog.count { $0.contains("watch listens") } == 2
        }
        #expect(isListening, "\(pair.stage.syslog.suffix(12))")
        #expect(pair.isMaster && pair.stage.changes.count == changes, "\(pair.stage.changes)")
        try pair.stage.happen("{carp: backup}")
        #expect(pair.wait { pair.isSlave && pair.workers.isEmpty }, "\(pair.stage.state)")
        #expect(pair.journals.count == journals + 1, "an address that is as it was is no news")
        second.signal(SIGKILL)
        _ = second.end()
        #expect(pair.isSlave && pair.stage.damage.isEmpty)
    }

    @Test func `watch that is killed in the middle of a run lets it go on`() throws {
        let pair = try LivePair(.takingOver, pace: LivePair.Pace.slow)
        let watcher = try watch(pair)
        #expect(pair.wait { pair.stage.changes.contains { $0.contains("zpool import") } })
        watcher.signal(SIGKILL)
        _ = watcher.end()
        #expect(pair.wait { pair.isQuiet } && pair.isMaster, "\(pair.stage.state)")
        #expect(pair.journals.count == 1)
    }

    @Test func `on hold a signal is recorded, and acted on afterwards`() throws {
        let pair = try LivePair(.takingOver)
        #expect(try pair.failover("hold", "a disk is replaced").code == 0)
        #expect(try pair.failover("on", "master").code == 0)
        Thread.sleep(forTimeInterval: 0.5)
        #expect(pair.isQuiet && pair.journals.isEmpty && pair.spool.count == 1)
        let status = try pair.failover("status").output
        #expect(status.contains("a disk is replaced") && status.contains("wanted    master"))
        #expect(try pair.failover("unhold").code == 0)
        #expect(pair.wait { pair.isMaster && pair.isQuiet && pair.spool.isEmpty })
    }

    @Test func `a planned handover yields the address and gives everything up`() throws {
        let pair = try LivePair(.serving)
        let outcome = try pair.failover("switch")
        #expect(outcome.code == 0, "\(outcome)")
        #expect(outcome.output.contains("the peer may take over now"), "\(outcome.output)")
        #expect(pair.isSlave && pair.stage.state.contains("vhid 1@vlan50: backup, advskew 254"))
        #expect(pair.stage.damage.isEmpty)
    }

    @Test func `what devd could never say is refused, and nothing follows`() throws {
        let pair = try LivePair(.takingOver)
        for subsystem in ["1@em0; reboot", "$(x)", "1@vlan50 type=BACKUP"] {
            let line = "!system=CARP subsystem=\(subsystem) type=MASTER"
            let outcome = try pair.failover("on", "--devd", line)
            #expect(outcome.code != 0 || pair.spool.isEmpty, "\(line): \(outcome)")
        }
        #expect(pair.isQuiet && pair.journals.isEmpty)
        #expect(pair.stage.syslog.contains { $0.contains("refused") }, "\(pair.stage.syslog)")
        let good = "!system=CARP subsystem=1@vlan50 type=MASTER"
        #expect(try pair.failover("on", "--devd", good, "--wait").code == 0)
        #expect(pair.isMaster)
    }

    private func watch(_ pair: LivePair) throws -> Started {
        let watcher = try pair.start("watch")
        let isHeard = try pair.wait { try pair.stage.ask("listeners").output == "1\n" }
        #expect(isHeard, "\(watcher.errors)")
        return watcher
    }
}
