import Foundation
import Testing

/// A run that another engine takes up hears of what comes meanwhile.
@Suite(.enabled(if: LiveStage.isPossible), .timeLimit(.minutes(20)))
struct ResumedRunTests {
    /// A takeover whose engine was killed in its import, and that another worker has taken up.
    private func takenUp() throws -> LivePair {
        let pair = try LivePair(.takingOver, pace: LivePair.Pace.slow)
        #expect(try pair.failover("on", "master").code == 0)
        #expect(pair.waitForChange("zpool import") && pair.killWorkers())
        #expect(pair.wait { pair.isQuiet })
        #expect(try pair.failover("on", "master").code == 0)
        #expect(pair.wait { self.journal(pair).contains(#""fact":"resumed""#) })
        return pair
    }

    private func journal(_ pair: LivePair) -> String {
        let journal = pair.journals.first.map { pair.journal($0) }
        return journal.flatMap { try? String(contentsOf: $0, encoding: .utf8) } ?? ""
    }

    @Test func `a release that is wanted meanwhile supersedes it`() throws {
        let pair = try takenUp()
        #expect(try pair.failover("on", "slave", "--wait").code == 0)
        #expect(pair.isSlave && pair.stage.damage.isEmpty, "\(pair.stage.state)")
        #expect(journal(pair).contains(#""fact":"superseded""#), "\(journal(pair).suffix(2000))")
        let history = try pair.failover("history").output.split(separator: "\n")
        #expect(history.count == 2 && history[1].contains("SUPERSEDED"), "\(history)")
        #expect(pair.wait { pair.isQuiet } && pair.spool.isEmpty)
    }

    @Test func `an equal signal is no reason to end it`() throws {
        let pair = try takenUp()
        #expect(try pair.failover("on", "master", "--wait").code == 0)
        #expect(pair.isMaster, "\(pair.stage.syslog)")
        #expect(journal(pair).contains(#""ending":"done""#))
        #expect(pair.stage.changes.count { $0.contains("zpool import") } == 1)
        #expect(!journal(pair).contains(#""fact":"superseded""#))
        #expect(pair.wait { pair.isQuiet } && pair.spool.isEmpty && pair.stage.damage.isEmpty)
    }
}
