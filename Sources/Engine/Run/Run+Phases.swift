/// The phases of a run on its way forward; what follows a failure is in `Run+Aftermath`.
extension Run {
    mutating func begin(settled: Duration) {
        guard case .idle = stage else { preconditionFailure("a run begins once") }
        if let (past, way) = resumption { return takeUp(past, way, settled: settled) }
        ledger.record(.began(settled: settled))
        for condition in plan.accepted {
            ledger.warn("accepted by a person, and not looked at: \(condition.summary)")
        }
        tree.rules.deadline = ledger.now + plan.timeout
        guard !plan.require.isEmpty else { return goForward() }
        ledger.record(.phase(.requiring))
        require(settled: settled)
    }

    /// Asks for all that is required, at once.
    mutating func require(settled: Duration) {
        stage = .requiring(open: plan.require.count, refusals: [])
        for (index, condition) in plan.require.enumerated() {
            let steady = max(.zero, condition.steadyFor - settled)
            let until = min(ledger.now + steady + StepLife.decision, tree.rules.deadline)
            _ = ledger.await(
                Decided(condition, for: .require, steadyFor: steady),
                until: until,
                seenBy: tree.rules.deadline,
                for: .requirement(index)
            )
        }
    }

    mutating func required(_ index: Int, _ look: Look) {
        if case .checking(let open, let failed) = stage {
            return keptRole(index, look, open, failed)
        }
        guard case .requiring(let open, var refusals) = stage else { return }
        ledger.record(.required(index, look.verdict, look.basis))
        if look.verdict != .holds {
            refusals.append("\(plan.require[index].summary): \(look.verdict.detail)")
        }
        stage = .requiring(open: open - 1, refusals: refusals)
        if isTakenUp {
            requiredAgain(isLast: open == 1, refusals)
        } else if !refusals.isEmpty {
            drain("refused", .end(.refused, reason: refusals.joined(separator: "; ")))
        } else if open == 1 {
            goForward()
        }
    }

    mutating func goForward() {
        stage = .forward
        ledger.record(.phase(.forward))
        tree.begin(&ledger)
    }

    /// Looks at what an event has led to, and moves on when the next phase is due.
    mutating func react() {
        switch stage {
        case .forward: reactForward()
        case .repairing(let nodes): reactRepairing(nodes)
        case .draining(let aftermath) where ledger.openCount == 0: drained(aftermath)
        case .back(let aftermath) where tree.isUndone: undone(aftermath)
        case .clearing(let aftermath) where ledger.openDoubts.isEmpty: cleared(aftermath)
        case .counterpart(let reason): reactCounterpart(reason)
        case .ifFailed(let ending): reactIfFailed(ending)
        case .settling(let ending) where ledger.openDoubts.isEmpty: conclude(ending)
        case .idle, .requiring, .checking, .pausing, .draining, .back, .clearing, .proving,
            .fencing, .settling, .over:
            return
        }
    }

    private mutating func reactForward() {
        if let broken = tree.broken {
            guardBroke(broken.reason)
        } else if let failure = tree.failure, !tree.rules.isCommitted {
            failed(failure.reason)
        } else if tree.isOver {
            if let failure = tree.failure { stuck(failure.reason) } else { check() }
        }
    }

    private mutating func guardBroke(_ reason: String) {
        guard tree.rules.isCommitted else { return failed(reason) }
        drain(reason, .counterpart(reason: reason))
    }

    /// A failure before the point of no return.
    private mutating func failed(_ reason: String) {
        switch plan.onFailure {
        case .rollBack: drain(reason, .rollBack(reason: reason))
        case .counterpart: drain(reason, .counterpart(reason: reason))
        case .stop: drain(reason, .end(.left, reason: reason))
        }
    }
}

// MARK: - The last look

