import Engine
import Simulation

/// Whether what a run says of itself is so, and whether it kept what a recovery promises.
struct Judge {
    private(set) var faults: [String] = []
    private let plan: Plan
    private let run: KilledRun
    private var host: SimulatedHost

    /// What a run may take beyond its budgets, once it is taken up.
    private static let slack = Duration.seconds(40)

    init(_ run: KilledRun, in calm: KilledRun, isPair: Bool) {
        plan = run.plan
        self.run = run
        host = run.host
        guard let ending = run.ending else {
            faults.append("it did not end")
            return
        }
        if plan.direction == .release { judgeRelease() }
        judgeOnce()
        let budget = plan.timeout + plan.rollBackTimeout + (plan.counterpart?.timeout ?? .zero)
        let took = (run.records.last?.at ?? .zero) - run.since
        if took > budget + plan.rollBackTimeout + Self.slack { faults.append("it took \(took)") }
        judge(ending)
        // What was left in doubt may still come, and must not make a lie of what was said.
        while host.next() != nil {}
        if host.world.damage != calm.host.world.damage { faults.append("\(host.world.damage)") }
        if isPair { judgePair(ending) }
    }

    private mutating func judge(_ ending: Ending) {
        switch ending.kind {
        case .done:
            for node in plan.steps(from: plan.steps) { judgeDone(node) }
        case .rolledBack, .interrupted:
            for node in plan.steps(from: plan.steps) { judgeUndone(node) }
        case .refused:
            let tools = host.transcript.lines.filter { $0.end == .ended(.exited(0)) && $0.isTool }
            if tools.contains(where: { leavesSomething($0.command) }) {
                faults.append("refused after an effect")
            }
        case .stuck, .left: if ending.reason.isEmpty { faults.append("stuck without a word") }
        case .superseded, .released: break
        case .cutOff: faults.append("cut off, and no machine went down")
        }
    }

    private mutating func judgePair(_ ending: Ending) {
        if run.records.demotesUnderDoubt { faults.append("demotes under doubt") }
        let holds = plan.direction == .acquire
        switch ending.kind {
        case .done: faults += host.world.faults(in: holds)
        case .rolledBack, .interrupted, .released: faults += host.world.faults(in: false)
        case .stuck, .left:
            // All may be done, and what is required is lost.
            let isLost = ending.reason.hasPrefix("what it requires does not hold any more")
            if ending.remaining.isEmpty && !isLost { faults.append("nothing is left") }
        case .superseded, .refused, .cutOff: break
        }
    }
}

// MARK: - Steps

extension Judge {
    /// How each step came to its last end on this way.
    private func result(_ node: NodeID, _ way: Way) -> StepResult? {
        for record in run.records.reversed() {
            if case .stepEnded(node, way, let result) = record.fact { return result }
        }
        return nil
    }

    private func isAnnounced(_ node: NodeID) -> Bool {
        run.records.contains {
            guard case .commandBegan(node, .forward, _, let command) = $0.fact else {
                return false
            }
            return command.isTool && isTakenBack(command, of: node)
        }
    }

    /// Whether a command leaves something that its step takes back.
    private func isTakenBack(_ command: Command, of node: NodeID) -> Bool {
        guard case .step(let step) = plan[node].kind else { return true }
        return step.step.isTakenBack(command)
    }

    /// Whether what was started leaves something behind, as far as a step knows it.
    private func leavesSomething(_ command: Command) -> Bool {
        plan.steps(from: plan.steps).allSatisfy { isTakenBack(command, of: $0) }
    }

    /// The goal of a step holds that a run reached, unless another step has to do with it; or
    /// enough of it, and the rest was told.
    private mutating func judgeDone(_ node: NodeID) {
        guard case .step(let step) = plan[node].kind, case .condition(let goal) = step.step.goal,
            let subject = goal.subject, isReached(node), isOnlyOne(on: subject)
        else { return }
        let verdict = look(goal)
        if verdict == .holds { return }
        if let enough = step.step.enough, look(enough) == .holds {
            let isTold = run.records.contains {
                if case .warned = $0.fact { true } else { false }
            }
            if isTold { return }
        }
        faults.append("done, but \(goal.summary): \(verdict)")
    }

    private func isReached(_ node: NodeID) -> Bool {
        switch result(node, .forward) {
        case .done, .already: true
        default: false
        }
    }

    private func isOnlyOne(on subject: String) -> Bool {
        plan.steps(from: plan.steps).filter { id in
            guard case .step(let step) = plan[id].kind, case .condition(let goal) = step.step.goal
            else { return false }
            return goal.subject == subject
        }.count == 1
    }

    /// A step that was begun is taken back, as its inverse says.
    private mutating func judgeUndone(_ node: NodeID) {
        guard case .step(let step) = plan[node].kind, case .step(let inverse) = step.inverse,
            isAnnounced(node), result(node, .back) != nil || result(node, .forward) != .already,
            case .condition(let goal) = inverse.goal, let subject = goal.subject,
            isOnlyOne(on: subject)
        else { return }
        if hasOnlyRefused(node) { return }
        let verdict = look(goal)
        if verdict != .holds { faults.append("rolled back, but \(goal.summary): \(verdict)") }
    }

    /// Whether no command of a step was ever started.
    private func hasOnlyRefused(_ node: NodeID) -> Bool {
        !run.records.contains {
            switch $0.fact {
            case .commandEnded(node, .forward, _, let output): !output.isRefused
            case .commandGivenUp(node, .forward, _, _, _), .commandGone(node, _): true
            default: false
            }
        }
    }

    private func look(_ condition: any Condition) -> Verdict {
        var host = host.orphaned()
        let id = WorkID(1)
        let until = host.now + .seconds(5)
        host.perform(.await(id, Decided(condition, for: .final), until: until))
        while let event = host.next() {
            if case .looked(id, let look) = event.input { return look.verdict }
        }
        return .unknown("nobody looked")
    }
}

// MARK: - Promises

extension Judge {
    private mutating func judgeRelease() {
        for record in run.records {
            switch record.fact {
            case .phase(.rollingBack), .stepBegan(_, .back), .resumed(.back):
                faults.append("a release goes back")
            default: continue
            }
        }
    }

    /// What nobody can tell of is not done again, unless the plan says so.
    private mutating func judgeOnce() {
        var open: [NodeID: WorkID] = [:]
        for record in run.records {
            switch record.fact {
            case .commandBegan(let node, .forward, let work, _) where isParked(node):
                if open[node] != nil { faults.append("\(plan[node].label) is done twice") }
                open[node] = work
            case .commandEnded(let node, .forward, _, let output) where !output.succeeded:
                open[node] = nil
            case .commandGone(let node, _) where !hasEngineDied(since: open[node]):
                open[node] = nil
            default: continue
            }
        }
    }

    private func hasEngineDied(since work: WorkID?) -> Bool {
        let began = run.records.firstIndex {
            if case .commandBegan(_, _, work, _) = $0.fact { true } else { false }
        }
        guard let began else { return false }
        return run.records[began...].contains {
            if case .resumed = $0.fact { true } else { false }
        }
    }

    private func isParked(_ node: NodeID) -> Bool {
        guard case .step(let step) = plan[node].kind, case .once(.park) = step.step.goal else {
            return false
        }
        return true
    }
}

extension Command {
    fileprivate var isTool: Bool {
        if case .tool = action { true } else { false }
    }
}

extension Transcript.Line {
    fileprivate var isTool: Bool { command.isTool }
}

extension Output {
    fileprivate var isRefused: Bool {
        switch status {
        case .notStarted, .unavailable: true
        case .exited, .signalled: false
        }
    }
}
