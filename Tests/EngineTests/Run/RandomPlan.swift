@testable import Engine

/// A random plan of flags, with everything that the plan language knows of a run.
struct RandomPlan {
    private var dice: Dice
    private var tree = ToyTree()
    private var names: [String] = []
    private let isRelease: Bool

    static func make(_ dice: inout Dice) -> Plan {
        var maker = RandomPlan(seed: dice.next())
        return maker.plan()
    }

    private init(seed: UInt64) {
        dice = Dice(seed: seed)
        isRelease = dice.isOne(in: 6)
    }

    private mutating func plan() -> Plan {
        let root = tree.group(in: nil)
        let committing = isRelease || dice.isOne(in: 2) ? nil : dice.roll(5)
        for index in 0..<(1 + dice.roll(4)) {
            if index == committing { tree.pointOfNoReturn(in: root) }
            dice.isOne(in: 2) ? step(in: root) : group(in: root)
        }
        let hasIfFailed = dice.isOne(in: 3)
        let last = tree.group(in: nil)
        tree.step(SetFlag(name: "yielded", isUp: true), in: last)
        let release = tree.group(in: nil)
        for name in names.reversed() {
            tree.step(SetFlag(name: name, isUp: isRelease), in: release)
        }
        let counterpart = Plan.Counterpart(
            name: "opposite", timeout: .seconds(40), ifStuck: ifStuck(), steps: release)
        let onFailure: [Plan.OnFailure] = [.rollBack, .rollBack, .rollBack, .counterpart, .stop]
        return .toy(
            tree.nodes, direction: isRelease ? .release : .acquire,
            timeout: .seconds(10 + dice.roll(60)), rollBackTimeout: .seconds(5 + dice.roll(60)),
            onFailure: onFailure[dice.roll(5)], ifStuck: ifStuck(),
            whenSuperseded: dice.isOne(in: 4) ? .finish : .handOver,
            require: dice.isOne(in: 4) ? [master(steadyFor: .seconds(dice.roll(4)))] : [],
            ifFailed: hasIfFailed ? last : nil, counterpart: counterpart)
    }

    private mutating func group(in parent: NodeID) {
        let group = tree.group(
            in: parent, atOnce: 1 + dice.roll(3), allowFailures: dice.isOne(in: 3) ? 1 : 0,
            retry: retry(),
            timeout: dice.isOne(in: 5) ? .seconds(1 + dice.roll(20)) : nil, guards: guards(),
            when: when(), continues: dice.isOne(in: 10))
        for _ in 0..<(1 + dice.roll(4)) {
            let item = tree.group(in: group, atOnce: 1 + dice.roll(2))
            for _ in 0..<(1 + dice.roll(2)) { step(in: item) }
        }
    }

    private mutating func step(in parent: NodeID) {
        let name = "f\(names.count + 1)"
        names.append(name)
        tree.step(
            SetFlag(name: name, isUp: !isRelease), in: parent,
            timeout: .seconds(2 + dice.roll(15)), retry: retry(), guards: guards(), when: when(),
            continues: dice.isOne(in: 12))
    }

    private mutating func ifStuck() -> Plan.IfStuck { dice.isOne(in: 3) ? .fenceSelf : .park }

    private func master(steadyFor: Duration = .zero) -> any Condition {
        FlagIs(name: "master", isUp: true, steadyFor: steadyFor)
    }

    private mutating func guards() -> [any Condition] {
        !isRelease && dice.isOne(in: 6) ? [master()] : []
    }

    private mutating func when() -> (any Condition)? {
        dice.isOne(in: 8) ? FlagIs(name: "wanted", isUp: dice.isOne(in: 2)) : nil
    }

    private mutating func retry() -> Retry? {
        guard dice.isOne(in: 3) else { return nil }
        return Retry(attempts: 1 + dice.roll(3), delay: dice.time(upTo: 2000), backoff: 2)
    }
}
