/// Names a node of a plan.
public struct NodeID: Hashable, Comparable, Sendable {
    /// The index among the plan's nodes.
    public let index: Int

    /// Creates the id of the node at this index.
    public init(_ index: Int) { self.index = index }

    /// Whether a node stands before another among the plan's nodes.
    public static func < (left: NodeID, right: NodeID) -> Bool { left.index < right.index }
}

/// One node of a plan's tree.
public struct PlanNode: Sendable {
    /// The kinds of node.
    public enum Kind: Sendable {
        case step(StepNode)
        case group(GroupNode)
        /// From here on nothing is undone; the text says why.
        case pointOfNoReturn(String)
    }

    /// The group that it stands in; nil at the top of a section.
    public let parent: NodeID?
    /// What a person reads: the step's `name:`, else what it does.
    public let label: String
    /// The step or the group.
    public let kind: Kind
    /// Decides, once, whether it runs at all.
    public let when: (any Condition)?
    /// Must hold before each effect below, and is watched meanwhile.
    public let guards: [any Condition]
    /// The limit over all attempts; nil for a group without one.
    public let timeout: Duration?
    /// Whether a failure is only a warning.
    public let continuesOnFailure: Bool
    /// Where it stands.
    public let span: Span

    /// The same node with another step.
    func replacing(_ step: StepNode) -> PlanNode {
        PlanNode(
            parent: parent, label: label, kind: .step(step), when: when, guards: guards,
            timeout: timeout, continuesOnFailure: continuesOnFailure, span: span)
    }
}

/// A step and its modifiers.
public struct StepNode: Sendable {
    /// The kind's name in the catalog.
    public let kind: String
    /// The step.
    public let step: any Step
    /// The limit of one attempt, within the node's timeout.
    public let attemptTimeout: Duration?
    /// Nil when the plan says nothing of attempts.
    public let retry: Retry?
    /// What takes it back: `undo:` if given, else the step's own inverse.
    public let inverse: Inverse

    /// The same modifiers on another step, which is taken back as this one.
    func replacing(_ step: any Step) -> StepNode {
        StepNode(
            kind: kind, step: step, attemptTimeout: attemptTimeout, retry: retry, inverse: inverse)
    }
}

/// How often an attempt is made, and how long apart.
public struct Retry: Hashable, Sendable {
    /// The attempts in total, at least 1.
    public let attempts: Int
    /// The wait before the second attempt.
    public let delay: Duration
    /// What each further wait is multiplied by, at least 1.
    public let backoff: Int

    /// The longest wait between two attempts.
    public static let longestDelay = Duration.seconds(60)

    /// The wait after the failed attempt number `attempt`, from 1.
    public func delay(after attempt: Int) -> Duration {
        var delay = delay
        for _ in 1..<max(attempt, 1) where delay < Self.longestDelay { delay *= backoff }
        return min(delay, Self.longestDelay)
    }
}

/// A group: a sequence is one at once, a parallel group all at once.
public struct GroupNode: Sendable {
    /// The members in the order of the plan.
    public let children: [NodeID]
    /// How many may be under way together, at least 1.
    public let atOnce: Int
    /// How many may fail without the group failing.
    public let allowFailures: Int
    /// How often it is begun again when it failed; nil for never.
    public let retry: Retry?

    init(children: [NodeID], atOnce: Int, allowFailures: Int = 0, retry: Retry? = nil) {
        self.children = children
        self.atOnce = atOnce
        self.allowFailures = allowFailures
        self.retry = retry
    }
}
