/// The way back: the mirror of the way forward.
///
/// A sequence is undone backwards and stops at a member that cannot be undone: what lies beneath
/// is parked, since it may still be in use. Members of a parallel group do not wait for each other.
extension Tree {
    /// The undo is at its end, well or not.
    var isUndone: Bool {
        progress[root.index].undo == .undone || progress[root.index].undo == .parked
    }

    /// The steps that were to be undone and were left as they are, in the order of undoing.
    var parked: [NodeID] {
        plan.nodes.indices.reversed().map { NodeID($0) }.filter { id in
            guard case .step = plan[id].kind else { return false }
            return progress[id.index].undo == .parked
        }
    }

    mutating func beginUndo(by deadline: Instant, _ ledger: inout Ledger) {
        rules.deadline = deadline
        startUndo(root, &ledger)
    }

    /// Hands an answer to the life of a step on its way back.
    mutating func liveBack(
        _ id: NodeID,
        _ ledger: inout Ledger,
        _ happen: (inout StepLife, inout Ledger) -> Void
    ) {
        guard let life = touch(id, &ledger, happen) else { return }
        conclude(undo: life, id, &ledger)
        // Once the roll-back was stopped, the end of a last command must not start another.
        if life.result != .cut { climbUndo(from: id, &ledger) }
    }

    /// A command that was in doubt is gone; its step may wait for that on either way.
    mutating func gone(_ id: NodeID, _ ledger: inout Ledger) {
        if progress[id.index].undo == .idle {
            live(id, &ledger) { life, ledger in life.gone(&ledger) }
        } else if lives[id] != nil {
            liveBack(id, &ledger) { life, ledger in life.gone(&ledger) }
        } else if progress[id.index].undo == .open, !ledger.isInDoubt(id) {
            // What came late came after our undo: look again, and undo it then.
            undoStep(id, isForced: false, &ledger)
            climbUndo(from: id, &ledger)
        }
    }

    /// The budget is spent: whoever waits for a command in doubt waits no more.
    mutating func endPatience(_ ledger: inout Ledger) {
        for doubt in ledger.doubts
        where progress[doubt.node.index].undo == .open && lives[doubt.node] == nil {
            park(doubt.node, "\(doubt.text) may still take effect", &ledger)
            climbUndo(from: doubt.node, &ledger)
        }
    }

    /// Stops the undo: parks what is not undone; commands under way come to their own end first.
    mutating func cutUndo(_ ledger: inout Ledger) {
        for id in lives.keys.sorted() {
            _ = touch(id, &ledger) { life, _ in life.cut() }
        }
        for index in progress.indices where progress[index].undo == .open {
            if case .step = plan.nodes[index].kind { park(NodeID(index), Self.stopped, &ledger) }
        }
        parkBeneath(root, Self.stopped, &ledger)
    }

    private static let stopped = "the roll-back was stopped"
}

extension Tree {
    private mutating func startUndo(_ id: NodeID, _ ledger: inout Ledger) {
        guard ledger.now < rules.deadline else {
            let isLeft = parkBeneath(id, "the time for the roll-back is spent", &ledger)
            progress[id.index].undo = isLeft ? .parked : .undone
            return
        }
        progress[id.index].undo = .open
        switch plan[id].kind {
        case .pointOfNoReturn: progress[id.index].undo = .undone
        case .step:
            if progress[id.index].announced.isEmpty {
                progress[id.index].undo = .undone
            } else {
                undoStep(id, isForced: ledger.isInDoubt(id, .forward), &ledger)
            }
        case .group(let group):
            // An earlier engine, or an earlier attempt, may have come further than this one.
            progress[id.index].undoNext = group.children.count
            fillUndo(id, &ledger)
        }
    }

