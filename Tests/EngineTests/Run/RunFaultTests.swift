import Testing

@testable import Engine

/// Runs of random plans on a host with random faults keep what a run promises.
@Suite struct RunFaultTests {
    @Test(arguments: 0..<20)
    func promisesAreKept(block: Int) {
        for seed in (block * 100)..<(block * 100 + 100) {
            let story = Story(seed: UInt64(seed))
            for fault in story.faults { Issue.record("seed \(seed): \(fault)") }
        }
    }

    @Test func allEndingsOccur() {
        var kinds: Set<Ending.Kind> = []
        for seed in 0..<600 { kinds.insert(Story(seed: UInt64(seed)).ending.kind) }
        #expect(kinds.isSuperset(of: [.done, .rolledBack, .stuck, .interrupted, .superseded]))
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
    private(set) var faults: [String] = []
    private(set) var transcript: [String] = []

    init(seed: UInt64) {
        var dice = Dice(seed: seed)
        let plan = randomPlan(&dice)
        let flags = plan.flags
        let before = Set(flags.filter { _ in dice.roll(6) == 0 })
        let salt = dice.next()
        var host = ToyHost(up: before) { command, number in
            var dice = Dice(seed: salt &+ UInt64(number))
            return randomBehaviour(&dice)
        }
        if dice.roll(5) == 0 {
            host.inject(.interrupt, at: .zero + .milliseconds(dice.roll(4000)))
        }
        if dice.roll(6) == 0 {
            let at = Instant.zero + .milliseconds(dice.roll(4000))
            host.inject(.superseded(by: "other"), at: at)
        }
        var watcher = Watcher(plan: plan)
        var driver = Driver(plan)
        ending = driver.drive(&host, from: .zero) { watcher.see($0) }
        transcript = watcher.lines
        faults = watcher.faults
        check(plan, host, before)
    }

    private mutating func check(_ plan: Plan, _ host: ToyHost, _ before: Set<String>) {
        if host.now - .zero > plan.timeout + plan.rollBackTimeout + .seconds(20) {
            faults.append("the run took \(host.now - .zero)")
        }
        switch ending.kind {
        case .done where ending.warnings.isEmpty:
            let missing = plan.flags.filter { !host.up.contains($0) }
            if !missing.isEmpty { faults.append("done, and \(missing) are down") }
        case .rolledBack, .interrupted:
            let left = plan.flags.filter { host.up.contains($0) && !before.contains($0) }
            if !left.isEmpty { faults.append("\(ending.kind), and \(left) are up") }
        case .stuck where ending.reason.isEmpty || ending.remaining.isEmpty:
            faults.append("stuck without a word")
        case .refused, .released, .left: faults.append("ended as \(ending.kind)")
        default: break
        }
    }
}

/// Watches that nothing is undone beneath a command in doubt.
private struct Watcher {
    let plan: Plan
    var faults: [String] = []
    var lines: [String] = []
    private var isOver = false
    private var doubts: [WorkID: NodeID] = [:]

    init(plan: Plan) { self.plan = plan }

    mutating func see(_ record: Record) {
        if isOver { faults.append("\(record.fact) after the end") }
        lines.append("\(record.at.nanoseconds) \(record.fact)")
        switch record.fact {
        case .commandGivenUp(let node, _, let id, _, _): doubts[id] = node
        case .commandGone(_, let id): doubts[id] = nil
        case .ended: isOver = true
        case .intent(let node, .back, _, _):
            for doubt in doubts.values where rests(doubt, on: node) {
                faults.append("\(plan[node].label) is undone beneath \(plan[doubt].label)")
            }
        default: break
        }
    }

    /// Whether `upper` comes after `lower` in a sequence of the plan.
    private func rests(_ upper: NodeID, on lower: NodeID) -> Bool {
        let lowerPath = path(lower)
        let upperPath = path(upper)
        guard let fork = zip(lowerPath, upperPath).enumerated().first(where: { $1.0 != $1.1 })
        else { return false }
        guard case .group(let group) = plan[lowerPath[fork.offset - 1]].kind else { return false }
        return group.atOnce == 1 && fork.element.1 > fork.element.0
    }

    private func path(_ id: NodeID) -> [NodeID] {
        var path = [id]
        while let parent = path.last.flatMap({ plan[$0].parent }) { path.append(parent) }
        return path.reversed()
    }
}

private func randomBehaviour(_ dice: inout Dice) -> ToyHost.Behaviour {
    switch dice.roll(12) {
    case 0: .failsBefore
    case 1: .failsAfter
    case 2: .hangs(effectAfter: dice.roll(2) == 0 ? nil : .milliseconds(dice.roll(30_000)))
    case 3: .works(after: .milliseconds(dice.roll(12_000)))
    default: .works(after: .milliseconds(dice.roll(200)))
    }
}

private func randomPlan(_ dice: inout Dice) -> Plan {
    var tree = ToyTree()
    let root = tree.group(in: nil)
    var number = 0
    for _ in 0..<(1 + dice.roll(4)) {
        guard dice.roll(2) == 0 else {
            number += 1
            tree.step(SetFlag(name: "f\(number)", isUp: true), in: root, retry: randomRetry(&dice))
            continue
        }
        let group = tree.group(in: root, atOnce: 1 + dice.roll(3))
        for _ in 0..<(1 + dice.roll(3)) {
            let item = tree.group(in: group)
            for _ in 0..<(1 + dice.roll(2)) {
                number += 1
                tree.step(SetFlag(name: "f\(number)", isUp: true), in: item)
            }
        }
    }
    if dice.roll(3) == 0 {
        tree.pointOfNoReturn(in: root)
        tree.step(SetFlag(name: "last", isUp: true), in: root)
    }
    return .toy(tree.nodes)
}

private func randomRetry(_ dice: inout Dice) -> Retry? {
    guard dice.roll(3) == 0 else { return nil }
    return Retry(attempts: 1 + dice.roll(3), delay: .milliseconds(dice.roll(2000)), backoff: 2)
}

extension Plan {
    fileprivate var flags: [String] {
        nodes.compactMap { node in
            guard case .step(let step) = node.kind, let flag = step.step as? SetFlag else {
                return nil
            }
            return flag.name
        }
    }
}

/// A small deterministic generator (SplitMix64).
private struct Dice: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed &* 0x9E37_79B9_7F4A_7C15 &+ 1 }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }

    mutating func roll(_ sides: Int) -> Int { Int(next() % UInt64(sides)) }
}
