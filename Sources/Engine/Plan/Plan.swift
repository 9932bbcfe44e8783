/// A plan that can run: made only by the loader, immutable, sealed by a digest.
public struct Plan: Sendable {
    /// Whether a plan takes the pair over or gives it up.
    public enum Direction: String, CaseIterable, Sendable { case acquire, release }
    /// What follows a failure before the point of no return.
    public enum OnFailure: String, CaseIterable, Sendable {
        /// Take back what was done, in reverse.
        case rollBack = "roll-back"
        /// Run the counterpart, which needs no account of what was done.
        case counterpart
        /// Leave all as it is.
        case stop
    }
    /// What follows a newer signal.
    public enum WhenSuperseded: String, CaseIterable, Sendable {
        /// Leave off and let the newer plan begin.
        case handOver = "hand-over"
        /// Come to the end first.
        case finish
    }
    /// What follows a release that is stuck.
    public enum IfStuck: String, CaseIterable, Sendable {
        /// Reboot at once, so that the peer can take over without two writers.
        case fenceSelf = "fence-self"
        /// Leave all as it is and call a person.
        case park
    }

    /// The budget of a plan that states no `timeout`.
    public static let defaultTimeout = Duration.seconds(600)
    /// The budget of the roll-back of a plan that states no `roll-back-timeout`.
    public static let defaultRollBackTimeout = Duration.seconds(300)
    /// How many steps a plan may have once its `for-each` are expanded.
    public static let stepLimit = 10_000
    /// How many groups a plan may have once its `for-each` are expanded, each turn being one.
    public static let groupLimit = 40_000
    /// How many groups may stand inside each other.
    public static let depthLimit = 12

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
    /// What follows a failure before the point of no return.
    public let onFailure: OnFailure
    /// What follows a newer signal; always `finish` in a release plan.
    public let whenSuperseded: WhenSuperseded
    /// What follows when a release is stuck; `park` in a plan that does not release.
    public let ifStuck: IfStuck
    /// What must hold before any effect.
    public let require: [any Condition]
    /// What the plan requires and a person does without (`--accept-stale`): it is not looked at,
    /// and a run warns of it.
    public let accepted: [any Condition]
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
    /// The system whose tools its steps use.
    public let platform: Platform
    /// How long a look may go on, as the site says.
    public let lookTimeout: Duration
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

    /// A node and all that stand under it, in the order of the plan.
    public func nodes(from root: NodeID) -> [NodeID] {
        var found: [NodeID] = []
        var rest = [root]
        while let id = rest.popLast() {
            found.append(id)
            if case .group(let group) = self[id].kind { rest += group.children.reversed() }
        }
        return found
    }

    /// The steps under a node, in the order of the plan.
    public func steps(from root: NodeID) -> [NodeID] {
        nodes(from: root).filter { if case .step = self[$0].kind { true } else { false } }
    }
}
