import Engine

/// What is held against each effect of a run, at the moment at which it is announced or begun.
extension Play {
    mutating func check(_ record: Record, on side: Side) {
        switch record.fact {
        case .intent(let node, .forward, _, _): checkOnce(node, on: side)
        case .commandBegan(let node, .forward, _, _): checkGuards(of: node, on: side)
        case .phase(.committed): checkUnmounted(on: side)
        default: break
        }
    }

    /// A run that was taken up does nothing again that is done.
    ///
    /// A release goes on also where it cannot tell what is done.
    private mutating func checkOnce(_ node: NodeID, on side: Side) {
        guard nodes[side].isResumed(), let plan = nodes[side].run?.plan,
            case .step(let step) = plan[node].kind, step.step.effect != .releases,
            case .condition(let goal) = step.step.goal, goal.steadyFor == .zero,
            pair[side].see(goal) == .holds
        else { return }
        breach(.doneTwice, side, plan[node].label)
    }

    private mutating func checkGuards(of node: NodeID, on side: Side) {
        guard let plan = nodes[side].run?.plan else { return }
        var next: NodeID? = node
        while let id = next {
            for condition in plan[id].guards {
                guard case .doesNot(let detail) = pair[side].see(condition) else { continue }
                return breach(.unguarded, side, "\(plan[node].label): \(detail)")
            }
            next = plan[id].parent
        }
    }

    /// What was not open before the run opens to writers only once there is no way back.
    private mutating func checkUnmounted(on side: Side) {
        guard let run = nodes[side].underway, !run.isResumed else { return }
        for (pool, wasThere) in zip(pair[side].world.pools, run.before.pools) where !wasThere {
            guard let mounted = pool.datasets.first(where: \.isMounted) else { continue }
            breach(.openedEarly, side, "\(mounted.name) is mounted")
        }
    }
}
