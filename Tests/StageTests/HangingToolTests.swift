import Foundation
import Testing

/// A run whose tool cannot be ended comes to its own end all the same, and says what is in doubt.
@Suite(.enabled(if: LiveStage.isPossible), .timeLimit(.minutes(20)))
struct HangingToolTests {
    /// What a run may take beyond its limits: for each command that does not end TERM, 2 s, KILL
    /// and 0.5 s; the wait for what is in doubt (1 s), a last look (1 s), and 1.5 s for the
    /// machine's own slowness.
    private static func tolerance(_ commands: Double) -> TimeInterval { commands * 2.5 + 3.5 }
    private static let perDisk = "each: '${hast-timeout}', times: 2, of: '${disks}'}"
    private static let limits = [
        ("timeout: 90s", "timeout: 2s"), ("timeout: 60s", "timeout: 2s"),
        ("roll-back-timeout: {base: 3m, \(perDisk)", "roll-back-timeout: 4s"),
        ("timeout: {base: 260s, \(perDisk)", "timeout: 6s"),
    ]

    @Test func `an export that sleeps in the kernel for ever ends as stuck`() throws {
        let pair = try LivePair(
            .serving, world: "faults: [{command: zpool export, does: hangs}]\n",
            edits: Self.limits)
        let run = try timed(pair, "become-slave")
        #expect(run.outcome.code == 3, "\(run.outcome)")
        #expect(run.outcome.output.contains("zpool export"), "\(run.outcome.output)")
        tell("export in state D, budget 6 s", run.seconds - 6)
        #expect(run.seconds < 6 + Self.tolerance(1))
        #expect(!pair.stage.state.contains("resource disk0: secondary"), "nothing is demoted")
        #expect(pair.stage.damage.isEmpty)
        let story = try pair.failover("show").output
        #expect(story.contains("STUCK"), "\(story)")
    }

    @Test func `an import that sleeps in the kernel for ever ends as stuck`() throws {
        let pair = try LivePair(
            .takingOver, world: "faults: [{command: zpool import, does: hangs}]\n",
            edits: Self.limits)
        let run = try timed(pair, "become-master")
        #expect(run.outcome.code == 3, "\(run.outcome)")
        #expect(run.outcome.output.contains("zpool import"), "\(run.outcome.output)")
        tell("import in state D, 2 s and 4 s to take it back", run.seconds - 6)
        #expect(run.seconds < 6 + Self.tolerance(2))
        #expect(pair.stage.state.contains("resource disk0: primary"), "what it rests on stays")
        #expect(pair.stage.damage.isEmpty)
    }

    @Test func `an export that is stopped is ended, and tried again`() throws {
        let pair = try LivePair(
            .serving, pace: LivePair.Pace.slow, edits: [("timeout: 60s", "timeout: 2s")])
        let started = try pair.startRun("become-slave")
        #expect(pair.wait { pair.stage.changes.contains { $0.contains("zpool export") } })
        let tools = tools(pair, "export")
        #expect(!tools.isEmpty)
        for tool in tools { kill(tool, SIGSTOP) }
        let outcome = started.end()
        #expect([0, 3].contains(outcome.code), "\(outcome)")
        #expect(outcome.code == 3 || pair.isSlave, "\(pair.stage.state)")
        #expect(pair.stage.damage.isEmpty)
    }

    private func timed(_ pair: LivePair, _ plan: String) throws
        -> (outcome: LiveStage.Outcome, seconds: TimeInterval)
    {
        let begin = Date.now
        let outcome = try pair.startRun(plan).end()
        return (outcome, Date.now.timeIntervalSince(begin))
    }

    private func tell(_ what: String, _ seconds: TimeInterval) {
        print("a tool that cannot be ended: \(what): over by \(String(format: "%.2f", seconds)) s")
    }

    /// The processes on the stage that were started so.
    private func tools(_ pair: LivePair, _ word: String) -> [Int32] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []
        return names.compactMap { Int32($0) }.filter { pid in
            let line = FileManager.default.contents(atPath: "/proc/\(pid)/cmdline") ?? Data()
            let words = line.split(separator: 0).map { String(decoding: $0, as: UTF8.self) }
            guard words.first?.hasSuffix("zpool") == true, words.contains(word) else {
                return false
            }
            let own = try? FileManager.default.destinationOfSymbolicLink(
                atPath: "/proc/\(pid)/ns/mnt")
            let stage = try? FileManager.default.destinationOfSymbolicLink(
                atPath: "/proc/\(pair.stage.pid)/ns/mnt")
            return own == stage
        }
    }
}
