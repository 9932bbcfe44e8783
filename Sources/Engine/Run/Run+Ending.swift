/// The account that a run gives of itself at its end.
extension Run {
    /// Ends the run; a command in doubt has a last moment to be gone, so that the account is true.
    mutating func close(_ account: Ending) {
        ledger.dropAllButCommands()
        guard !ledger.doubts.isEmpty else { return conclude(account) }
        stage = .settling(account)
        ledger.sleep(until: ledger.now + Self.lastPatience, for: .timer(.patience))
    }

    /// Gives the account: nothing is asked of the host any more.
    mutating func conclude(_ account: Ending) {
        for doubt in ledger.doubts {
            ledger.warn("\(doubt.text) was given up on and may still take effect")
        }
        ledger.dropAllButCommands()
        let ending = Ending(
            account.kind,
            reason: account.reason,
            warnings: ledger.warnings,
            remaining: reboots(account.kind) + account.remaining,
            handOver: waiting,
            isCommitted: account.isCommitted
        )
        ledger.record(.ended(ending))
        self.ending = ending
        stage = .over
    }

    /// Nothing else ends a tool that a KILL does not end, nor an orderly shutdown, which would wait
    /// for the same.
    private func reboots(_ kind: Ending.Kind) -> [String] {
        guard kind == .stuck, !ledger.doubts.isEmpty else { return [] }
        let tools = ledger.doubts.map(\.text).joined(separator: ", ")
        return ["\(Command(.fenceSelf).line), unless this ends by itself: \(tools)"]
    }

    /// What is left to do by hand, in order: what was not undone, or else what was not reached.
    func remaining() -> [String] {
        let parked = tree.parked
        if !parked.isEmpty { return parked.flatMap { undoLines(of: $0) } }
        if let relief { return relief.unreached().flatMap { lines(of: $0) } }
        let isForward = tree.rules.isCommitted
        if isForward { return tree.unreached().flatMap { lines(of: $0) } }
        return tree.applied().flatMap { undoLines(of: $0) }
    }

    private func lines(of id: NodeID) -> [String] {
        guard case .step(let node) = plan[id].kind else { return [] }
        let progress = (relief ?? tree).progress[id.index]
        let announced = progress.announced
        if announced.isEmpty, case .failed(let why, lastSeen: "") = progress.result {
            // It can never be so: its commands would be in vain, and why says what helps.
            return [why]
        }
        let commands = announced.isEmpty ? node.step.apply(.none) : announced
        return commands.isEmpty ? [node.step.summary] : commands.map(\.line)
    }

    private func undoLines(of id: NodeID) -> [String] {
        guard case .step(let node) = plan[id].kind, case .step(let inverse) = node.inverse else {
            return []
        }
        let commands = inverse.apply(.none)
        return commands.isEmpty ? [inverse.summary] : commands.map(\.line)
    }
}

extension Tree {
    /// The goals that must hold at the end: each subject's last, as far as a subject is known.
    ///
    /// Two steps with one subject reverse or repeat each other, so only the later one is looked at;
    /// a later one that failed may have reversed it, which nobody promised against.
    func finalGoals() -> [(NodeID, any Condition)] {
        var goals: [(NodeID, any Condition)] = []
        var seen: Set<String> = []
        for id in plan.steps(from: root).reversed() {
            let isReached = progress[id.index].result?.isReached ?? false
            let isTouched = !progress[id.index].announced.isEmpty || lives[id] != nil
            guard isReached || isTouched,
                case .step(let node) = plan[id].kind, case .condition(let goal) = node.step.goal,
                let subject = goal.subject, seen.insert(subject).inserted, isReached
            else { continue }
            goals.append((id, goal))
        }
        return goals.reversed()
    }

    /// The steps that are not done, in the order of the plan.
    func unreached() -> [NodeID] {
        plan.steps(from: root).filter { id in
            let stage = progress[id.index].stage
            let wasReached = stage == .idle && past?[id].isReached == true
            return stage != .succeeded && !wasReached
        }
    }

    /// The steps of which something was announced, in the order of undoing.
    func applied() -> [NodeID] {
        plan.steps(from: root).reversed().filter { !progress[$0.index].announced.isEmpty }
    }
}

extension StepResult {
    /// Whether the step's goal was seen to hold.
    fileprivate var isReached: Bool {
        switch self {
        case .done, .already: true
        case .notWanted, .failed, .cut, .undone, .nothingToUndo, .noInverse, .parked: false
        }
    }
}
