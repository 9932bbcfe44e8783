/// What follows a failure, a newer signal or a person's interrupt.
extension Run {
    /// Lets nothing new begin; commands under way have their grace.
    mutating func drain(_ why: String, _ aftermath: Aftermath) {
        stage = .draining(aftermath)
        ledger.record(.phase(.draining(why)))
        ledger.dropAllButCommands()
        withTree { $0.cut(&$1) }
        guard ledger.openCount > 0 else { return drained(aftermath) }
        ledger.sleep(until: ledger.now + Self.grace, for: .timer(.grace))
    }

    /// Ends all work at once, without a grace, and then the run.
    mutating func halt(_ kind: Ending.Kind, _ reason: String) {
        let isBack = if case .back = stage { true } else { false }
        stage = .draining(.end(kind, reason: reason))
        ledger.record(.phase(.draining(reason)))
        ledger.dropAllButCommands()
        withTree { isBack ? $0.cutUndo(&$1) : $0.cut(&$1) }
        ledger.cancelCommands()
    }

    /// All work has been answered.
    mutating func drained(_ aftermath: Aftermath) {
        ledger.dropAllButCommands()
        switch aftermath {
        case .rollBack, .rollBackInterrupted:
            stage = .back(aftermath)
            ledger.record(.phase(.rollingBack))
            tree.beginUndo(by: ledger.now + plan.rollBackTimeout, &ledger)
            react()
        case .counterpart, .handOver:
            stage = .clearing(aftermath)
            let patience = ledger.now + plan.rollBackTimeout
            if !ledger.openDoubts.isEmpty { ledger.sleep(until: patience, for: .timer(.patience)) }
            react()
        case .end(let kind, let reason): end(kind, reason)
        case .close(let ending): close(ending)
        }
    }

    /// No command is in doubt any more, so that another plan may move what lies beneath.
    mutating func cleared(_ aftermath: Aftermath) {
        switch aftermath {
        case .counterpart(let reason): runCounterpart(reason)
        case .handOver(let first):
            end(.superseded, "a newer signal names \(waiting ?? first)")
        case .rollBack, .rollBackInterrupted, .end, .close:
            preconditionFailure("nothing to clear for")
        }
    }

    mutating func patienceEnded() {
        switch stage {
        case .back: tree.endPatience(&ledger)
        case .clearing:
            let doubts = ledger.openDoubts.map(\.text).joined(separator: ", ")
            stuck("\(doubts) may still take effect")
        case .settling(let ending): conclude(ending)
        default: return
        }
    }

    /// The way back is at its end.
    mutating func undone(_ aftermath: Aftermath) {
        let isWhole = tree.parked.isEmpty
        switch aftermath {
        case .rollBackInterrupted where isWhole: end(.interrupted, "interrupted by a person")
        case .rollBack(let reason) where isWhole: end(.rolledBack, reason)
        case .rollBack(let reason): stuck("\(reason); and not all could be undone")
        default: stuck("interrupted by a person; and not all could be undone")
        }
    }
}

// MARK: - The counterpart, `if-failed`, fencing

extension Run {
    private mutating func runCounterpart(_ reason: String) {
        guard let counterpart = plan.counterpart else {
            return stuck("\(reason); and the plan names no counterpart")
        }
        stage = .counterpart(reason)
        ledger.record(.phase(.counterpart))
        let rules = Tree.Rules(deadline: ledger.now + counterpart.timeout, isCommitted: true)
        if let unclear = unclear(under: counterpart.steps) { return stuck(unclear) }
        var tree = Tree(
            plan, root: counterpart.steps, rules: rules, past: resumption?.past)
        tree.begin(&ledger)
        relief = tree
        react()
    }

    mutating func reactCounterpart(_ reason: String) {
        guard let relief, relief.isOver else { return }
        if let failure = relief.failure { return stuck("\(reason); then \(failure.reason)") }
        if let node = relief.keptGoals().first?.0 {
            let why = "\(plan[node].label): \(relief.cause(of: node))"
            self.relief?.lose(relief.keptGoals().map(\.0))
            return stuck("\(reason); then \(why)")
        }
        end(.released, reason)
    }

    /// A release or what follows a point of no return did not get through.
    mutating func stuck(_ reason: String) {
        let isCounterpart =
            switch stage {
            case .counterpart, .clearing(.counterpart): true
            default: false
            }
        let isCommitted = plan.direction == .acquire && tree.rules.isCommitted && !isCounterpart
        let ending = Ending(
            .stuck, reason: reason, remaining: remaining(), isCommitted: isCommitted)
        let choice =
            isCounterpart
            ? plan.counterpart?.ifStuck : plan.direction == .release ? plan.ifStuck : nil
        guard choice == .fenceSelf else { return close(ending) }
        prove(ending, isCounterpart ? plan.counterpart?.steps ?? plan.steps : plan.steps)
    }

