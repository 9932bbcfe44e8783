import Engine
import Foundation
import Simulation
import Steps
import Testing

/// Each case comes out as its `expected.txt` says; `UPDATE_CASES=1` rewrites that file.
@Suite struct RunCaseTests {
    @Test func thereAreCases() { #expect(Case.all.count >= 60) }

    @Test(arguments: Case.all)
    func comesOutAsExpected(_ example: Case) throws {
        let plan = try example.plan()
        let played = Played(plan, in: try example.world(for: plan))
        let text = CaseText(played).text
        if ProcessInfo.processInfo.environment["UPDATE_CASES"] == "1" {
            try Data(text.utf8).write(to: example.golden)
        }
        let expected = try String(contentsOf: example.golden, encoding: .utf8)
        #expect(text == expected, "\(example.name): see its expected.txt")
    }

    @Test(arguments: Case.all)
    func comesOutAlikeTwice(_ example: Case) throws {
        let plan = try example.plan()
        let world = try example.world(for: plan)
        #expect(CaseText(Played(plan, in: world)).text == CaseText(Played(plan, in: world)).text)
    }
}

/// A preview names the commands of a faultless run.
@Suite struct PreviewCaseTests {
    /// The preview sees the simulated host's looks and nothing else of it; the run is the same case
    /// without its faults: what happens by itself is left out, but for what the peer does. They are
    /// held side by side up to the first step that fails, since a preview assumes that none does.
    @Test(arguments: Case.all)
    func previewEqualsFaultlessRun(_ example: Case) throws {
        let plan = try example.plan()
        var world = try example.world(for: plan)
        world.faults = []
        world.later.removeAll { !$0.change.isPeers }
        let preview = Preview(plan, in: world)
        #expect(preview.host.transcript.lines.isEmpty, "a preview does nothing")
        let run = Played(plan, in: world)
        guard preview.ending.kind == .done else {
            #expect(run.ending.kind != .done, "what runs is previewed to its end")
            return
        }
        let course = Array(run.records.prefix { !$0.isFailure })
        if course.count == run.records.count {
            #expect(run.commands == preview.commands)
        } else {
            for (node, commands) in course.commands where course.isDone(node) {
                #expect(commands == preview.commands[node], "\(plan[node].label)")
            }
        }
    }
}

/// A preview over a simulated host.
private struct Preview {
    let ending: Ending
    let commands: [NodeID: [Command]]
    let host: SimulatedHost

    init(_ plan: Plan, in world: World) {
        var host = PreviewHost(over: SimulatedHost(world), at: .zero)
        var records: [Record] = []
        var driver = Driver(plan)
        ending = driver.drive(&host, from: .zero) { records.append($0) }
        commands = records.commands
        self.host = host.real
    }
}

extension [Record] {
    /// Whether this step was done at its first attempt.
    fileprivate func isDone(_ node: NodeID) -> Bool {
        contains { if case .stepEnded(node, .forward, .done) = $0.fact { true } else { false } }
            && !contains {
                if case .retrying(node, .forward, _, _, _) = $0.fact { true } else { false }
            }
    }
}

extension Record {
    /// Whether a step failed here, or the run turned away from its plan.
    fileprivate var isFailure: Bool {
        switch fact {
        case .stepEnded(_, .forward, .failed), .phase(.draining), .guardBroken: true
        default: false
        }
    }
}

extension Change {
    /// Whether the peer does it, by what its world says of it.
    fileprivate var isPeers: Bool {
        switch self {
        case .peerExports, .peerReleases, .workerDies, .drbd(.disconnects, _): true
        default: false
        }
    }
}
