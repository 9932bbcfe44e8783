import Foundation
import Testing

/// A journal that could not be written to its end tells of no run that may be taken up.
@Suite(.enabled(if: LiveStage.isPossible), .timeLimit(.minutes(20)))
struct LossyJournalTests {
    /// An import of a second and a half, and services of three seconds behind it.
    private static let pace =
        "zpool: 30ms, zfs: 20ms, service: 20ms, service onestart: 3s, zpool import: 1500ms"

    /// A takeover whose journal was lost in its import, and whose engine was killed behind that.
    private func killed() throws -> LivePair {
        let pair = try LivePair(.takingOver, pace: Self.pace)
        #expect(try pair.failover("on", "master").code == 0)
        #expect(pair.waitForChange("zpool import"))
        let writers = pair.writers
        #expect(writers.count == 1, "\(writers)")
        for writer in writers { kill(writer, SIGSTOP) }
        #expect(pair.wait { self.notes(pair).contains("lossy ") }, "\(pair.stage.syslog)")
        #expect(pair.waitForChange(" onestart") && pair.killWorkers())
        #expect(pair.wait { pair.isQuiet })
        let journal = pair.journal(try #require(pair.journals.first))
        let text = try String(contentsOf: journal, encoding: .utf8)
        #expect(!text.contains(#""fact":"ended""#) && !text.contains("onestart"), "\(text)")
        return pair
    }

    private func notes(_ pair: LivePair) -> String {
        let path = pair.folder.appending(path: "run/default/recovered")
        return (try? String(contentsOf: path, encoding: .utf8)) ?? ""
    }

    /// The first run was closed, and another one has done what is wanted.
    private func expectClosed(_ pair: LivePair) throws {
        #expect(!pair.stage.syslog.contains { $0.contains("was taken up") })
        let first = try String(
            contentsOf: pair.journal(try #require(pair.journals.first)), encoding: .utf8)
        #expect(!first.contains(#""fact":"resumed""#))
        #expect(first.contains(#""ending":"left""#), "the disk is well again: \(first)")
        #expect(pair.journals.count == 2 && pair.waitForRest() && pair.stage.damage.isEmpty)
        #expect(try pair.failover("recover").output.contains("no run was left unfinished"))
    }

    @Test(arguments: ["master", "slave"])
    func `its run is closed, and the next worker does what is wanted`(_ signal: String) throws {
        let pair = try killed()
        let outcome = try pair.failover("on", signal, "--wait")
        #expect(outcome.code == 0, "\(outcome) \(pair.stage.syslog)")
        #expect(signal == "master" ? pair.isMaster : pair.isSlave, "\(pair.stage.state)")
        let why = "its journal could not be written to the end"
        #expect(pair.stage.syslog.contains { $0.contains(why) }, "\(pair.stage.syslog)")
        try expectClosed(pair)
    }

    @Test func `a person is told why it is not taken up`() throws {
        let pair = try killed()
        let outcome = try pair.failover("recover")
        #expect(outcome.output.contains("its journal could not be written to the end"))
        #expect(!outcome.output.contains("was taken up"), "\(outcome)")
        #expect(try pair.failover("on", "slave", "--wait").code == 0)
        #expect(pair.isSlave, "\(pair.stage.state)")
        try expectClosed(pair)
    }
}
