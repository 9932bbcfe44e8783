import Testing

@testable import Engine

/// Runs of random plans on a host with random faults keep what a run promises.
@Suite struct RunFaultTests {
    @Test(arguments: 0..<20)
    func promisesAreKept(block: Int) {
        for seed in (block * 150)..<(block * 150 + 150) {
            let story = Story(seed: UInt64(seed))
            for fault in story.faults { Issue.record("seed \(seed): \(fault)") }
        }
    }

    @Test func allEndingsAndPhasesOccur() {
        var kinds: Set<Ending.Kind> = []
        var phases: Set<String> = []
        for seed in 0..<800 {
            let story = Story(seed: UInt64(seed))
            kinds.insert(story.ending.kind)
            for phase in story.phases { phases.insert("\(phase)".prefix { $0 != "(" }.description) }
        }
        // A run whose machine goes down ends nothing itself; whoever recovers it says `cut off`.
        #expect(kinds == Set(Ending.Kind.allCases).subtracting([.cutOff]))
        #expect(phases.count == 9, "\(phases.sorted())")
    }

    @Test func sameSeedSameStory() {
        for seed in UInt64(0)..<50 {
            #expect(Story(seed: seed).transcript == Story(seed: seed).transcript)
        }
    }
}

/// One random plan, run once on a random host.
private struct Story {
    let ending: Ending
    let phases: [Phase]
    private(set) var faults: [String] = []
    private(set) var transcript: [String] = []

    init(seed: UInt64) {
        var dice = Dice(seed: seed)
        let plan = RandomPlan.make(&dice)
        let isRelease = plan.direction == .release
        let before = Set(plan.flags.filter { _ in dice.isOne(in: 6) != isRelease })
        let salt = dice.next()
        var host = ToyHost(up: before.union(["master", "wanted"])) { command, number in
            var dice = Dice(seed: salt &+ UInt64(number))
            return ToyHost.Behaviour.random(&dice)
        }
        host.disturb(&dice)
        var audited = AuditedHost(host, seed: dice.next())
        var watcher = RunWatcher(plan: plan)
        var driver = Driver(plan)
        ending = driver.drive(&audited, from: .zero) { watcher.see($0) }
        transcript = watcher.lines
        phases = watcher.phases
        faults = watcher.faults + audited.account
        check(plan, watcher, audited.real, before)
    }

    private mutating func check(
        _ plan: Plan,
        _ seen: RunWatcher,
        _ host: ToyHost,
        _ before: Set<String>
    ) {
        if seen.end - .zero > limit(plan) { faults.append("the run took \(seen.end - .zero)") }
        if ending.handOver != seen.newest { faults.append("the newest signal is lost") }
        let isNamed = ending.warnings.contains { $0.contains("(pid 7)") || $0.contains("group 7)") }
        if !seen.toName.isEmpty && !isNamed {
            faults.append("a command in doubt is not named")
        }
        switch ending.kind {
        case .done: checkDone(plan, seen, host)
        case .rolledBack, .interrupted:
            let left = plan.flags.filter { host.up.contains($0) && !before.contains($0) }
            if !left.isEmpty { faults.append("\(ending.kind), and \(left) are up") }
            if seen.doubts.values.contains(where: { $0 < plan.firstOfOtherSections }) {
                faults.append("\(ending.kind) with a command in doubt")
            }
        case .released:
            let left = plan.flags.filter { host.up.contains($0) }
            if !left.isEmpty { faults.append("released, and \(left) are up") }
        case .cutOff: faults.append("cut off, and no machine went down")
        case .stuck:
            if ending.reason.isEmpty || (ending.remaining.isEmpty && ending.warnings.isEmpty) {
                faults.append("stuck without a word")
            }
        case .refused: if seen.hasEffects { faults.append("refused after an effect") }
        case .superseded: if seen.newest == nil { faults.append("superseded by nothing") }
        case .left: break
        }
    }

    /// What the run says it reached is there.
    private mutating func checkDone(_ plan: Plan, _ seen: RunWatcher, _ host: ToyHost) {
        for index in plan.nodes.indices {
            guard case .step(let node) = plan.nodes[index].kind,
                let step = node.step as? SetFlag, let result = seen.results[NodeID(index)]
            else { continue }
            switch result {
            case .done, .already:
                if host.up.contains(step.name) != step.isUp {
                    faults.append("done, and \(step.name) is not")
                }
            default: break
            }
        }
    }

    /// The budgets of what the run went through, a grace for each drain, and a few looks.
    private func limit(_ plan: Plan) -> Duration {
        var limit = plan.timeout + .seconds(5)
        for phase in phases {
            switch phase {
            case .draining: limit += Run.grace
            case .rollingBack: limit += plan.rollBackTimeout
            case .counterpart: limit += plan.rollBackTimeout + .seconds(40)
            case .ifFailed: limit += plan.rollBackTimeout
            case .fencing: limit += plan.rollBackTimeout + Run.grace
            default: break
            }
        }
        if ending.kind == .superseded || ending.kind == .stuck { limit += plan.rollBackTimeout }
        return limit
    }
}
