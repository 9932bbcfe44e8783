@testable import Engine

/// One random plan on a random host, whose engine is killed once or twice and taken up again.
struct KillStory {
    /// What the last turn of an engine leaves that is killed in it.
    private enum Tear { case whole, workLost, recordsLost }

    private(set) var faults: [String] = []
    private(set) var ending: Ending?
    /// The ways on which it was taken up.
    private(set) var ways: [Resumption] = []

    let plan: Plan
    private(set) var records: [Record] = []
    private let before: Set<String>
    private var dice: Dice
    private var watcher: RunWatcher
    private var past: Past
    private var host: AuditedHost
    private var run: Run
    private var isWanted = true
    /// A run has its budgets anew each time that it is taken up.
    private var budget: Duration

    init(seed: UInt64) {
        dice = Dice(seed: seed)
        plan = RandomPlan.make(&dice)
        let isRelease = plan.direction == .release
        var before: Set<String> = []
        for flag in plan.flags where dice.isOne(in: 6) != isRelease { before.insert(flag) }
        self.before = before
        let salt = dice.next()
        var toy = ToyHost(up: before.union(["master", "wanted"])) { command, number in
            var dice = Dice(seed: salt &+ UInt64(number))
            return ToyHost.Behaviour.random(&dice)
        }
        toy.disturb(&dice)
        host = AuditedHost(toy, seed: dice.next())
        watcher = RunWatcher(plan: plan)
        past = Past(plan)
        run = Run(plan)
        budget = .zero
        play(events: dice.roll(60))
        recover()
        if ending == nil, dice.isOne(in: 2) {
            play(events: dice.roll(30))
            recover()
        }
        if ending == nil { play(events: .max) }
        check()
    }

    /// Plays so many events, and kills the engine in the last.
    private mutating func play(events: Int) {
        budget += plan.timeout + plan.rollBackTimeout * 4 + .seconds(80)
        var event: Event? = Event(at: host.real.now, .begin(settled: .zero))
        var left = events
        while let next = event {
            let tear: Tear = left > 0 ? .whole : [.whole, .workLost, .recordsLost][dice.roll(3)]
            let turn = run.handle(next)
            if tear != .recordsLost {
                records += turn.records
                for record in turn.records {
                    watcher.see(record)
                    past.take(record)
                }
            }
            if tear == .whole { for work in turn.work { host.perform(work) } }
            if left == 0 || run.ending != nil { break }
            left -= 1
            event = host.next()
            if event == nil { faults.append("the run waits for nothing and is not over") }
        }
        ending = past.ending
        faults += host.faults
    }

    private mutating func recover() {
        guard ending == nil else { return }
        isWanted = dice.isOne(in: 2)
        switch Recovery.decide(past, of: plan, .automatic(isWanted: isWanted)) {
        case .refuse(let why): faults.append("refuses: \(why)")
        case .close(let ending): self.ending = ending
        case .resume(let way):
            ways.append(way)
            run = Run(plan, resuming: past, way)
        }
        host = AuditedHost(host.real.orphaned(), seed: dice.next())
    }
}

extension KillStory {
    private mutating func check() {
        faults += watcher.faults
        guard let ending else {
            faults.append("it did not end")
            return
        }
        if watcher.end - .zero > budget { faults.append("it took \(watcher.end - .zero)") }
        if ending.handOver != watcher.newest { faults.append("the newest signal is lost") }
        let isNamed = ending.warnings.contains { $0.contains("may still take effect") }
        if !watcher.doubts.isEmpty && !isNamed {
            faults.append("a command in doubt is not named")
        }
        let up = host.real.up
        switch ending.kind {
        case .done: checkDone()
        case .rolledBack, .interrupted:
            let left = plan.flags.filter { up.contains($0) && !before.contains($0) }
            if !left.isEmpty { faults.append("\(ending.kind), and \(left) are up") }
            if watcher.doubts.values.contains(where: { $0 < plan.firstOfOtherSections }) {
                faults.append("\(ending.kind) with a command in doubt")
            }
        case .released:
            let left = plan.flags.filter { up.contains($0) }
            if !left.isEmpty { faults.append("released, and \(left) are up") }
        case .cutOff: faults.append("cut off, and no machine went down")
        case .stuck:
            if ending.reason.isEmpty || (ending.remaining.isEmpty && ending.warnings.isEmpty) {
                faults.append("stuck without a word")
            }
        case .refused: if watcher.hasEffects { faults.append("refused after an effect") }
        case .superseded:
            if watcher.newest == nil && isWanted { faults.append("superseded by nothing") }
        case .left: break
        }
        if plan.direction == .release && ways.contains(where: { $0 != .forward }) {
            faults.append("a release goes back")
        }
    }

    /// What the run says it reached is there.
    private mutating func checkDone() {
        for index in plan.nodes.indices {
            guard case .step(let node) = plan.nodes[index].kind,
                let step = node.step as? SetFlag, let result = watcher.results[NodeID(index)],
                result == .already || result == .done(.seen)
            else { continue }
            if host.real.up.contains(step.name) != step.isUp {
                faults.append("done, and \(step.name) is not")
            }
        }
    }
}