extension Run {
    /// Looks once more, all at once, at every goal that no later step reverses.
    private mutating func check() {
        let goals = tree.finalGoals() + tree.keptGoals()
        let roles = rolesToKeep
        guard !(goals.isEmpty && roles.isEmpty) else { return end(.done, "") }
        ledger.record(.phase(.checking))
        stage = .checking(open: goals.count + roles.count, failed: [])
        for (node, goal) in goals {
            // A goal that cannot be told is looked at again until the deadline, as on the way.
            let until = max(ledger.now + StepLife.decision, tree.rules.deadline)
            let seenBy = max(until, ledger.now + StepLife.lastLook)
            let look = Decided(goal, for: .final)
            _ = ledger.await(look, until: until, seenBy: seenBy, for: .final(node))
        }
        for (index, role) in roles {
            let until = ledger.now + StepLife.guardPatience
            _ = ledger.await(
                Decided(role, for: .guard), until: until, for: .requirement(index))
        }
    }

    /// What an acquire requires to be, master: it may have been lost while nothing guarded it.
    private var rolesToKeep: [(Int, any Condition)] {
        guard plan.direction == .acquire else { return [] }
        return plan.require.enumerated().filter { $1.assurance == .mastership }
            .map { ($0.offset, $0.element) }
    }

    /// A role was looked at again at the end, with the patience of a guard; one that cannot be told
    /// is left alone, since whatever is served is served.
    private mutating func keptRole(_ index: Int, _ look: Look, _ open: Int, _ failed: [NodeID]) {
        ledger.record(.required(index, look.verdict, look.basis))
        let role = plan.require[index].summary
        switch look.verdict {
        case .holds: checkedOne(open, failed)
        case .unknown(let why):
            ledger.warn("it cannot be told at the end that \(role): \(why)")
            checkedOne(open, failed)
        case .doesNot(let seen), .never(let seen):
            let reason = "not so any more at the end that \(role): \(seen)"
            drain(
                reason,
                tree.rules.isCommitted ? .counterpart(reason: reason) : .rollBack(reason: reason))
        }
    }

    mutating func checked(_ node: NodeID, _ look: Look) {
        guard case .checking(let open, var failed) = stage else { return }
        ledger.record(.looked(node, .forward, .final, look.verdict, look.basis))
        if look.verdict != .holds {
            failed.append(node)
            let isUnknown = if case .unknown = look.verdict { true } else { false }
            let what = isUnknown ? "it cannot be told at the end" : tree.notSo(node)
            ledger.warn("\(plan[node].label): \(what) (\(look.verdict.detail))")
        }
        checkedOne(open, failed)
    }

    private mutating func checkedOne(_ open: Int, _ failed: [NodeID]) {
        stage = .checking(open: open - 1, failed: failed)
        guard open == 1 else { return }
        failed.isEmpty ? end(.done, "") : lost(failed.sorted())
    }

    /// Goals were lost that the run had reached.
    private mutating func lost(_ nodes: [NodeID]) {
        let reason = Dictionary(grouping: nodes) { tree.notSo($0) }.sorted { $0.key < $1.key }
            .map { what, nodes in
                "\(what): " + nodes.map { plan[$0].label }.joined(separator: ", ")
            }
            .joined(separator: "; ")
        tree.lose(nodes)
        guard tree.rules.isCommitted else { return self.failed(reason) }
        let resume = ledger.now + StepLife.persistence
        guard resume < tree.rules.deadline else { return stuck(reason) }
        stage = .pausing(nodes)
        ledger.sleep(until: resume, for: .timer(.repair))
    }

    mutating func pauseEnded() {
        guard case .pausing(let nodes) = stage, let first = nodes.first else { return }
        stage = .repairing(nodes)
        tree.repeatStep(first, &ledger)
    }

    private mutating func reactRepairing(_ nodes: [NodeID]) {
        if let broken = tree.broken { return guardBroke(broken.reason) }
        guard let first = nodes.first, tree.lives[first] == nil else { return }
        if let failure = tree.failure { return stuck(failure.reason) }
        guard nodes.count > 1 else { return check() }
        stage = .repairing(Array(nodes.dropFirst()))
        tree.repeatStep(nodes[1], &ledger)
    }
}