    private mutating func undoStep(_ id: NodeID, isForced: Bool, _ ledger: inout Ledger) {
        guard case .step(let step) = plan[id].kind else { return }
        if let unclear = unclearUndo(of: id, step) {
            ledger.warn("\(plan[id].label): \(unclear)")
            return park(id, unclear, &ledger)
        }
        switch step.inverse {
        case .none(let why):
            guard !ledger.isInDoubt(id) else { return awaitGone(&ledger) }
            if progress[id.index].announced.contains(where: \.isTool) {
                ledger.warn("\(plan[id].label): not taken back, \(why)")
            }
            ledger.record(.stepEnded(id, .back, .noInverse(why)))
            progress[id.index].undo = .undone
        case .step(let inverse):
            // What takes back may need longer than what it takes back, as a long delay does.
            let needed = inverse.limit ?? .zero
            let limit = plan[id].timeout.map { ledger.now + max($0, needed) } ?? .never
            let terms = StepLife.Terms(
                label: plan[id].label,
                deadline: min(limit, rules.deadline),
                attemptTimeout: step.attemptTimeout,
                retry: nil,
                when: nil,
                guards: nil,
                isForced: isForced
            )
            let legacy = legacy(undoing: id, isForced: isForced, &ledger)
            var life = StepLife(id, .back, inverse, terms, after: legacy)
            life.begin(&ledger)
            if life.result == nil { lives[id] = life } else { conclude(undo: life, id, &ledger) }
        }
    }

    private mutating func conclude(undo life: StepLife, _ id: NodeID, _ ledger: inout Ledger) {
        switch life.result {
        case nil, .cut: return
        case .failed(let why, let seen):
            park(id, seen.isEmpty ? why : "\(why) (last seen: \(seen))", &ledger)
        case let result? where !ledger.isInDoubt(id):
            ledger.record(.stepEnded(id, .back, result))
            progress[id.index].undo = .undone
        default: awaitGone(&ledger)
        }
    }

    /// Until a command in doubt is gone nothing beneath is undone, but not past the budget.
    private func awaitGone(_ ledger: inout Ledger) {
        ledger.sleep(until: rules.deadline, for: .timer(.patience))
    }

    private mutating func park(_ id: NodeID, _ why: String, _ ledger: inout Ledger) {
        progress[id.index].undo = .parked
        ledger.record(.stepEnded(id, .back, .parked(why)))
    }

    private mutating func fillUndo(_ id: NodeID, _ ledger: inout Ledger) {
        guard case .group(let group) = plan[id].kind else { return }
        let isSequence = group.atOnce == 1
        while progress[id.index].undoNext > 0, progress[id.index].undoRunning < group.atOnce {
            if isSequence && progress[id.index].undoParked > 0 { break }
            progress[id.index].undoNext -= 1
            let child = group.children[progress[id.index].undoNext]
            progress[id.index].undoRunning += 1
            startUndo(child, &ledger)
            accountUndo(child, in: id)
        }
        guard progress[id.index].undoRunning == 0 else { return }
        let isParked = progress[id.index].undoParked > 0
        guard isParked || progress[id.index].undoNext == 0 else { return }
        if isParked {
            for child in group.children.prefix(progress[id.index].undoNext).reversed() {
                parkBeneath(child, "it lies beneath a step that could not be undone", &ledger)
            }
        }
        progress[id.index].undo = isParked ? .parked : .undone
    }

    private mutating func accountUndo(_ child: NodeID, in parent: NodeID) {
        guard progress[child.index].undo != .open else { return }
        progress[parent.index].undoRunning -= 1
        if progress[child.index].undo == .parked { progress[parent.index].undoParked += 1 }
    }

    /// Parks what this run did below a node and what was not handed to the undo yet; whether
    /// that is anything.
    @discardableResult
    private mutating func parkBeneath(
        _ id: NodeID,
        _ why: String,
        _ ledger: inout Ledger
    ) -> Bool {
        switch plan[id].kind {
        case .pointOfNoReturn: return false
        case .step(let step):
            guard progress[id.index].undo == .idle, !progress[id.index].announced.isEmpty,
                case .step = step.inverse
            else { return false }
            park(id, why, &ledger)
            return true
        case .group(let group):
            var isLeft = false
            for child in group.children.reversed() where parkBeneath(child, why, &ledger) {
                isLeft = true
            }
            return isLeft
        }
    }

    private mutating func climbUndo(from id: NodeID, _ ledger: inout Ledger) {
        var child = id
        while progress[child.index].undo != .open, let parent = plan[child].parent,
            progress[parent.index].undo == .open
        {
            accountUndo(child, in: parent)
            fillUndo(parent, &ledger)
            child = parent
        }
    }
}
