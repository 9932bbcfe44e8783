/// What may start, in the order of the plan.
extension Tree {
    mutating func start(_ id: NodeID, _ ledger: inout Ledger) {
        let node = plan[id]
        let outer = node.parent.map { progress[$0.index].deadline } ?? rules.deadline
        progress[id.index].deadline =
            node.timeout.map { min(outer, ledger.now + $0) } ?? outer
        progress[id.index].stage = .open
        switch node.kind {
        case .pointOfNoReturn:
            rules.isCommitted = true
            progress[id.index].stage = .succeeded
            ledger.record(.phase(.committed))
        case .step(let step):
            openGuards(node.guards, of: id, &ledger)
            let legacy = legacy(of: id, step, &ledger)
            let isDecided = trace(of: id)?.when == .holds
            startLife(
                id, node, step, when: isDecided ? nil : node.when, after: legacy, &ledger)
        case .group:
            let trace = trace(of: id)
            guard let when = node.when, trace?.when != .holds else {
                return openGroup(id, &ledger)
            }
            if let seen = trace?.when?.detail { return skipGroup(id, seen, &ledger) }
            let deadline = progress[id.index].deadline
            let until = min(ledger.now + StepLife.decision, deadline)
            let look = Decided(when, for: .when)
            _ = ledger.await(look, until: until, seenBy: deadline, for: .group(id))
        }
    }

    mutating func startLife(
        _ id: NodeID,
        _ node: PlanNode,
        _ step: StepNode,
        when: (any Condition)?,
        after legacy: StepLife.Legacy = StepLife.Legacy(),
        _ ledger: inout Ledger
    ) {
        let terms = terms(id, node, step, when: when)
        var life = StepLife(id, .forward, step.step, terms, after: legacy)
        life.begin(&ledger)
        if life.result == nil { lives[id] = life } else { conclude(life, id, &ledger) }
    }

    private func terms(
        _ id: NodeID,
        _ node: PlanNode,
        _ step: StepNode,
        when: (any Condition)?
    ) -> StepLife.Terms {
        let guards = guards(around: id)
        let persists =
            rules.isCommitted && step.retry == nil && !mayFail(id) && !isInRetriedGroup(id)
        let single = Retry(attempts: 1, delay: .zero, backoff: 1)
        return StepLife.Terms(
            label: node.label,
            deadline: persists ? rules.deadline : progress[id.index].deadline,
            attemptTimeout: step.attemptTimeout ?? (persists ? node.timeout : nil),
            retry: persists ? nil : step.retry ?? single,
            when: when,
            guards: guards.isEmpty ? nil : AllOf(guards),
            isForced: false
        )
    }

    /// Whether the plan goes on after a failure of this node, or of a group around it.
    private func mayFail(_ id: NodeID) -> Bool {
        var next: NodeID? = id
        while let id = next {
            if plan[id].continuesOnFailure { return true }
            next = plan[id].parent
        }
        return false
    }

    /// Whether a group around it is begun again when it fails.
    private func isInRetriedGroup(_ id: NodeID) -> Bool {
        var next = plan[id].parent
        while let id = next {
            if case .group(let group) = plan[id].kind, group.retry != nil { return true }
            next = plan[id].parent
        }
        return false
    }

    /// The guards of a node and of all groups around it.
    func guards(around id: NodeID) -> [any Condition] {
        var guards: [any Condition] = []
        var next: NodeID? = id
        while let id = next {
            guards += plan[id].guards
            next = plan[id].parent
        }
        return guards
    }

    mutating func openGuards(
        _ guards: [any Condition],
        of id: NodeID,
        _ ledger: inout Ledger
    ) {
        // They may have been watched ahead.
        guard !guards.isEmpty, progress[id.index].watch == nil else { return }
        progress[id.index].watch = ledger.watch(AllOf(guards), for: .guardian(id))
    }

    mutating func openGroup(_ id: NodeID, _ ledger: inout Ledger) {
        openGuards(plan[id].guards, of: id, &ledger)
        fill(id, &ledger)
    }

    /// Starts what may start in an open group, and closes the group when nothing is left.
    mutating func fill(_ id: NodeID, _ ledger: inout Ledger) {
        guard case .group(let group) = plan[id].kind, !isClosed else { return }
        // Past the point of no return only the plan's budget counts, as it does for each step.
        let end = rules.isCommitted ? rules.deadline : progress[id.index].deadline
        let isLate = ledger.now >= end && progress[id.index].next < group.children.count
        while !isLate, failure == nil || rules.isCommitted,
            progress[id.index].failures <= group.allowFailures,
            progress[id.index].running < group.atOnce,
            progress[id.index].next < group.children.count
        {
            let child = group.children[progress[id.index].next]
            progress[id.index].next += 1
            progress[id.index].running += 1
            start(child, &ledger)
            if progress[child.index].isOver { account(child, in: id, &ledger) }
        }
        guard progress[id.index].running == 0, progress[id.index].stage == .open else { return }
        if progress[id.index].failures > group.allowFailures {
            if !pause(id, group.retry, until: end, &ledger) { failed(id, &ledger) }
        } else if progress[id.index].next == group.children.count {
            finish(id, succeeded: true, &ledger)
        } else if isLate {
            let next = plan[group.children[progress[id.index].next]].label
            let why = "no time is left for what follows, from \(next) on"
            progress[id.index].result = .failed(why: why, lastSeen: "")
            failed(id, &ledger)
        }
    }
}
