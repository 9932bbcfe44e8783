import Engine
import Foundation
import Simulation
import Steps
import Testing

/// What a person accepts with `--accept-stale` is not looked at, and is told.
@Suite struct AcceptStaleTests {
    private static let example = Case(name: "run-master-on-stale-replica")
    private static let warning =
        "accepted by a person, and not looked at: this node has a full copy of disk0, disk1, disk2"

    @Test func aRunGoesOnAndWarns() throws {
        let plan = try Self.plan(acceptingStale: true)
        let played = Played(plan, in: try Self.example.world(for: plan))
        #expect(played.ending.kind == .done)
        #expect(played.ending.warnings.contains(Self.warning))
        let facts = played.records.prefix(2).map { "\($0.fact)" }
        #expect(facts.contains { $0.contains(Self.warning) }, "it is the first thing that is told")
    }

    @Test func onlyFreshnessIsAccepted() throws {
        let strict = try Self.plan(acceptingStale: false)
        let plan = try Self.plan(acceptingStale: true)
        #expect(strict.accepted.isEmpty)
        #expect(plan.accepted.map(\.claim) == ["replica=fresh"])
        #expect(plan.require.map(\.claim) == ["carp=master"])
        #expect(strict.require.count == 2)
    }

    @Test func theSealTellsBothApart() throws {
        let strict = try Self.plan(acceptingStale: false)
        #expect(try Self.plan(acceptingStale: true).digest != strict.digest)
        #expect(try Self.plan(acceptingStale: false).digest == strict.digest)
    }

    private static func plan(acceptingStale: Bool) throws -> Plan {
        let loaded = PlanLoader.load(
            "plan.yaml", acceptingStale: acceptingStale, catalog: .builtin, platform: .freebsd
        ) { path in
            let bytes = try? Data(contentsOf: example.folder.appending(path: path))
            return bytes.map { .success([UInt8]($0)) }
        }
        return try #require(loaded.plan)
    }
}
