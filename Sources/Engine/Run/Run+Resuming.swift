/// Taking up a run that its engine left unfinished when it died.
///
/// Forward is no replay: it is a fresh pass over the same plan, whose looks find what is done. All
/// budgets count anew (docs/decisions/0011).
extension Run {
    mutating func takeUp(_ past: Past, _ way: Resumption, settled: Duration) {
        ledger.record(.resumed(way))
        for doubt in way == .back ? past.orphans.all : past.doubts { ledger.adopt(doubt) }
        switch way {
        case .forward: goOn(settled: settled)
        case .back:
            let reason = past.reason ?? Self.engineDied
            drained(past.isInterrupted ? .rollBackInterrupted : .rollBack(reason: reason))
        case .counterpart: drained(.counterpart(reason: past.reason ?? Self.engineDied))
        case .ifFailed:
            let kind = if case .ifFailed(let kind) = past.aim { kind } else { Ending.Kind.left }
            giveWay(Ending(kind, reason: past.reason ?? Self.engineDied))
        }
    }

    /// Whether an earlier engine came so far that this run cannot be refused any more.
    var isTakenUp: Bool {
        guard let past = resumption?.past else { return false }
        // A release is committed from the start, and may be refused all the same.
        return past.hasEffects || (past.isCommitted && plan.direction != .release)
    }

    private mutating func goOn(settled: Duration) {
        if let unclear = unclear(under: plan.steps) { return stuck(unclear) }
        tree.rules.deadline = ledger.now + plan.timeout
        // What a release requires was seen before its first effect; from there it only goes on.
        let isUnderWay = plan.direction == .release && isTakenUp
        guard !plan.require.isEmpty, !isUnderWay else { return goForward() }
        ledger.record(.phase(.requiring))
        require(settled: settled)
    }

    /// Why a section cannot be gone on with; nil when it can.
    func unclear(under root: NodeID) -> String? {
        guard let node = resumption?.past.firstUnclear(under: root) else { return nil }
        return "\(plan[node].label): \(Past.unclear)"
    }

    /// A requirement was looked at again, by a run that has effects already.
    mutating func requiredAgain(isLast: Bool, _ refusals: [String]) {
        guard !refusals.isEmpty else {
            if isLast { goForward() }
            return
        }
        let reason = "what it requires does not hold any more: " + refusals.joined(separator: "; ")
        guard tree.rules.isCommitted else { return drain(reason, .rollBack(reason: reason)) }
        guard isLast else { return }
        let next = ledger.now + StepLife.persistence
        guard next < tree.rules.deadline else { return stuck(reason) }
        ledger.sleep(until: next, for: .timer(.requirement))
    }

    /// Why a run is taken back that had no other reason to be.
    static let engineDied = "its engine died, and it is not to go on"
}
