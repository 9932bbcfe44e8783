@testable import Engine

/// A world of flags that go up and down: the smallest thing a run can be tried on.
struct FlagIs: Condition {
    let name: String
    let isUp: Bool
    var steadyFor = Duration.zero
    var assurance: Assurance?

    var summary: String { "flag \(name) is \(isUp ? "up" : "down")" }
    var queries: [Query] { [.path(name)] }
    var subject: String? { "flag \(name)" }

    func judge(_ answers: Answers) -> Verdict {
        switch answers[.path(name)] {
        case .path(let kind):
            (kind == .file) == isUp ? .holds : .doesNot("flag \(name) is \(isUp ? "down" : "up")")
        case .missing(let why): .unknown(why)
        default: .unknown("no answer")
        }
    }
}

/// Raises or lowers a flag by a tool.
struct SetFlag: Step {
    let name: String
    let isUp: Bool

    var summary: String { "\(isUp ? "raise" : "lower") \(name)" }
    var effect: Effect { isUp ? .acquires : .releases }
    var goal: Goal { .condition(FlagIs(name: name, isUp: isUp)) }
    var inverse: Inverse { .step(SetFlag(name: name, isUp: !isUp)) }
    func apply(_ seen: Answers) -> [Command] { [.tool(isUp ? "raise" : "lower", name)] }
}

extension Step where Self == SetFlag {
    static func raise(_ name: String) -> SetFlag { SetFlag(name: name, isUp: true) }
    static func lower(_ name: String) -> SetFlag { SetFlag(name: name, isUp: false) }
}

/// Rings a bell, of which nothing is left to see.
struct Ring: Step {
    let name: String
    let inDoubt: Goal.InDoubt

    var summary: String { "ring \(name)" }
    var goal: Goal { .once(inDoubt) }
    var inverse: Inverse { .none("it was heard") }
    func apply(_ seen: Answers) -> [Command] {
        [.tool("ring", name, settledBy: .path("queue of \(name)"))]
    }
}

/// Raises several flags by one command each.
struct RaiseAll: Step {
    let names: [String]

    var summary: String { "raise \(names.joined(separator: " and "))" }
    var effect: Effect { .acquires }
    var goal: Goal { .condition(AllOf(names.map { FlagIs(name: $0, isUp: true) })) }
    var inverse: Inverse { .none("a test") }
    func apply(_ seen: Answers) -> [Command] { names.map { .tool("raise", $0) } }
}

extension Plan {
    /// A plan for tests: its nodes stand in the order of the plan, the first is the sequence.
    static func toy(
        _ nodes: [PlanNode], direction: Direction? = .acquire, timeout: Duration = .seconds(60),
        rollBackTimeout: Duration = .seconds(60), onFailure: OnFailure = .rollBack,
        ifStuck: IfStuck = .park,
        whenSuperseded: WhenSuperseded = .handOver, require: [any Condition] = [],
        accepted: [any Condition] = [], ifFailed: NodeID? = nil, counterpart: Counterpart? = nil
    ) -> Plan {
        Plan(
            name: "toy", description: "", direction: direction, timeout: timeout,
            rollBackTimeout: rollBackTimeout, recoveryTimeObjective: nil, onFailure: onFailure,
            whenSuperseded: whenSuperseded, ifStuck: ifStuck, require: require,
            accepted: accepted, nodes: nodes, steps: NodeID(0), ifFailed: ifFailed,
            counterpart: counterpart, parameters: [],
            platform: .freebsd, lookTimeout: Attention.lookTimeout, digest: "")
    }
}

/// Builds the flat list of nodes that a plan is.
struct ToyTree {
    private(set) var nodes: [PlanNode] = []
    private static let span = Span(source: 0, line: 1, column: 1, endLine: 1, endColumn: 1)

    mutating func group(
        in parent: NodeID?, atOnce: Int = 1, allowFailures: Int = 0, retry: Retry? = nil,
        timeout: Duration? = nil, guards: [any Condition] = [], when: (any Condition)? = nil,
        continues: Bool = false
    ) -> NodeID {
        let group = GroupNode(
            children: [], atOnce: atOnce, allowFailures: allowFailures, retry: retry)
        return add(
            .group(group), "group", in: parent, timeout: timeout, guards: guards, when: when,
            continues: continues)
    }

    @discardableResult
    mutating func step(
        _ step: any Step, in parent: NodeID, timeout: Duration = .seconds(10),
        attemptTimeout: Duration? = nil, retry: Retry? = nil, guards: [any Condition] = [],
        when: (any Condition)? = nil, continues: Bool = false
    ) -> NodeID {
        let node = StepNode(
            kind: "toy", step: step, attemptTimeout: attemptTimeout, retry: retry,
            inverse: step.inverse)
        return add(
            .step(node), step.summary, in: parent, timeout: timeout, guards: guards, when: when,
            continues: continues)
    }

    mutating func pointOfNoReturn(in parent: NodeID) {
        _ = add(.pointOfNoReturn("clients write"), "point of no return", in: parent, timeout: nil)
    }

    private mutating func add(
        _ kind: PlanNode.Kind, _ label: String, in parent: NodeID?, timeout: Duration?,
        guards: [any Condition] = [], when: (any Condition)? = nil, continues: Bool = false
    ) -> NodeID {
        let id = NodeID(nodes.count)
        nodes.append(
            PlanNode(
                parent: parent, label: label, kind: kind, when: when, guards: guards,
                timeout: timeout, continuesOnFailure: continues, span: Self.span))
        if let parent, case .group(let group) = nodes[parent.index].kind {
            let old = nodes[parent.index]
            let grown = GroupNode(
                children: group.children + [id], atOnce: group.atOnce,
                allowFailures: group.allowFailures, retry: group.retry)
            nodes[parent.index] = PlanNode(
                parent: old.parent, label: old.label, kind: .group(grown), when: old.when,
                guards: old.guards, timeout: old.timeout,
                continuesOnFailure: old.continuesOnFailure, span: old.span)
        }
        return id
    }
}
