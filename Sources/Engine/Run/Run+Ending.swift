/// The account that a run gives of itself at its end.
extension Run {
    /// Ends the run; a command in doubt has a last moment to be gone, so that the account is true.
    mutating func close(_ account: Ending) {
        ledger.dropAllButCommands()
        guard !ledger.openDoubts.isEmpty else { return conclude(account) }
        stage = .settling(account)
        ledger.sleep(until: ledger.now + Self.lastPatience, for: .timer(.patience))
    }

    /// Gives the account: nothing is asked of the host any more.
    mutating func conclude(_ account: Ending) {
        for doubt in ledger.openDoubts {
            let how = doubt.isLeft ? "" : "was given up on and "
            ledger.warn("\(doubt.text) \(how)may still take effect")
        }
        ledger.dropAllButCommands()
        let ending = Ending(
            account.kind,
            reason: account.reason,
            warnings: ledger.warnings,
            remaining: endsOfDoubt(account.kind) + account.remaining,
            handOver: waiting,
            isCommitted: account.isCommitted
        )
        ledger.record(.ended(ending))
        self.ending = ending
        stage = .over
    }

    /// What ends what is in doubt. A reboot alone ends a tool that a KILL does not end, and an
    /// orderly shutdown would wait for the same; what waits for hastd alone ends with that. What
    /// was left behind was not told to end, since it may be a daemon.
    private func endsOfDoubt(_ kind: Ending.Kind) -> [String] {
        guard kind == .stuck else { return [] }
        let doubts = ledger.openDoubts.filter { $0.command.hastdUse == nil }
        func line(_ how: String, _ doubts: [Ledger.Doubt]) -> [String] {
            guard !doubts.isEmpty else { return [] }
            let tools = doubts.map(\.text).joined(separator: ", ")
            return ["\(how), unless this ends by itself: \(tools)"]
        }
        let groups = doubts.filter(\.isLeft).compactMap(\.pid).map { " -\($0)" }.joined()
        return line(Command(.fenceSelf).line, doubts.filter { !$0.isLeft })
            + line("kill --\(groups)", doubts.filter(\.isLeft))
    }

    /// What is left to do by hand, in order: what was not undone, or else what was not reached.
    ///
    /// Before the first word to hastd stands how it is brought to answer, if it does not.
    func remaining() -> [String] {
        let deeds = leftover()
        var lines = deeds.flatMap(\.lines)
        if let first = deeds.firstIndex(where: \.needsHastd) {
            let before = deeds[..<first].reduce(0) { $0 + $1.lines.count }
            lines.insert(HastdInterlock.remedy, at: before)
        }
        return lines
    }

    /// What is left of one step.
    private struct Deed {
        let step: any Step
        let commands: [Command]
        /// Why no command can bring it about.
        var why: String?

        /// A step that ends a silence of hastd: what a person does about that stands in its place.
        private var endsSilence: Bool {
            commands.isEmpty && step.effect == .neither && step.silence != nil
        }
        var needsHastd: Bool { endsSilence || commands.contains { $0.hastdUse != nil } }

        var lines: [String] {
            if let why { return [why] }
            guard commands.isEmpty else { return commands.map(\.line) }
            return endsSilence ? [] : [step.summary]
        }
    }

    private func leftover() -> [Deed] {
        let parked = tree.parked
        if !parked.isEmpty { return parked.compactMap { undoing($0) } }
        if let relief { return relief.unreached().compactMap { doing($0) } }
        let isForward = tree.rules.isCommitted
        if isForward { return tree.unreached().compactMap { doing($0) } }
        return tree.applied().compactMap { undoing($0) }
    }

    private func doing(_ id: NodeID) -> Deed? {
        guard case .step(let node) = plan[id].kind else { return nil }
        let progress = (relief ?? tree).progress[id.index]
        let announced = progress.announced
        if announced.isEmpty, case .failed(let why, lastSeen: "") = progress.result {
            // It can never be so: its commands would be in vain, and why says what helps.
            return Deed(step: node.step, commands: [], why: why)
        }
        let commands = announced.isEmpty ? node.step.apply(.none) : announced
        return Deed(step: node.step, commands: commands)
    }

    private func undoing(_ id: NodeID) -> Deed? {
        guard case .step(let node) = plan[id].kind, case .step(let inverse) = node.inverse else {
            return nil
        }
        return Deed(step: inverse, commands: inverse.apply(.none))
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
            goals.append((id, node.step.enough ?? goal))
        }
        return goals.reversed()
    }

    /// What a release did not give up, though the plan went on: the pools and replicas by which the
    /// peer is kept from taking over. No word of a plan makes that done. Empty while it goes back.
    func keptGoals() -> [(NodeID, any Condition)] {
        guard rules.isCommitted else { return [] }
        let failed = plan.releases(under: root).filter { hasFailed($0.0) }
        guard !failed.isEmpty else { return [] }
        // Another step may have given it up in another way.
        let reached = Set(finalGoals().compactMap(\.1.subject))
        return failed.filter { goal in goal.1.subject.map { !reached.contains($0) } ?? true }
    }

    /// What is said of a goal that does not hold at the end.
    func notSo(_ id: NodeID) -> String {
        hasFailed(id) ? "not so at the end" : "not so any more at the end"
    }

    /// Whether a step did not come to its goal, be it with leave.
    private func hasFailed(_ id: NodeID) -> Bool {
        if case .failed = progress[id.index].result { true } else { false }
    }

    /// The steps that are not done, in the order of the plan.
    func unreached() -> [NodeID] {
        plan.steps(from: root).filter { id in
            switch progress[id.index].stage {
            case .succeeded: false
            case .idle: past?[id].isReached != true && !isSkipped(id)
            case .open, .failed: true
            }
        }
    }

    /// Whether a group around a step was not wanted.
    private func isSkipped(_ id: NodeID) -> Bool {
        var next = plan[id].parent
        while let group = next {
            if case .notWanted = progress[group.index].result { return true }
            if case .notWanted = past?[group].forward.result { return true }
            next = plan[group].parent
        }
        return false
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
