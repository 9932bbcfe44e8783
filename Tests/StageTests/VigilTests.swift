import Foundation
import Testing

/// Whoever waits for what is wanted has another worker started where one is killed.
@Suite(.enabled(if: LiveStage.isPossible), .timeLimit(.minutes(20)))
struct VigilTests {
    private static let another = "the worker is gone; another one is started"

    @Test func `a switch ends well, though its worker is killed twice`() throws {
        let pair = try LivePair(.serving, pace: LivePair.Pace.slow)
        let waiting = try pair.start("switch")
        #expect(pair.waitForChange("zpool export") && pair.killWorkers())
        #expect(pair.wait { pair.workers.isEmpty } && pair.wait { !pair.workers.isEmpty })
        #expect(pair.killWorkers())
        let outcome = waiting.end()
        #expect(outcome.code == 0, "\(outcome) \(pair.stage.syslog)")
        #expect(outcome.output.contains("the peer may take over now"), "\(outcome.output)")
        #expect(pair.isSlave && pair.stage.damage.isEmpty, "\(pair.stage.state)")
        #expect(pair.stage.syslog.count { $0.contains(Self.another) } == 2)
        #expect(pair.wait { pair.isQuiet } && pair.spool.isEmpty)
        let exports = pair.stage.changes.filter {
            $0.contains("zpool export") && $0.hasSuffix(": exit 0")
        }
        #expect(exports.count <= 1, "what took effect is not done again: \(exports)")
    }

    @Test(arguments: [("slave", "zpool export"), ("master", "zpool import")])
    func `a signal that is waited for is brought about by another worker`(
        _ signal: String, _ tool: String
    ) throws {
        let isMaster = signal == "master"
        let pair = try LivePair(
            isMaster ? .takingOver : .serving, pace: LivePair.Pace.slow)
        let waiting = try pair.start("on", signal, "--wait")
        #expect(pair.waitForChange(tool) && pair.killWorkers())
        let outcome = waiting.end()
        #expect(outcome.code == 0, "\(outcome) \(pair.stage.syslog)")
        #expect(isMaster ? pair.isMaster : pair.isSlave, "\(pair.stage.state)")
        #expect(pair.stage.syslog.count { $0.contains(Self.another) } == 1)
        #expect(pair.wait { pair.isQuiet } && pair.spool.isEmpty && pair.stage.damage.isEmpty)
    }
}
