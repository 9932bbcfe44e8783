import Engine

/// The longest that a plan's own limits let it take.
extension Plan {
    /// The longest that the steps under a node can take, branches of a group side by side.
    func limit(of id: NodeID) -> Duration {
        let node = self[id]
        let own: Duration =
            switch node.kind {
            case .step: node.timeout ?? timeout
            case .pointOfNoReturn: .zero
            case .group(let group): limit(of: group)
            }
        return min(own, node.timeout ?? own)
    }

    /// The longest way forward: what is required first, then the steps.
    var limitForward: Duration {
        (require.map(\.steadyFor).max() ?? .zero) + limit(of: steps)
    }

    /// Each member takes the first place that is free, as the run does it.
    private func limit(of group: GroupNode) -> Duration {
        var places = [Duration](
            repeating: .zero, count: max(1, min(group.atOnce, group.children.count)))
        for child in group.children {
            let first = places.indices.min { places[$0] < places[$1] } ?? 0
            places[first] += limit(of: child)
        }
        return places.max() ?? .zero
    }
}
