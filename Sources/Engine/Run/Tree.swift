/// One way through one section of a plan: what is ready, what is under way, how it came out.
///
/// Forward it starts what the plan's order allows; back (`Tree+Undo`) it mirrors that order.
struct Tree: Sendable {
    /// The phase of the run as far as a step has to know it.
    struct Rules: Sendable {
        /// The end of the budget on the way that is gone now.
        var deadline: Instant
        /// Nothing is undone any more: a step retries until the budget ends, and a failure
        /// leaves what runs beside it alone.
        var isCommitted: Bool
    }

    /// How far a node is, forward.
    struct Progress: Sendable {
        enum Stage: Sendable { case idle, open, succeeded, failed }

        var stage = Stage.idle
        /// The first child that was not started yet.
        var next = 0
        var running = 0
        var failures = 0
        /// Which attempt of a group this is that is begun again when it failed.
        var attempt = 1
        /// Whether a group around it was begun again, so that no past tells how far it is.
        var isRepeated = false
        var deadline = Instant.never
        var watch: WorkID?
        /// The commands of a step that were announced last.
        var announced: [Command] = []
        var result: StepResult?
        var undo = Undo.idle
        /// How many members, from the last, were handed to the undo.
        var undoNext = 0
        var undoRunning = 0
        var undoParked = 0

        var isOver: Bool { stage == .succeeded || stage == .failed }
    }

    /// How far the undo of a node is.
    enum Undo: Sendable { case idle, open, undone, parked }

    /// Why a section failed.
    struct Failure: Sendable {
        let reason: String
    }

    let plan: Plan
    let root: NodeID
    var rules: Rules
    /// Set by the first failure that nothing tolerates.
    var failure: Failure?
    /// The run drains: nothing new begins.
    var isClosed = false
    /// Set when a guard is broken.
    var broken: Failure?
    /// The forward way is at its end, well or not.
    var isOver: Bool { progress[root.index].isOver }
    var progress: [Progress]
    var lives: [NodeID: StepLife] = [:]
    /// What the steps wait for that are to be tried again.
    var mendings: [NodeID: Mending] = [:]
    /// The groups that failed and are begun again after a pause.
    var pausing: Set<NodeID> = []
    /// What earlier engines of this run have left of the section, if there were any.
    let past: Past?
    /// The steps of which a later one on the same subject was come to by an earlier engine.
    let reversed: Set<NodeID>

    init(_ plan: Plan, root: NodeID, rules: Rules, past: Past? = nil) {
        self.plan = plan
        self.root = root
        self.rules = rules
        self.past = past
        reversed = past?.reversed(under: root) ?? []
        progress = Array(repeating: Progress(), count: plan.nodes.count)
        guard let past else { return }
        for id in plan.steps(from: root) where !past[id].isBehind {
            progress[id.index].announced = past[id].forward.announced
        }
    }

    mutating func begin(_ ledger: inout Ledger) { start(root, &ledger) }
}

// MARK: - Ending

extension Tree {
    /// Ends a node: its guards are watched no more.
    mutating func finish(_ id: NodeID, succeeded: Bool, _ ledger: inout Ledger) {
        if let watch = progress[id.index].watch { ledger.end(watch) }
        progress[id.index].watch = nil
        let isTolerated = !succeeded && plan[id].continuesOnFailure
        if isTolerated {
            ledger.warn("\(plan[id].label) failed, and the plan goes on: \(cause(of: id))")
        }
        progress[id.index].stage = succeeded || isTolerated ? .succeeded : .failed
    }

    mutating func account(
        _ child: NodeID,
        in parent: NodeID,
        _ ledger: inout Ledger
    ) {
        progress[parent.index].running -= 1
        guard progress[child.index].stage == .failed else { return }
        progress[parent.index].failures += 1
        guard case .group(let group) = plan[parent].kind,
            progress[parent.index].failures <= group.allowFailures
        else { return }
        let why = cause(of: child)
        ledger.warn("\(plan[child].label) failed, which \(plan[parent].label) allows: \(why)")
    }

    /// Why a node failed, in the words of the first of its steps that did.
    func cause(of id: NodeID) -> String {
        if case .failed(let why, let seen) = progress[id.index].result {
            return why + (seen.isEmpty ? "" : " (last seen: \(seen))")
        }
        guard case .group(let group) = plan[id].kind,
            let child = group.children.first(where: { progress[$0.index].stage == .failed })
        else { return "it was ended" }
        return "\(plan[child].label): \(cause(of: child))"
    }

    /// Tells the groups above that a node is over, as far up as this ends them too.
    mutating func climb(from id: NodeID, _ ledger: inout Ledger) {
        var child = id
        while !isClosed, progress[child.index].isOver, let parent = plan[child].parent,
            progress[parent.index].stage == .open
        {
            account(child, in: parent, &ledger)
            fill(parent, &ledger)
            child = parent
        }
    }

