import Engine
import Foundation
import Simulation
import Steps
import Testing

/// The engine is killed at any moment of a run and taken up again: it ends in time, what it says
/// of itself is so, and nothing is done twice that must not be.
@Suite struct KillWalkTests {
    /// So many moments of a run are tried at most, each with the next tear of the journal.
    private static let moments = 90

    @Test(arguments: Case.all)
    func endsWithATrueAccount(_ example: Case) throws {
        let plan = try example.plan()
        walk(plan, in: try example.world(for: plan), isPair: false)
    }

    @Test(arguments: FaultWalkTests.Setting.all)
    func endsWithATrueAccountOfAPair(_ setting: FaultWalkTests.Setting) throws {
        let plan = try FaultWalkTests.plan(setting.plan)
        var pair = Pair(plan)
        pair.peer = setting.peer
        walk(plan, in: World.pair(pair, setting.standing), isPair: true)
    }

    /// A fault, a kill, and half of the time a second kill in the recovery itself.
    @Test(arguments: FaultWalkTests.Setting.all)
    func endsWithATrueAccountOfAStruckPair(_ setting: FaultWalkTests.Setting) throws {
        let plan = try FaultWalkTests.plan(setting.plan)
        var pair = Pair(plan)
        pair.peer = setting.peer
        let world = World.pair(pair, setting.standing)
        var calm = KilledRun(plan, in: world)
        calm.play()
        let mishaps = Mishap.all(of: calm.host.transcript)
        for (index, mishap) in mishaps.enumerated() {
            var struck = world
            mishap.strike(&struck)
            var run = KilledRun(plan, in: struck)
            for _ in 0..<(index * 13 % 90) { _ = run.step() }
            kill(&run, KilledRun.Tear.allCases[index % 3], isWanted: index % 4 != 0)
            for _ in 0..<(index * 7 % 40) { _ = run.step() }
            if index % 2 == 0 { kill(&run, .whole, isWanted: index % 8 != 0) }
            run.play()
            for fault in Judge(run, in: calm, isPair: true).faults {
                Issue.record("\(mishap), number \(index): \(fault)")
            }
        }
    }

    private func kill(_ run: inout KilledRun, _ tear: KilledRun.Tear, isWanted: Bool) {
        _ = run.step(tear)
        if run.past.ending == nil && run.ending == nil {
            run.recover(.automatic(isWanted: isWanted))
        }
    }

    private func walk(_ plan: Plan, in world: World, isPair: Bool) {
        var calm = KilledRun(plan, in: world)
        calm.play()
        let stride = max(1, calm.events / Self.moments)
        var run = KilledRun(plan, in: world)
        for moment in 0..<calm.events {
            if moment % stride == 0 {
                let (number, tears) = (moment / stride, KilledRun.Tear.allCases)
                let tear = tears[number % tears.count]
                let isWanted = number / tears.count % 2 == 0
                check(run, tear, isWanted, calm, isPair, "event \(moment)")
            }
            _ = run.step()
        }
    }

    private func check(
        _ run: KilledRun, _ tear: KilledRun.Tear, _ isWanted: Bool, _ calm: KilledRun,
        _ isPair: Bool, _ moment: String
    ) {
        var killed = run
        _ = killed.step(tear)
        guard killed.past.ending == nil else { return }
        killed.recover(.automatic(isWanted: isWanted))
        killed.play()
        let faults = Judge(killed, in: calm, isPair: isPair).faults
        for fault in faults { Issue.record("\(moment), \(tear), wanted \(isWanted): \(fault)") }
        guard isPair, faults.isEmpty, isWanted, let kind = killed.ending?.kind else { return }
        #expect(kind == .done || kind == .refused, "\(moment), \(tear)")
    }
}
