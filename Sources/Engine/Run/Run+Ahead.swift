/// Looks that run ahead: once something was done, and while every step that has begun only waits
/// for its goal, the host may look at what comes next, whose guards are watched already.
extension Run {
    mutating func lookAhead() {
        guard case .forward = stage else { return }
        if ledger.isActing {
            // Whatever was seen may be different when this is over.
            foreseen = []
        } else if var seen = foreseen, tree.lives.values.allSatisfy(\.onlyWaits) {
            var queries: [Query] = []
            for id in tree.upcoming() where seen.insert(id).inserted {
                tree.openGuards(tree.plan[id].guards, of: id, &ledger)
                for query in tree.openingQueries(of: id) where !queries.contains(query) {
                    queries.append(query)
                }
            }
            foreseen = seen
            ledger.lookAhead(queries)
        }
    }
}

extension Tree {
    /// The steps that begin next, when those are over that are under way; none whose `when` is yet
    /// to be decided.
    func upcoming() -> [NodeID] {
        var upcoming: [NodeID] = []
        for id in lives.keys.sorted() {
            guard let next = follower(of: id), !upcoming.contains(next) else { continue }
            upcoming.append(next)
        }
        return upcoming.flatMap(leaders)
    }

    /// What the opening look of a step asks for, as far as to ask is certain to change nothing.
    func openingQueries(of id: NodeID) -> [Query] {
        guard case .step(let step) = plan[id].kind, case .condition(let goal) = step.step.goal
        else { return [] }
        return goal.queries.filter(\.isHarmless)
    }

    /// What begins after a node, in the nearest sequence that has not begun all of its members.
    private func follower(of id: NodeID) -> NodeID? {
        var next = id
        while let parent = plan[next].parent, case .group(let group) = plan[parent].kind {
            for child in group.children.dropFirst(progress[parent.index].next) {
                if case .pointOfNoReturn = plan[child].kind { continue }
                return child
            }
            next = parent
        }
        return nil
    }

    /// The steps with which a node begins.
    private func leaders(_ id: NodeID) -> [NodeID] {
        guard plan[id].when == nil else { return [] }
        switch plan[id].kind {
        case .step: return [id]
        case .group(let group): return group.children.prefix(group.atOnce).flatMap(leaders)
        case .pointOfNoReturn: return []
        }
    }
}

extension StepLife {
    /// Whether it has nothing left to do but to see its goal.
    fileprivate var onlyWaits: Bool {
        if case .looking(_, failure: nil) = state { true } else { false }
    }
}

extension Query {
    /// Whether it is certain that a look changes nothing.
    fileprivate var isHarmless: Bool {
        if case .userCommand(let look) = self { look.changesNothing } else { true }
    }
}