    /// Lets something happen to the life of a step, in its place; gives the life when it is over.
    mutating func touch(
        _ id: NodeID, _ ledger: inout Ledger, _ happen: (inout StepLife, inout Ledger) -> Void
    ) -> StepLife? {
        guard let index = lives.index(forKey: id) else { return nil }
        happen(&lives.values[index], &ledger)
        return lives.values[index].result == nil ? nil : lives.remove(at: index).value
    }

    /// Ends the node of a life that is over; the groups above are not told.
    mutating func conclude(_ life: StepLife, _ id: NodeID, _ ledger: inout Ledger) {
        guard let result = life.result else { return }
        if !life.announced.isEmpty { progress[id.index].announced = life.announced }
        progress[id.index].result = result
        ledger.record(.stepEnded(id, .forward, result))
        if let verdict = life.brokenGuard { breakGuard(id, verdict, &ledger) }
        if case .failed = result {
            failed(id, &ledger)
        } else {
            finish(id, succeeded: result != .cut, &ledger)
        }
    }

    /// Ends a node that failed, which fails the section unless something tolerates it.
    mutating func failed(_ id: NodeID, _ ledger: inout Ledger) {
        finish(id, succeeded: false, &ledger)
        guard failure == nil, progress[id.index].stage == .failed, !isTolerated(id) else { return }
        failure = Failure(reason: "\(plan[id].label): \(cause(of: id))")
    }

    private mutating func breakGuard(_ id: NodeID, _ verdict: Verdict, _ ledger: inout Ledger) {
        ledger.record(.guardBroken(id, verdict))
        guard broken == nil else { return }
        broken = Failure(reason: "the guard of \(plan[id].label) is broken: \(verdict.detail)")
    }

    /// Whether a group above takes the failure of this node without failing itself.
    private func isTolerated(_ id: NodeID) -> Bool {
        var child = id
        while let parent = plan[child].parent {
            guard case .group(let group) = plan[parent].kind else { return false }
            if progress[parent.index].failures < group.allowFailures { return true }
            if progress[parent.index].hasAttemptsLeft(group.retry) { return true }
            if plan[parent].continuesOnFailure { return true }
            child = parent
        }
        return false
    }
}

// MARK: - What happens

extension Tree {
    /// A group's `when` is decided.
    mutating func decided(_ id: NodeID, _ look: Look, _ ledger: inout Ledger) {
        ledger.record(.looked(id, .forward, .when, look.verdict, look.basis))
        switch look.verdict {
        case .holds: openGroup(id, &ledger)
        case .doesNot(let seen), .never(let seen):
            skipGroup(id, seen, &ledger)
        case .unknown(let why):
            let result = StepResult.failed(why: StepLife.undecided, lastSeen: why)
            progress[id.index].result = result
            ledger.record(.stepEnded(id, .forward, result))
            failed(id, &ledger)
        }
        climb(from: id, &ledger)
    }

    /// Ends a group that is not wanted.
    mutating func skipGroup(_ id: NodeID, _ seen: String, _ ledger: inout Ledger) {
        progress[id.index].result = .notWanted(seen)
        ledger.record(.stepEnded(id, .forward, .notWanted(seen)))
        finish(id, succeeded: true, &ledger)
    }

    /// A watch says that a guard is broken.
    mutating func guardBroke(_ id: NodeID, _ verdict: Verdict, _ ledger: inout Ledger) {
        progress[id.index].watch = nil
        // What has not begun is not protected yet: it looks for itself when it does.
        guard progress[id.index].stage != .idle else { return }
        breakGuard(id, verdict, &ledger)
    }

    /// Hands an answer to the life of a step on its way forward.
    mutating func live(
        _ id: NodeID,
        _ ledger: inout Ledger,
        _ happen: (inout StepLife, inout Ledger) -> Void
    ) {
        guard let life = touch(id, &ledger, happen) else { return }
        conclude(life, id, &ledger)
        if !mended(id, &ledger) { climb(from: id, &ledger) }
    }

    /// Ends every life; a command under way comes to its own end first.
    mutating func cut(_ ledger: inout Ledger) {
        isClosed = true
        mendings = [:]
        pausing = []
        for id in lives.keys.sorted() {
            guard let life = touch(id, &ledger, { life, _ in life.cut() }) else { continue }
            if !life.announced.isEmpty { progress[id.index].announced = life.announced }
            ledger.record(.stepEnded(id, .forward, .cut))
        }
    }

    /// Takes note that goals do not hold any more which were reached.
    mutating func lose(_ nodes: [NodeID]) {
        for id in nodes { progress[id.index].stage = .failed }
    }

    /// Opens the life of a step again whose goal does not hold any more.
    mutating func repeatStep(_ id: NodeID, _ ledger: inout Ledger) {
        guard case .step(let step) = plan[id].kind else { return }
        let limit = plan[id].timeout.map { ledger.now + $0 } ?? .never
        progress[id.index].deadline = min(limit, rules.deadline)
        openGuards(guards(around: id), of: id, &ledger)
        startLife(id, plan[id], step, when: nil, &ledger)
    }
}
