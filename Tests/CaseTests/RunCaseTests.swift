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
    /// without its faults. They are held side by side as far as what was assumed came true.
    @Test(arguments: Case.all)
    func previewEqualsFaultlessRun(_ example: Case) throws {
        let plan = try example.plan()
        var world = try example.world(for: plan)
        world.faults = []
        world.later = []
        let preview = Preview(plan, in: world)
        #expect(preview.host.transcript.lines.isEmpty, "a preview does nothing")
        let run = Played(plan, in: world)
        guard preview.ending.kind == .done else {
            #expect(run.ending.kind != .done, "what runs is previewed to its end")
            return
        }
        if run.ending.kind == .done {
            #expect(run.commands == preview.commands)
        } else {
            for (node, commands) in run.commands where run.isDone(node) {
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

extension Played {
    /// Whether this step was done at its first attempt.
    fileprivate func isDone(_ node: NodeID) -> Bool {
        records.contains { record in
            if case .stepEnded(node, .forward, .done) = record.fact { true } else { false }
        }
            && !records.contains { record in
                if case .retrying(node, .forward, _, _, _) = record.fact { true } else { false }
            }
    }
}
