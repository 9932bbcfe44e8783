/// A step that takes something or gives it up, and the care that was taken before it.
struct Deed {
    /// Its node.
    let id: NodeID
    /// Where it stands.
    let span: Span
    /// Its kind, as a message names it.
    let kind: String
    /// Whether it takes or gives up.
    let effect: Effect
    /// What.
    let reach: Reach
    /// Whether a guard stands on it, or on a group around it.
    let isGuarded: Bool
    /// Whether the plan goes on when it fails, by a word on it or on a group around it.
    let mayFail: Bool
    /// What certainly held before it.
    let care: Care

    /// Whether it takes what the other node may not have given up.
    var takesByForce: Bool { effect == .acquires && reach.isForced }
}

/// What certainly held before a step, by the requirements, the waits and the guards before it.
struct Care {
    /// This node had been master without a break.
    let isMasterSteady: Bool
    /// This node had a full copy.
    let hasFullCopy: Bool
    /// The peer had let go of what the step takes.
    let hasPeerLetGo: Bool
}

/// A wait for what only the peer can bring about.
struct PeerWait {
    /// Where it stands.
    let span: Span
    /// How long it lasts at most, by its own limit and those around it.
    let limit: Duration
}

/// Goes through a section once, in its order, and notes what care is taken before what.
struct LintWalk {
    private(set) var deeds: [Deed] = []
    private(set) var waits: [PeerWait] = []
    private let nodes: [PlanNode]
    /// What is assured by now, each as often as it was said.
    private var assured: [Assurance: Int] = [:]
    /// The same in its order, so that what may be left out can be taken back.
    private var trail: [Assurance] = []

    init(
        _ nodes: [PlanNode],
        from root: NodeID,
        require: [any Condition],
        budget: Duration
    ) {
        self.nodes = nodes
        for condition in require { note(condition) }
        visit(root, Surroundings(limit: budget))
    }

    /// What stands around a node.
    private struct Surroundings {
        var isGuarded = false
        var mayFail = false
        var limit: Duration
        /// How often the groups let it be tried.
        var times = 1
    }

    private mutating func visit(_ id: NodeID, _ outer: Surroundings) {
        let node = nodes[id.index]
        let mark = trail.count
        var around = outer
        around.isGuarded = outer.isGuarded || !node.guards.isEmpty
        around.mayFail = outer.mayFail || node.continuesOnFailure
        around.limit = min(outer.limit, node.timeout.map { $0 * outer.times } ?? outer.limit)
        // A guard holds for what it stands on, and for nothing behind it.
        let guards = node.guards.compactMap(\.lastingAssurance)
        for assurance in guards { assured[assurance, default: 0] += 1 }
        switch node.kind {
        case .step(let step): visit(step, id, around)
        case .group(let group): visit(group, around)
        case .pointOfNoReturn: break
        }
        for assurance in guards { assured[assurance, default: 0] -= 1 }
        // What may be left out, or may fail, assures of nothing behind it.
        if node.when != nil || node.continuesOnFailure { _ = retract(to: mark) }
    }

    private mutating func visit(_ step: StepNode, _ id: NodeID, _ around: Surroundings) {
        let bearing = step.step.bearing
        let isMasterSteady = holds(.mastership)
        for reach in bearing.reaches {
            deeds.append(
                Deed(
                    id: id,
                    span: nodes[id.index].span,
                    kind: step.title,
                    effect: bearing.effect,
                    reach: reach,
                    isGuarded: around.isGuarded,
                    mayFail: around.mayFail,
                    care: Care(
                        isMasterSteady: isMasterSteady,
                        hasFullCopy: holds(.fullCopy),
                        hasPeerLetGo: hasPeerLetGo(of: reach)
                    )
                )
            )
        }
        guard case .condition(let goal) = step.step.goal else { return }
        if case .peerLetGo = goal.assurance {
            let attempts = (step.retry?.attempts ?? 1) * around.times
            let ofAttempts = step.attemptTimeout.map { $0 * attempts } ?? around.limit
            waits.append(
                PeerWait(span: nodes[id.index].span, limit: min(around.limit, ofAttempts)))
        }
        note(goal)
    }

    /// Side by side, no branch knows what another one assures; behind the group all is assured,
    /// unless branches may fail.
    private mutating func visit(_ group: GroupNode, _ around: Surroundings) {
        var inner = around
        inner.times = min(around.times * (group.retry?.attempts ?? 1), Retry.attemptLimit)
        inner.mayFail = around.mayFail || group.allowFailures > 0
        let areApart = group.atOnce > 1 || group.allowFailures > 0
        var gained: [Assurance] = []
        for child in group.children {
            let mark = trail.count
            visit(child, inner)
            if areApart { gained += retract(to: mark) }
        }
        guard group.allowFailures == 0 else { return }
        for assurance in gained { assure(assurance) }
    }
}

// MARK: - What is assured

extension LintWalk {
    private func holds(_ assurance: Assurance) -> Bool { assured[assurance, default: 0] > 0 }

    private func hasPeerLetGo(of reach: Reach) -> Bool {
        if holds(.peerLetGo(nil)) || holds(.peerLetGo(reach.thing)) { return true }
        return reach.isWhole
            && assured.contains { assurance, count in
                if case .peerLetGo = assurance { count > 0 } else { false }
            }
    }

    private mutating func note(_ condition: any Condition) {
        if let assurance = condition.lastingAssurance { assure(assurance) }
    }

    private mutating func assure(_ assurance: Assurance) {
        assured[assurance, default: 0] += 1
        trail.append(assurance)
    }

    private mutating func retract(to mark: Int) -> ArraySlice<Assurance> {
        let taken = trail[mark...]
        for assurance in taken { assured[assurance, default: 0] -= 1 }
        trail.removeSubrange(mark...)
        return taken
    }
}

extension Condition {
    /// What it assures of; to be master for a moment assures of nothing.
    fileprivate var lastingAssurance: Assurance? {
        assurance == .mastership && steadyFor == .zero ? nil : assurance
    }
}
