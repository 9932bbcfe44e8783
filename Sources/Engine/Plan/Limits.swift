/// How long the steps under a node can take by their own limits.
struct Limits {
    let nodes: [PlanNode]
    /// What limits a step that has no limit of its own.
    let budget: Duration

    /// The longest that a node can take, branches of a group side by side.
    func limit(of id: NodeID) -> Duration {
        let node = nodes[id.index]
        let own: Duration =
            switch node.kind {
            case .step: node.timeout ?? budget
            case .pointOfNoReturn: .zero
            case .group(let group): limit(ofAll: group.retry, each: limit(of: group))
            }
        return min(own, node.timeout ?? own)
    }

    /// The longest way forward: what is required first, then the steps.
    func limit(of steps: NodeID, requiring require: [any Condition]) -> Duration {
        (require.map(\.steadyFor).max() ?? .zero) + limit(of: steps)
    }

    /// All attempts of a group that is begun again, and the pauses between them.
    private func limit(ofAll retry: Retry?, each: Duration) -> Duration {
        guard let retry else { return each }
        return (1..<retry.attempts).reduce(each) { $0 + retry.delay(after: $1) + each }
    }

    /// Each member takes the first place that is free, as the run does it.
    private func limit(of group: GroupNode) -> Duration {
        let limits = group.children.map { limit(of: $0) }
        if group.atOnce >= limits.count { return limits.max() ?? .zero }
        if group.atOnce == 1 { return limits.reduce(.zero, +) }
        // In order, the first to be free in front.
        var places = [Duration](repeating: .zero, count: group.atOnce)
        for limit in limits {
            let end = places.removeFirst() + limit
            var (low, high) = (0, places.count)
            while low < high {
                let middle = (low + high) / 2
                if places[middle] < end { low = middle + 1 } else { high = middle }
            }
            places.insert(end, at: low)
        }
        return places.last ?? .zero
    }
}

extension Plan {
    /// The longest that the steps under a node can take, branches of a group side by side.
    public func limit(of id: NodeID) -> Duration {
        Limits(nodes: nodes, budget: timeout).limit(of: id)
    }

    /// The longest way forward by the plan's own limits: what is required first, then the steps.
    public var limitForward: Duration {
        Limits(nodes: nodes, budget: timeout).limit(of: steps, requiring: require)
    }
}
