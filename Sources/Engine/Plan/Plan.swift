/// A plan that can run: made only by the loader, immutable, sealed by a digest.
public struct Plan: Sendable {
    /// Whether a plan takes the pair over or gives it up.
    public enum Direction: String, Sendable { case acquire, release }
    /// What follows a failure before the point of no return.
    public enum OnFailure: String, Sendable { case rollBack = "roll-back", counterpart, stop }
    /// What follows a newer signal.
    public enum WhenSuperseded: String, Sendable { case handOver = "hand-over", finish }
    /// What follows a release that is stuck.
    public enum IfStuck: String, Sendable { case fenceSelf = "fence-self", park }

    /// The plan's own name.
    public let name: String
    /// What it is for; may be empty.
    public let description: String
    /// Nil for a plan that neither acquires nor releases.
    public let direction: Direction?
    /// The budget of the way forward.
    public let timeout: Duration
    /// The budget of a roll-back.
    public let rollBackTimeout: Duration
    /// The aim against which a recovery is measured.
    public let recoveryTimeObjective: Duration?
    public let onFailure: OnFailure
    public let whenSuperseded: WhenSuperseded
    public let ifStuck: IfStuck
    /// What must hold before any effect, with its place in the file.
    public let require: [any Condition]
    /// Every node of the plan, of its `if-failed` and of its counterpart; an id is an index.
    public let nodes: [PlanNode]
    /// The sequence under `steps:`.
    public let steps: NodeID
    /// The sequence under `if-failed:`.
    public let ifFailed: NodeID?
    /// The plan that takes this one's effects back from any state.
    public let counterpart: Counterpart?
    /// The parameters as they were settled, in the order of the plan.
    public let parameters: [Parameter]
    /// SHA-256 over the texts and the settings that made the plan, in hexadecimal.
    public let digest: String

    /// A plan's counterpart, whose steps stand among the plan's own nodes.
    public struct Counterpart: Sendable {
        /// Its name.
        public let name: String
        /// Its budget.
        public let timeout: Duration
        /// What it does when it is stuck.
        public let ifStuck: IfStuck
        /// The sequence under its `steps:`.
        public let steps: NodeID
    }

    /// A parameter and where its value is from.
    public struct Parameter: Sendable {
        /// Where a value was settled.
        public enum Origin: String, Sendable { case plan, site, commandLine = "command-line" }

        /// The name.
        public let name: String
        /// The settled value.
        public let value: Value
        /// Who settled it.
        public let origin: Origin
    }

    /// The node of this id.
    public subscript(id: NodeID) -> PlanNode { nodes[id.index] }
}

/// Names a node of a plan.
public struct NodeID: Hashable, Comparable, Sendable {
    /// The index among the plan's nodes.
    public let index: Int

    /// Creates the id of the node at this index.
    public init(_ index: Int) { self.index = index }

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
}
