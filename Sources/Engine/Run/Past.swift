/// What the records of an unfinished run say of it: a fold.
///
/// Lenient, since a journal may be torn or have lost lines: what does not fit the plan is passed
/// over, and what has no end may have had an effect.
public struct Past: Sendable {
    /// What the run was about when its records broke off.
    enum Aim: Hashable, Sendable {
        /// To be done.
        case forward
        /// To leave all to the plan of a newer signal.
        case handOver
        case back
        case counterpart
        /// To end so, as soon as `if-failed` was through.
        case ifFailed(Ending.Kind)
        /// To end so, as soon as no command was under way.
        case stop(Ending.Kind)
    }

    /// The plan that was run.
    public let plan: Plan
    /// How the run ended; set: it is over.
    public internal(set) var ending: Ending?
    /// Whether it passed its point of no return; a release is past it from its first step.
    public internal(set) var isCommitted: Bool
    /// The time of the last record.
    public internal(set) var lastAt = Instant.zero
    /// Whether a command was announced that may have had an effect, and was not taken back.
    public var hasEffects: Bool { traces.contains { $0.isApplied && !$0.isTakenBack } }

    var aim = Aim.forward
    /// Why it turned away from its plan; nil as long as it did not.
    var reason: String?
    /// Whether it had come to undo anything.
    var hasTurnedBack = false
    /// Whether its counterpart had come to give up anything.
    var hasGivenUp = false
    /// Whether a person had turned it back.
    var isInterrupted = false
    /// The plan of the newest signal that another plan should follow.
    var newer: String?
    /// What a person should know of it.
    var warnings: [String] = []
    /// What is known of each node, by its index.
    var traces: [Trace]
    /// The tools that were begun and may still be under way; for a run that is only closed, since
    /// one that is taken up ends them itself.
    public internal(set) var orphans = Orphans()
    /// They, in the order of their ids.
    var doubts: [Ledger.Doubt] { orphans.doubts }
    /// The highest id of a command.
    var lastWork = 0

    /// Requirements that did not hold.
    var refusals: [String] = []
    /// How often a person interrupted the engine that wrote last.
    var interrupts = 0
    /// Whether a newer signal had reached the engine that wrote last.
    var isSuperseded = false

    /// A past of which nothing is known yet.
    public init(_ plan: Plan) {
        self.plan = plan
        isCommitted = plan.direction == .release
        traces = Array(repeating: Trace(), count: plan.nodes.count)
    }

    /// What is known of a node.
    subscript(id: NodeID) -> Trace { traces[id.index] }
}