    /// Fences, unless it is seen that this node has nothing open: no pool of those that the steps
    /// under `root` give up, and no replica. A command in doubt may still open one.
    private mutating func prove(_ ending: Ending, _ root: NodeID) {
        let goals = plan.givenUp(under: root)
        guard ledger.openDoubts.isEmpty, !goals.isEmpty else { return fence(ending, root) }
        stage = .proving(ending, root, open: goals.count)
        let until = ledger.now + StepLife.decision
        let seenBy = ledger.now + StepLife.lastLook
        for (node, goal) in goals {
            let look = Decided(goal, for: .final)
            _ = ledger.await(look, until: until, seenBy: seenBy, for: .final(node))
        }
    }

    mutating func proved(_ look: Look) {
        guard case .proving(let ending, let root, let open) = stage else { return }
        guard look.verdict == .holds else {
            ledger.dropAllButCommands()
            return fence(ending, root)
        }
        stage = .proving(ending, root, open: open - 1)
        guard open == 1 else { return }
        ledger.warn(
            "this machine is not rebooted: it was seen that it has neither the pool nor a replica"
                + " open, so that it can write nothing")
        close(ending)
    }

    private mutating func fence(_ ending: Ending, _ root: NodeID) {
        stage = .fencing(ending)
        ledger.record(.phase(.fencing))
        let command = Command(.fenceSelf)
        let id = ledger.execute(command, until: ledger.now + Self.grace, for: root, .forward)
        ledger.record(.commandBegan(root, .forward, id, command))
    }

    mutating func ended(fencing finish: Finish, _ id: WorkID, of node: NodeID) {
        guard case .fencing(let ending) = stage else { return }
        switch finish {
        case .ended(let output), .left(_, let output):
            ledger.record(.commandEnded(node, .forward, id, output))
            if output.succeeded { return close(ending) }
        case .gaveUp(let pid, _):
            let command = Command(.fenceSelf)
            ledger.record(.commandGivenUp(node, .forward, id, command, pid: pid))
        }
        ledger.warn("this machine could not be fenced: do it by hand, now")
        close(ending)
    }

    /// Ends the run; after a failure that left nothing behind, through `if-failed`.
    mutating func end(_ kind: Ending.Kind, _ reason: String) {
        let isUnfinished = kind == .left || kind == .stuck
        let ending = Ending(kind, reason: reason, remaining: isUnfinished ? remaining() : [])
        guard terms.yield(after: kind), waiting == nil else { return close(ending) }
        giveWay(ending)
    }

    /// Brings `if-failed` about, if the plan has one, before it ends: tried until it holds or the
    /// time is up, since nothing else lets the peer have what this node does not serve.
    mutating func giveWay(_ ending: Ending) {
        guard let root = plan.ifFailed else { return close(ending) }
        stage = .ifFailed(ending)
        ledger.record(.phase(.ifFailed))
        if let unclear = unclear(under: root) {
            ledger.warn("`if-failed` is not gone on with: \(unclear)")
            return close(ending)
        }
        let rules = Tree.Rules(deadline: ledger.now + plan.rollBackTimeout, isCommitted: true)
        var tree = Tree(plan, root: root, rules: rules, past: resumption?.past)
        tree.begin(&ledger)
        relief = tree
        react()
    }

    mutating func reactIfFailed(_ ending: Ending) {
        guard let relief else { return }
        if let failure = relief.failure {
            let warning = "`if-failed` did not get through: \(failure.reason)"
            ledger.warn(warning)
            drain(warning, .close(ending))
        } else if relief.isOver {
            close(ending)
        } else if let waiting, relief.isBetweenAttempts {
            drain("a newer signal names \(waiting)", .close(ending))
        }
    }
}

extension Plan {
    /// The goals of the steps under a node that give up pools and replicas.
    func releases(under root: NodeID) -> [(NodeID, any Condition)] {
        steps(from: root).compactMap { id in
            guard case .step(let node) = self[id].kind, node.step.effect == .releases,
                let lowest = node.step.reach?.layers.lowerBound, lowest <= .pool,
                case .condition(let goal) = node.step.goal
            else { return nil }
            return (id, goal)
        }
    }

    /// The same; none where no pool is among them, since then nothing shows that none is open.
    fileprivate func givenUp(under root: NodeID) -> [(NodeID, any Condition)] {
        let goals = releases(under: root)
        let hasPool = goals.contains { id, _ in
            if case .step(let node) = self[id].kind {
                node.step.reach?.layers.lowerBound == .pool
            } else {
                false
            }
        }
        return hasPool ? goals : []
    }
}

extension Run.Terms {
    /// Whether `if-failed` follows an ending of this kind.
    fileprivate func yield(after kind: Ending.Kind) -> Bool {
        switch self {
        case .byHand: kind == .rolledBack || kind == .released
        case .moreFollow: false
        case .last: kind == .rolledBack || kind == .released || kind == .refused
        }
    }
}
