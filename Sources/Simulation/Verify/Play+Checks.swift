import Engine

/// What is held against the pair, at every moment and at the end.
extension Play {
    /// Where the pair is.
    enum State: Equatable {
        /// One node serves, and the other one has nothing of it.
        case converged
        case other(String)
    }

    mutating func breach(_ kind: Breach.Kind, _ side: Side?, _ detail: String) {
        guard !breaches.contains(where: { $0.kind == kind && $0.side == side }) else { return }
        let isLone = Side.allCases.contains { lone in
            pair.isOn(lone) && !pair.isOn(lone.other) && nodes[lone].boot > 1
        }
        breaches.append(
            Breach(
                kind: kind, at: now - .zero, side: side, detail: detail, isOfLoneNode: isLone))
        tell(side, .breach) { "\(kind.sentence): \(detail)" }
    }

    /// What must hold at every moment.
    mutating func inspect() {
        let now = now
        while damageSeen < pair.damage.count {
            let damage = pair.damage[damageSeen]
            damageSeen += 1
            if let kind = damage.kind.breach { breach(kind, damage.side, damage.text) }
        }
        if pair.isServing(.a) || pair.isServing(.b) {
            if let since = outageSince { longestOutage = max(longestOutage, now - since) }
            outageSince = nil
        } else if outageSince == nil {
            outageSince = now
        }
        for side in Side.allCases {
            if let service = pair[side].world.servesWithoutPool {
                breach(.servedWithoutPool, side, "\(service) runs, and its pool is not here")
            }
            if nodes[side].isLate(at: now), let run = nodes[side].underway {
                let name = subject[run.direction].name
                breach(.overBudget, side, "\(name) is under way for \((now - run.began).clockText)")
            }
        }
    }

    /// What the pair is like now.
    var state: State {
        let aServes = pair.isServing(.a)
        let bServes = pair.isServing(.b)
        guard aServes != bServes else {
            return .other(aServes ? "both nodes serve" : "no node serves")
        }
        let master: Side = aServes ? .a : .b
        let other = master.other
        guard !nodes[other].isUp || pair.isGivenUp(other) else {
            return .other("node \(other.name) has something of the pair as well")
        }
        return .converged
    }

    /// What must hold at the end.
    mutating func finish() {
        if let since = outageSince { longestOutage = max(longestOutage, now - since) }
        guard breaches.isEmpty else { return }
        if case .other(let what) = state { breach(.notConverged, nil, what) }
        if story == Story(.switchover), pair.isServing(.a) {
            breach(.notHandedOver, .a, "node a serves in the end, as it did before")
        }
        if let write = pair.lostWrites().first {
            breach(.lostWrite, write.side, "it was acknowledged at \((write.at - .zero).clockText)")
        }
    }

    /// What an ending claims, held against the world.
    mutating func check(_ ending: Ending, of run: Player.Underway, on side: Side) {
        switch ending.kind {
        case .done:
            for goal in subject.goals(run.direction) {
                let verdict = pair[side].see(goal)
                guard verdict == .holds else {
                    return breach(.falseDone, side, "\(goal.summary): \(verdict.detail)")
                }
            }
        case .rolledBack, .released, .interrupted:
            if Holdings(pair[side].world).exceed(run.before) {
                breach(.falseRollBack, side, ending.reason)
            }
        case .refused:
            if Holdings(pair[side].world) != run.before {
                breach(.falseRefusal, side, ending.reason)
            }
        case .stuck, .left: checkWayOut(ending, of: run, on: side)
        case .cutOff, .superseded: break
        }
    }
}

extension World {
    /// A service that serves from a pool which is not here.
    fileprivate var servesWithoutPool: String? {
        let isThere = pools.allSatisfy(\.isImported)
        guard !isThere else { return nil }
        if servesISCSI { return "iSCSI" }
        return servesNFS ? "NFS" : nil
    }
}

extension Damage.Kind {
    /// What must never be, where it is that; two primaries alone do no harm yet.
    fileprivate var breach: Breach.Kind? {
        switch self {
        case .poolOnBoth: .twoImports
        case .demotedUnderPool: .demotedUnderPool
        case .splitBrain: .splitBrain
        case .brokenCopy: .brokenCopy
        case .primaryOnBoth: nil
        }
    }
}
