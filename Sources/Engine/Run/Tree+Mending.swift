/// A release that does not get through looks again at what came before.
///
/// What a step rests on may come back behind it: a service that was stopped is started by somebody,
/// or by a command of a dead engine that nobody saw. The step above would then fail until the
/// budget is spent. So before each further attempt of a releasing step, in a section that only goes
/// forward, the goals before it are looked at, and the steps of those that are lost are done again.
extension Tree {
    /// What a step waits for before its next attempt.
    struct Mending: Sendable {
        /// How many looks have no answer yet.
        var open: Int
        /// The steps to be done again; the first is under way once no look is open.
        var lost: [NodeID] = []
    }

    /// The pause of a step is over.
    mutating func woke(_ id: NodeID, _ ledger: inout Ledger) {
        let goals = goalsToMend(before: id)
        if goals.isEmpty { return live(id, &ledger) { life, ledger in life.woke(&ledger) } }
        mendings[id] = Mending(open: goals.count)
        let until = min(ledger.now + StepLife.decision, rules.deadline)
        for (node, goal) in goals {
            let look = Decided(goal, for: .final)
            _ = ledger.await(
                look, until: until, seenBy: rules.deadline, for: .again(node, before: id))
        }
    }

    /// A goal before a step that waits was looked at again; what cannot be told is left alone.
    mutating func looked(
        _ look: Look, again node: NodeID, before id: NodeID, _ ledger: inout Ledger
    ) {
        ledger.record(.looked(node, .forward, .final, look.verdict, look.basis))
        mendings[id]?.open -= 1
        switch look.verdict {
        case .holds, .unknown: break
        case .doesNot(let seen), .never(let seen):
            mendings[id]?.lost.append(node)
            ledger.warn("\(plan[node].label): not so any more, and done again (\(seen))")
        }
        goOn(with: id, &ledger)
    }

    /// A step that was done again is over; whether it was one.
    mutating func mended(_ node: NodeID, _ ledger: inout Ledger) -> Bool {
        let waiting = mendings.keys.sorted().filter { mendings[$0]?.lost.first == node }
        for id in waiting {
            mendings[id]?.lost.removeFirst()
            goOn(with: id, &ledger)
        }
        return !waiting.isEmpty
    }

    private mutating func goOn(with id: NodeID, _ ledger: inout Ledger) {
        guard let mending = mendings[id], mending.open == 0 else { return }
        guard let first = mending.lost.min() else {
            mendings[id] = nil
            return live(id, &ledger) { life, ledger in life.woke(&ledger) }
        }
        mendings[id]?.lost = mending.lost.sorted()
        lose(mending.lost)
        // Another step may have it done again already.
        guard lives[first] == nil else { return }
        repeatStep(first, &ledger)
    }

    /// Whether nothing is under way but pauses after attempts that failed.
    var isBetweenAttempts: Bool {
        !(lives.isEmpty && pausing.isEmpty) && lives.values.allSatisfy(\.isPausing)
    }

    private func goalsToMend(before id: NodeID) -> [(NodeID, any Condition)] {
        guard rules.isCommitted, lives[id]?.isPausing == true,
            case .step(let step) = plan[id].kind, step.step.effect == .releases
        else { return [] }
        let earlier = nodes(before: id)
        return finalGoals().filter { earlier.contains($0.0) }
    }

    /// The steps that the plan's order puts before a node.
    private func nodes(before id: NodeID) -> [NodeID] {
        var nodes: [NodeID] = []
        var next = id
        while next != root, let parent = plan[next].parent,
            case .group(let group) = plan[parent].kind
        {
            if group.atOnce == 1 {
                nodes += group.children.prefix { $0 != next }.flatMap { plan.steps(from: $0) }
            }
            next = parent
        }
        return nodes
    }
}

extension StepLife {
    /// Whether it waits for its next attempt.
    var isPausing: Bool { if case .pausing = state { true } else { false } }
}
