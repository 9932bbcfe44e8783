@testable import Engine

/// Reads the records of a run and notes what a run promises never to do.
struct RunWatcher {
    let plan: Plan
    private(set) var faults: [String] = []
    private(set) var lines: [String] = []
    /// How each step came out, forward.
    private(set) var results: [NodeID: StepResult] = [:]
    private(set) var doubts: [WorkID: NodeID] = [:]
    /// Those of them that were left behind by a way whose goal was not seen since.
    private var left: [WorkID: (node: NodeID, way: Way)] = [:]
    /// Those that were left behind by a way whose goal was seen: not named at the end.
    private var trusted: Set<WorkID> = []
    /// Those that are to be named at the end.
    var toName: [WorkID] { doubts.keys.filter { !trusted.contains($0) } }
    private(set) var phases: [Phase] = []
    private(set) var newest: String?
    private(set) var end = Instant.zero
    private var isOver = false
    private var isDraining = false
    private var open: [Way: Set<NodeID>] = [.forward: [], .back: []]
    private var mayLookAgain: Set<NodeID> = []
    private var announced: [NodeID: [Command]] = [:]
    private var applied: Set<NodeID> = []
    private var undone: Set<NodeID> = []
    private var guarded: [NodeID: Instant] = [:]
    private var running: [WorkID: NodeID] = [:]

    init(plan: Plan) { self.plan = plan }

    /// Whether any command was started.
    var hasEffects: Bool { !announced.isEmpty }

    mutating func see(_ record: Record) {
        if isOver { faults.append("\(record.fact) after the end") }
        lines.append("\(record.at.nanoseconds) \(record.fact)")
        if record.at < end { faults.append("time goes backwards") }
        end = record.at
        switch record.fact {
        case .resumed(let way): resumed(way)
        case .phase(let phase): entered(phase)
        case .superseded(let newer): newest = newer
        case .stepBegan, .stepEnded, .looked: saw(record)
        case .intent, .commandBegan, .commandEnded, .commandGivenUp, .commandLeft, .commandGone:
            did(record)
        case .ended: ended()
        default: break
        }
    }

    private mutating func entered(_ phase: Phase) {
        phases.append(phase)
        switch phase {
        case .draining: isDraining = true
        case .counterpart, .ifFailed, .fencing: isDraining = false
        default: break
        }
    }

    /// The engine died, and another goes on: what it had under way may still take effect.
    private mutating func resumed(_ way: Resumption) {
        // What is taken up forward goes on with what it has.
        if way != .back { for id in trusted { doubts[id] = nil } }
        isDraining = false
        open = [.forward: [], .back: []]
        mayLookAgain = []
        guarded = [:]
        doubts.merge(running) { old, _ in old }
        running = [:]
    }

    private mutating func ended() {
        isOver = true
        for way in [Way.forward, .back] {
            for node in open[way, default: []].sorted() {
                faults.append("\(plan[node].label) has no end on its way \(way)")
            }
        }
    }
}

// MARK: - Steps

extension RunWatcher {
    private mutating func saw(_ record: Record) {
        switch record.fact {
        case .stepBegan(let node, let way):
            if !open[way, default: []].insert(node).inserted && mayLookAgain.remove(node) == nil {
                faults.append("\(plan[node].label) has two lives on its way \(way)")
            }
            if way == .forward && isDraining { faults.append("\(plan[node].label) began late") }
        case .stepEnded(let node, let way, let result):
            // What was never begun is parked, and a group that is not wanted ends.
            open[way, default: []].remove(node)
            if way == .forward { results[node] = result }
            if way == .back && [.undone, .nothingToUndo].contains(result) { undone.insert(node) }
            if case .noInverse = result { undone.insert(node) }
        case .looked(let node, .forward, .guard, .holds, _): guarded[node] = record.at
        case .looked(let node, let way, .opening, .holds, _),
            .looked(let node, let way, .goal, .holds, _):
            for (id, place) in left where place == (node, way) {
                left[id] = nil
                trusted.insert(id)
            }
        default: break
        }
    }

    private mutating func did(_ record: Record) {
        switch record.fact {
        case .intent(let node, let way, _, let commands):
            announced[node] = commands
            if way == .forward && doubts.values.contains(node) {
                faults.append("\(plan[node].label) tries again while in doubt")
            }
            if way == .forward { applied.insert(node) } else { checkUndo(of: node) }
        case .commandEnded(_, _, let id, _): running[id] = nil
        case .commandBegan(let node, let way, let id, let command):
            guard case .step = plan[node].kind else { return }
            running[id] = node
            if announced[node]?.contains(command) != true {
                faults.append("`\(command.line)` was not announced")
            }
            if way == .forward { checkEffect(of: node, at: record.at) }
        case .commandGivenUp(let node, _, let id, _, _):
            running[id] = nil
            if case .step = plan[node].kind { doubts[id] = node }
        case .commandLeft(let node, let way, let id, _):
            if case .step = plan[node].kind { doubts[id] = node }
            left[id] = (node, way)
        case .commandGone(let node, let id):
            if doubts.removeValue(forKey: id) == nil { faults.append("gone without a doubt") }
            mayLookAgain.insert(node)
        default: break
        }
    }

    private mutating func checkEffect(of node: NodeID, at now: Instant) {
        if isDraining { faults.append("\(plan[node].label) acts while the run drains") }
        guard path(node).contains(where: { !plan[$0].guards.isEmpty }) else { return }
        guard let seen = guarded.removeValue(forKey: node), now - seen <= .milliseconds(500)
        else { return faults.append("\(plan[node].label) acts without its guard") }
    }

    private mutating func checkUndo(of node: NodeID) {
        if phases.contains(.committed) || plan.direction == .release {
            faults.append("\(plan[node].label) is undone past the point of no return")
        }
        for doubt in doubts.values.sorted() where rests(doubt, on: node) {
            faults.append("\(plan[node].label) is undone beneath \(plan[doubt].label) in doubt")
        }
        for upper in applied.subtracting(undone).sorted() where rests(upper, on: node) {
            faults.append("\(plan[node].label) is undone before \(plan[upper].label)")
        }
    }

    /// Whether `upper` comes after `lower` in a sequence of the plan.
    private func rests(_ upper: NodeID, on lower: NodeID) -> Bool {
        let lowerPath = path(lower)
        let upperPath = path(upper)
        guard let fork = zip(lowerPath, upperPath).enumerated().first(where: { $1.0 != $1.1 }),
            fork.offset > 0, case .group(let group) = plan[lowerPath[fork.offset - 1]].kind
        else { return false }
        return group.atOnce == 1 && fork.element.1 > fork.element.0
    }

    private func path(_ id: NodeID) -> [NodeID] {
        var path = [id]
        while let parent = path.last.flatMap({ plan[$0].parent }) { path.append(parent) }
        return path.reversed()
    }
}
