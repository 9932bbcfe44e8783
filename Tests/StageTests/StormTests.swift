import Foundation
import Testing

/// Signals in alternation from fifty processes against one pair, then one that counts.
///
/// `FAILOVER_STORM=10000` is the full storm.
@Suite(.enabled(if: LiveStage.isPossible), .timeLimit(.minutes(30)))
struct StormTests {
    private static let usual = 500
    private static let senders = 50
    /// So many workers may be seen at once: one that works, one that has just been started and
    /// finds the lock taken or is about to leave.
    private static let crowd = 4

    private static let script = """
        failover=$1; shift; count=$1; shift; senders=$1; shift
        sender() {
            n=0
            while [ $n -lt $count ]; do
                "$failover" on master "$@" || echo "master: $?" >&2
                "$failover" on slave "$@" || echo "slave: $?" >&2
                n=$((n + 1))
            done
        }
        n=0
        while [ $n -lt $senders ]; do sender "$@" & n=$((n + 1)); done
        wait
        """

    @Test(arguments: ["master", "slave"])
    func `after a storm the last signal counts`(_ last: String) throws {
        let variables = ProcessInfo.processInfo.environment
        let total = variables["FAILOVER_STORM"].flatMap { Int($0) } ?? Self.usual
        let pair = try LivePair(.takingOver, pace: LivePair.Pace.quick)
        let begin = Date.now
        let each = max(1, total / Self.senders / 2)
        let words = [LiveStage.program, "\(each)", "\(Self.senders)"] + pair.options
        let storm = try Started(
            LiveStage.tool,
            ["-s", "\(pair.stage.pid)", "exec", "/bin/sh", "-c", Self.script, "sh"] + words,
            patience: 1500)
        var most = 0
        var spools = 0
        while storm.isRunning {
            most = max(most, pair.workers.count)
            spools = max(spools, pair.spool.count)
            Thread.sleep(forTimeInterval: 0.05)
        }
        let passed = Date.now.timeIntervalSince(begin)
        let sent = storm.end()
        #expect(sent.code == 0 && sent.errors.isEmpty, "\(sent.errors.prefix(2000))")
        let outcome = try pair.failover("on", last, "--wait")
        let settled = Date.now.timeIntervalSince(begin) - passed
        #expect(outcome.code == 0, "\(outcome)")
        #expect(last == "master" ? pair.isMaster : pair.isSlave, "\(pair.stage.state)")
        #expect(pair.wait { pair.isQuiet }, "\(pair.processes)")
        #expect(pair.spool.isEmpty, "\(pair.spool)")
        #expect(pair.stage.overlaps == 0)
        #expect(pair.stage.damage.isEmpty, "\(pair.stage.damage)")
        #expect(most <= Self.crowd)
        // Each takes its time, and one follows the other; older journals are removed.
        let runs = pair.journals.count
        #expect(runs <= 20 + Int(passed * 10), "\(runs) runs")
        print(
            "storm: \(2 * each * Self.senders) signals from \(Self.senders) processes in",
            String(format: "%.1f s, %.2f s more until %@;", passed, settled, last),
            "\(runs) runs, at most \(most) workers and \(spools) records at once")
    }
}
