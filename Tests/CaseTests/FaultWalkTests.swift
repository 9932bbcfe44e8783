import Engine
import Foundation
import Simulation
import Steps
import Testing

/// Each single thing that can go wrong with each command of the shipped plans: the run ends in
/// time, and what it says of itself is so.
@Suite struct FaultWalkTests {
    /// What a run may take beyond its budgets: a grace, a last look, `if-failed`.
    private static let slack = Duration.seconds(30)

    /// Where a shipped plan is run.
    struct Setting: CustomStringConvertible {
        let plan: String
        let standing: Standing
        let peer: Pair.Peer

        var description: String { "\(plan), \(standing.rawValue), peer \(peer)" }

        static let all = [
            Setting(plan: "master", standing: .takingOver, peer: .releases(after: .seconds(1))),
            Setting(plan: "master", standing: .takingOver, peer: .isDead(workersEnd: .seconds(9))),
            Setting(plan: "slave", standing: .serving, peer: .stays),
        ]
    }

    @Test(arguments: Setting.all)
    func endsInTimeWithATrueAccount(_ setting: Setting) throws {
        let plan = try Self.plan(setting.plan)
        var pair = Pair(plan)
        pair.peer = setting.peer
        let world = World.pair(pair, setting.standing)
        let faultless = Played(plan, in: world)
        #expect(faultless.ending.kind == .done)
        let mishaps = Mishap.all(of: faultless.host.transcript)
        #expect(mishaps.count >= 80)
        for mishap in mishaps {
            var struck = world
            mishap.strike(&struck)
            check(Played(plan, in: struck), "\(mishap)")
        }
    }

    private func check(_ played: Played, _ mishap: Comment) {
        let plan = played.plan
        let took = (played.records.last?.at ?? .zero) - .zero
        #expect(took <= plan.timeout + plan.rollBackTimeout + Self.slack, mishap)
        // What was left in doubt may still come, and must not make a lie of what was said.
        var host = played.host
        while host.next() != nil {}
        #expect(host.world.damage == [], mishap)
        let demotesUnderDoubt = played.records.demotesUnderDoubt
        #expect(!demotesUnderDoubt, mishap)
        let holds = plan.direction == .acquire
        switch played.ending.kind {
        case .done: #expect(host.world.faults(in: holds) == [], mishap)
        case .rolledBack, .interrupted: #expect(host.world.faults(in: false) == [], mishap)
        case .stuck, .left: #expect(!played.ending.remaining.isEmpty, mishap)
        case .superseded: #expect(played.ending.handOver != nil, mishap)
        // The address was lost on the way, and the pair is the other node's.
        case .released: #expect(host.world.faults(in: false) == [], mishap)
        case .refused, .cutOff: Issue.record("ended \(played.ending.kind): \(mishap)")
        }
    }

    static func plan(_ name: String) throws -> Plan {
        let top = Case.root.deletingLastPathComponent().deletingLastPathComponent()
        let loaded = PlanLoader.load(
            "plans/become-\(name).yaml", catalog: .builtin, platform: .freebsd
        ) { path in
            if path == "plans/site.yaml" { return .success(Array(site.utf8)) }
            let bytes = try? Data(contentsOf: top.appending(path: path))
            return bytes.map { .success([UInt8]($0)) }
        }
        return try #require(loaded.plan)
    }

    private static let site = """
        parameters:
          disks: [disk0, disk1, disk2, disk3]
          if-export-fails: park
        """
}

extension [Record] {
    /// Whether a disk is demoted while a command on the pool may still take effect.
    var demotesUnderDoubt: Bool {
        var doubts: Set<WorkID> = []
        var open: Set<WorkID> = []
        for record in self {
            switch record.fact {
            case .resumed: doubts.formUnion(open)
            case .commandBegan(_, _, let work, let command) where command.concernsPool:
                open.insert(work)
            case .commandEnded(_, _, let work, _): open.remove(work)
            case .commandGivenUp(_, _, let work, let command, _) where command.concernsPool:
                doubts.insert(work)
            case .commandGone(_, let work):
                open.remove(work)
                doubts.remove(work)
            case .commandBegan(_, _, _, let command) where command.demotes && !doubts.isEmpty:
                return true
            default: continue
            }
        }
        return false
    }
}

extension Command {
    fileprivate var concernsPool: Bool {
        if case .tool(let argv) = action { argv[0] == "zpool" || argv[0] == "zfs" } else { false }
    }

    fileprivate var demotes: Bool {
        if case .tool(let argv) = action {
            argv.starts(with: ["hastctl", "role", "secondary"])
        } else {
            false
        }
    }
}

extension World {
    private static let serving = ["mountd", "nfsd", "ctld"]

    /// What is not as it should be where this node has everything, or nothing.
    func faults(in holds: Bool) -> [String] {
        var faults: [String] = []
        for resource in hast.resources where (resource.role == .primary) != holds {
            faults.append("\(resource.name) is \(resource.role.rawValue)")
        }
        for pool in pools {
            if pool.isImported != holds || pool.isSuspended { faults.append("\(pool.name)") }
            for dataset in pool.datasets where dataset.canMount == .on {
                if dataset.isMounted != holds { faults.append(dataset.name) }
            }
        }
        for service in services where Self.serving.contains(service.name) {
            if service.isRunning != holds { faults.append(service.name) }
        }
        return faults
    }
}
