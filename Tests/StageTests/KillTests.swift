import Foundation
import Testing

/// The engine is killed at moments that a seed names, over both shipped plans; whoever comes next
/// brings the world to where it must be.
///
/// `FAILOVER_KILLS=200` is the full sample, `FAILOVER_KILL=17` one of it alone.
@Suite(.enabled(if: LiveStage.isPossible), .timeLimit(.minutes(20)))
struct KillTests {
    /// Most of the time they wait, so more of them than cores are under way.
    private static let atOnce = 6
    private static let usual = 24

    @Test func `killed at any moment, a run is taken up and the world is as it must be`() throws {
        let variables = ProcessInfo.processInfo.environment
        let count = variables["FAILOVER_KILLS"].flatMap { Int($0) } ?? Self.usual
        let only = variables["FAILOVER_KILL"].flatMap { Int($0) }
        let cases = only.map { [$0] } ?? Array(0..<count)
        let begin = Date.now
        let outcomes = Crowd.each(of: cases.count, at: Self.atOnce) { KillCase(cases[$0]).play() }
        for outcome in outcomes where only != nil || !outcome.faults.isEmpty {
            print(outcome.text)
        }
        for outcome in outcomes {
            #expect(outcome.faults.isEmpty, "\(outcome.text)")
        }
        let struck = outcomes.count { $0.isStruck }
        let inside = outcomes.count { $0.struck?.isInside == true }
        print(
            "kills: \(outcomes.count) tried, \(struck) struck an unfinished run,",
            "\(inside) of them inside an import or export;",
            "\(outcomes.count { !$0.faults.isEmpty }) went wrong; the longest took",
            String(format: "%.1f s, all", outcomes.map { $0.seconds }.max() ?? 0),
            String(format: "%.0f s", -begin.timeIntervalSinceNow))
        #expect(struck * 2 >= outcomes.count || only != nil, "the kills come too late to tell")
    }
}
