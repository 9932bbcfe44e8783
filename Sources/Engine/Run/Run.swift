/// A run of a plan: a pure state machine, events in, work out.
///
/// It has three parts. `StepLife` is one step on one way; `Tree` knows which steps are ready;
/// the run itself (`Run+Phases`) goes through the phases: forward, draining, back, ended.
/// `Run+Resuming` takes up what an engine left that died.
public struct Run: Sendable {
    /// Where the run is.
    enum Stage: Sendable {
        case idle
        case requiring(open: Int, refusals: [String])
        case forward
        /// Looking once more at every goal; those that do not hold so far.
        case checking(open: Int, failed: [NodeID])
        /// Goals were lost; a pause before their steps are done again.
        case pausing([NodeID])
        /// Steps are done again, one by one; the first is under way.
        case repairing([NodeID])
        /// Nothing new begins; what follows once all work has been answered.
        case draining(Aftermath)
        case back(Aftermath)
        /// What follows waits until no command is in doubt.
        case clearing(Aftermath)
        case counterpart(String)
        case ifFailed(Ending)
        /// Before a fence it is looked whether anything is open here; how many looks are open.
        case proving(Ending, NodeID, open: Int)
        case fencing(Ending)
        /// Before it is said that a command may still take effect, it has a moment to be gone.
        case settling(Ending)
        case over
    }

    /// Which attempt this is, by which `if-failed` is decided.
    public enum Terms: String, Sendable {
        /// A person's own: `if-failed` follows whatever was taken back or given up.
        case byHand
        /// A further attempt will follow a failure, so that nothing is yielded yet.
        case moreFollow
        /// None will follow: `if-failed` follows a refusal, too.
        case last
    }

    /// What follows a drain.
    enum Aftermath: Sendable {
        case rollBack(reason: String)
        case rollBackInterrupted
        case counterpart(reason: String)
        case handOver(String)
        case end(Ending.Kind, reason: String)
        case close(Ending)
    }

    /// The plan that is run.
    public let plan: Plan
    /// Which attempt this is.
    public let terms: Terms
    /// How the run ended; nil while it is under way.
    public internal(set) var ending: Ending?

    var stage = Stage.idle
    var ledger = Ledger()
    var tree: Tree
    /// The counterpart or the `if-failed` steps, once they run.
    var relief: Tree?
    /// The plan of a newer signal that waits until this run is over.
    var waiting: String?
    var interrupts = 0
    /// The steps whose looks were made ahead since the last command; nil before the first.
    var foreseen: Set<NodeID>?
    /// What an earlier engine left of this run, and the way on which it is taken up.
    let resumption: (past: Past, way: Resumption)?

    /// A command under way has so long to end when the run drains.
    static let grace = Duration.seconds(5)
    /// A command in doubt has so long to be gone before the account names it.
    static let lastPatience = Duration.seconds(1)

    /// A run that waits for its `begin`.
    public init(_ plan: Plan, terms: Terms = .byHand) {
        self.plan = plan
        self.terms = terms
        resumption = nil
        let isRelease = plan.direction == .release
        tree = Tree(
            plan,
            root: plan.steps,
            rules: Tree.Rules(deadline: .never, isCommitted: isRelease)
        )
    }

    /// A run that an engine left unfinished when it died; it waits for its `begin`.
    public init(
        _ plan: Plan,
        terms: Terms = .byHand,
        resuming past: Past,
        _ way: Resumption
    ) {
        self.plan = plan
        self.terms = terms
        precondition(past.traces.count == plan.nodes.count, "a past belongs to its plan")
        resumption = (past, way)
        ledger = Ledger(after: past.lastWork, warnings: past.warnings)
        waiting = past.newer
        tree = Tree(
            plan,
            root: plan.steps,
            rules: Tree.Rules(deadline: .never, isCommitted: past.isCommitted),
            past: past
        )
    }

    /// Takes an event in; answers with records and work. A stale id is ignored.
    public mutating func handle(_ event: Event) -> Turn {
        guard ending == nil else { return Turn() }
        ledger.begin(at: event.at)
        switch event.input {
        case .begin(let settled): begin(settled: settled)
        case .looked(let id, let look): looked(id, look)
        case .finished(let id, let finish): finished(id, finish)
        case .started(let id, let process): started(id, process)
        case .gone(let id): gone(id)
        case .woke(let id): woke(id)
        case .superseded(let plan): superseded(by: plan)
        case .interrupt: interrupted()
        }
        react()
        lookAhead()
        return ledger.takeTurn()
    }
}

// MARK: - Answers find their owners

extension Run {
    private mutating func looked(_ id: WorkID, _ look: Look) {
        guard let owner = ledger.owner(id) else { return }
        ledger.close(id)
        switch owner {
        case .requirement(let index): required(index, look)
        case .step(let node, let way):
            live(node, way) { life, ledger in life.looked(look, &ledger) }
        case .group(let node): withTree { $0.decided(node, look, &$1) }
        case .guardian(let node): withTree { $0.guardBroke(node, look.verdict, &$1) }
        case .final(let node):
            if case .proving = stage { proved(look) } else { checked(node, look) }
        case .again(let node, let id): withTree { $0.looked(look, again: node, before: id, &$1) }
        case .command, .timer, .nobody: return
        }
    }

    private mutating func started(_ id: WorkID, _ process: ProcessIdentity) {
        guard case .command(let node, _, _)? = ledger.owner(id) else { return }
        ledger.record(.processStarted(node, id, process))
    }

    private mutating func finished(_ id: WorkID, _ finish: Finish) {
        guard case .command(let node, let way, let command)? = ledger.owner(id) else { return }
        ledger.close(id)
        if case .fencing = stage {
            ended(fencing: finish, id, of: node)
        } else {
            live(node, way) { life, ledger in life.finished(finish, command, &ledger) }
        }
    }

    private mutating func woke(_ id: WorkID) {
        guard let owner = ledger.owner(id) else { return }
        ledger.close(id)
        switch owner {
        case .step(let node, .forward): withTree { $0.woke(node, &$1) }
        case .step(let node, .back): live(node, .back) { life, ledger in life.woke(&ledger) }
        case .timer(.grace): ledger.cancelCommands()
        case .timer(.patience): patienceEnded()
        case .timer(.repair): pauseEnded()
        case .timer(.requirement): require(settled: .zero)
        case .group(let node): withTree { $0.repeatGroup(node, &$1) }
        case .requirement, .command, .guardian, .final, .again, .nobody: return
        }
    }

    private mutating func gone(_ id: WorkID) {
        guard let doubt = ledger.settle(id) else { return }
        ledger.record(.commandGone(doubt.node, id))
        withTree { $0.gone(doubt.node, &$1) }
    }

    private mutating func live(
        _ node: NodeID,
        _ way: Way,
        _ happen: (inout StepLife, inout Ledger) -> Void
    ) {
        withTree { tree, ledger in
            switch way {
            case .forward: tree.live(node, &ledger, happen)
            case .back: tree.liveBack(node, &ledger, happen)
            }
        }
    }

    /// The section that is under way: the counterpart or `if-failed`, else the plan's own steps.
    mutating func withTree(_ body: (inout Tree, inout Ledger) -> Void) {
        if relief != nil {
            relief.mutate { body(&$0, &ledger) }
        } else {
            body(&tree, &ledger)
        }
    }
}

extension Optional {
    fileprivate mutating func mutate(_ body: (inout Wrapped) -> Void) {
        guard var value = self else { return }
        self = nil
        body(&value)
        self = value
    }
}
