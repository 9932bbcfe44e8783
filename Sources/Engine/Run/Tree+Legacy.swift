/// What a section takes over from an engine that died.
extension Tree {
    /// What there is of the way forward through a step.
    func legacy(
        of id: NodeID, _ step: StepNode, _ ledger: inout Ledger
    ) -> StepLife.Legacy {
        var legacy = StepLife.Legacy()
        legacy.announced = progress[id.index].announced
        legacy.waits = ledger.isInDoubt(id, .forward)
        guard let trace = trace(of: id) else { return legacy }
        legacy.announced = trace.forward.announced
        if case .once = step.step.goal {
            legacy.result = trace.forward.onceResult
        } else if trace.isReached, reversed.contains(id) {
            legacy.result = trace.forward.result
        }
        switch trace.when {
        case .doesNot(let seen), .never(let seen): legacy.result = .notWanted(seen)
        case nil, .holds, .unknown: break
        }
        return legacy
    }

    /// What there is of the undo of a step; a forced one is announced anew whatever is seen.
    func legacy(
        undoing id: NodeID, isForced: Bool, _ ledger: inout Ledger
    ) -> StepLife.Legacy {
        guard let trace = past?[id] else { return StepLife.Legacy() }
        var legacy = StepLife.Legacy()
        if !isForced { legacy.announced = trace.back.announced }
        legacy.waits = ledger.isInDoubt(id, .back)
        return legacy
    }

    /// Why a step is parked instead of being undone: nobody can tell what is there to undo, or
    /// whether it was undone already.
    func unclearUndo(of id: NodeID, _ step: StepNode) -> String? {
        guard let trace = past?[id] else { return nil }
        switch step.inverse {
        case .none: return step.step.isUnclear(trace.forward) ? Past.unclear : nil
        case .step(let inverse): return inverse.isUnclear(trace.back) ? Past.unclear : nil
        }
    }
}

extension Past {
    /// Why a step is parked that may or may not have been done.
    static let unclear = "the engine died during its command, and nobody can tell what came of it"

    /// The steps under a node whose subject a later one was come to work on: what they once made
    /// true need not hold any more, and is not made true again.
    func reversed(under root: NodeID) -> Set<NodeID> {
        var reversed: Set<NodeID> = []
        var subjects: Set<String> = []
        for id in plan.steps(from: root).reversed() {
            guard case .step(let node) = plan[id].kind, case .condition(let goal) = node.step.goal,
                let subject = goal.subject
            else { continue }
            if subjects.contains(subject) { reversed.insert(id) }
            if self[id].isReached || self[id].isApplied { subjects.insert(subject) }
        }
        return reversed
    }

    /// The first step under a node that is to be parked because it may or may not have been done.
    func firstUnclear(under root: NodeID) -> NodeID? {
        plan.steps(from: root).first { id in
            guard case .step(let node) = plan[id].kind else { return false }
            return node.step.isUnclear(self[id].forward)
        }
    }
}

extension Step {
    /// Whether nobody can tell if this was done, and it must not be done again for that.
    fileprivate func isUnclear(_ passage: Past.Passage) -> Bool {
        if case .once(.park) = goal { passage.isOnceInDoubt } else { false }
    }
}
