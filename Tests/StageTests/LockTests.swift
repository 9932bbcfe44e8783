import Foundation
import Testing

/// One run of a pair at a time, by whomever it was started.
@Suite(.enabled(if: LiveStage.isPossible), .timeLimit(.minutes(20)))
struct LockTests {
    /// A run that does not have the lock ends so (`EX_TEMPFAIL`).
    private static let held: Int32 = 75

    /// A worker whose tool takes five seconds.
    private func busy(_ standing: LivePair.Standing, _ signal: String, in tool: String) throws
        -> LivePair
    {
        let pair = try LivePair(standing, pace: LivePair.Pace.slow)
        #expect(try pair.failover("on", signal).code == 0)
        let isBusy = pair.wait { pair.stage.changes.contains { $0.contains(tool) } }
        #expect(isBusy, "\(pair.stage.state)")
        return pair
    }

    @Test func `while a worker holds the lock, a person's run names it and gives up`() throws {
        let pair = try busy(.takingOver, "master", in: "zpool import")
        let run = try pair.startRun("become-slave").end()
        #expect(run.code == Self.held)
        #expect(run.errors.contains("become-master by signal master"), "\(run.errors)")
        #expect(run.errors.contains("--supersede"))
        let status = try pair.failover("status").output
        #expect(status.contains("runs      become-master"), "\(status)")
        #expect(pair.wait { pair.isQuiet } && pair.isMaster)
    }

    @Test func `an acquire hands over to a person who supersedes it`() throws {
        let pair = try busy(.takingOver, "master", in: "zpool import")
        let run = try pair.startRun("become-slave", "--supersede").end()
        #expect(run.code == 0, "\(run)")
        #expect(pair.isSlave)
        #expect(pair.wait { pair.isQuiet } && pair.spool.isEmpty, "nobody begins again")
        Thread.sleep(forTimeInterval: 0.5)
        let history = try pair.failover("history").output.split(separator: "\n")
        #expect(history.count == 2 && history[1].contains("SUPERSEDED"), "\(history)")
        #expect(pair.isSlave && pair.stage.damage.isEmpty)
    }

    @Test func `a release finishes before a person's run begins`() throws {
        let pair = try busy(.serving, "slave", in: "zpool export")
        let run = try pair.startRun("become-master", "--supersede").end()
        #expect(run.code == 0, "\(run)")
        #expect(pair.isMaster, "\(pair.stage.state)")
        #expect(pair.wait { pair.isQuiet } && pair.spool.isEmpty)
        let history = try pair.failover("history").output.split(separator: "\n")
        #expect(history.count == 2 && history[1].hasSuffix("done"), "\(history)")
        #expect(pair.stage.damage.isEmpty && pair.stage.overlaps == 0)
    }

    @Test func `a signal that comes during a person's run is acted on after it`() throws {
        let pair = try LivePair(.serving, pace: LivePair.Pace.slow)
        let run = try pair.startRun("become-slave")
        #expect(pair.wait { pair.stage.changes.contains { $0.contains("zpool export") } })
        #expect(try pair.failover("on", "master").code == 0)
        let outcome = run.end()
        #expect(outcome.code == 0, "\(outcome)")
        #expect(pair.wait { pair.spool.isEmpty && pair.isQuiet } && pair.isMaster)
        #expect(pair.stage.damage.isEmpty && pair.stage.overlaps == 0)
    }

    @Test func `of two runs at once, one is under way`() throws {
        let pair = try LivePair(.takingOver)
        let runs = try [pair.startRun("become-master"), pair.startRun("become-master")]
        let codes = runs.map { $0.end().code }.sorted()
        #expect(codes == [0, Self.held])
        #expect(pair.isMaster && pair.stage.overlaps == 0)
    }

    @Test func `of several who supersede at once, each has its turn`() throws {
        let pair = try busy(.takingOver, "master", in: "zpool import")
        let runs = try (0..<3).map { _ in try pair.startRun("become-slave", "--supersede") }
        let outcomes = runs.map { $0.end() }
        #expect(outcomes.allSatisfy { [0, 5].contains($0.code) }, "\(outcomes)")
        #expect(outcomes.contains { $0.code == 0 })
        #expect(pair.wait { pair.isQuiet } && pair.isSlave && pair.stage.damage.isEmpty)
    }

    @Test func `a claim whose owner was killed claims nothing`() throws {
        let pair = try busy(.serving, "slave", in: "zpool export")
        let run = try pair.startRun("become-master", "--supersede")
        let claim = pair.folder.appending(path: "run/default/takeover").path
        #expect(pair.wait { FileManager.default.fileExists(atPath: claim) })
        run.signal(SIGKILL)
        _ = run.end()
        #expect(pair.wait { pair.isQuiet } && pair.isSlave)
        #expect(try pair.failover("on", "master").code == 0)
        #expect(pair.wait { pair.stage.changes.contains { $0.contains("zpool import") } })
        // The ring of an equal signal makes the worker look around.
        #expect(try pair.failover("on", "master").code == 0)
        #expect(pair.wait { pair.isQuiet } && pair.isMaster, "\(pair.stage.state)")
    }
}
