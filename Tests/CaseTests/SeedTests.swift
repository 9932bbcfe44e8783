import Engine
import Foundation
import Simulation
import Steps
import Testing

/// A seed changes how long commands and looks take, and nothing else.
@Suite struct SeedTests {
    private static let seeds: [UInt64] = Array(0..<40)

    private static func played(_ seed: UInt64?, _ name: String = "master") throws -> Played {
        let plan = try FaultWalkTests.plan(name)
        var world = World.pair(Pair(plan), Standing(for: plan.direction))
        world.latencies.seed = seed
        return Played(plan, in: world)
    }

    @Test(arguments: seeds) func `equal seeds give equal transcripts`(_ seed: UInt64) throws {
        let (one, other) = (try Self.played(seed), try Self.played(seed))
        #expect(one.host.transcript == other.host.transcript)
        #expect(CaseText(one).text == CaseText(other).text)
    }

    @Test(arguments: ["master", "slave"])
    func `no seed breaks a plan`(_ name: String) throws {
        for seed in Self.seeds {
            let played = try Self.played(seed, name)
            #expect(played.ending.kind == .done, "seed \(seed)")
            #expect(played.host.world.damage == [], "seed \(seed)")
        }
    }

    @Test func `parallel branches change their order`() throws {
        let orders = try Self.seeds.map { seed in
            try Self.played(seed).host.transcript.lines.map(\.command.line)
                .filter { $0.hasPrefix("hastctl role") }
        }
        // Four disks have 24 orders.
        #expect(Set(orders).count > 12)
    }

    /// Half to double, and both sides of the usual time are come to.
    @Test func `a command takes from half to double its time`() throws {
        let usual = try Self.times(Self.played(nil))
        var factors: [Double] = []
        for seed in Self.seeds {
            for (line, time) in try Self.times(Self.played(seed)) {
                guard let usual = usual[line] else { continue }
                factors.append(Double(time) / Double(usual))
            }
        }
        #expect(factors.count >= 200)
        // Times are compared in milliseconds.
        #expect(factors.allSatisfy { (0.49...2.01).contains($0) })
        #expect((factors.min() ?? 1) < 0.6 && (factors.max() ?? 1) > 1.9)
    }

    /// How long the tools took that wait for nothing, in milliseconds.
    private static func times(_ played: Played) -> [String: Int64] {
        var times: [String: Int64] = [:]
        for line in played.host.transcript.lines {
            let text = line.command.line
            if text.hasPrefix("z") || text.hasPrefix("service") {
                times[text] = (line.at - line.began).milliseconds
            }
        }
        return times
    }
}
