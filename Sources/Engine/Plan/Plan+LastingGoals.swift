extension Plan {
    /// What holds when the plan is done and nobody interferes: of each subject, the goal of the
    /// last step that works on it.
    public var lastingGoals: [any Condition] {
        var goals: [any Condition] = []
        var seen: Set<String> = []
        for id in steps(from: steps).reversed() {
            guard case .step(let node) = self[id].kind, case .condition(let goal) = node.step.goal,
                node.step.effect != .neither, let subject = goal.subject,
                seen.insert(subject).inserted
            else { continue }
            goals.append(goal)
        }
        return goals.reversed()
    }

    /// What only the peer can bring about, and the plan waits for: that it has let go.
    public var peerWaits: [any Condition] {
        steps(from: steps).compactMap { id in
            guard case .step(let node) = self[id].kind, case .condition(let goal) = node.step.goal,
                case .peerLetGo = goal.assurance
            else { return nil }
            return goal
        }
    }
}
