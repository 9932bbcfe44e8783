/// A kind of condition; it gives the kind `wait-for-<name>` of step for free.
public protocol ConditionKind: Condition {
    /// What the catalog says of the kind; its timeout is that of the wait step.
    static var reference: Reference { get }
    /// Reads the fields of one condition.
    init?(_ fields: inout Fields)
}

/// Which kinds exist: name to type.
public struct Catalog: Sendable {
    /// One kind of step, a wait step included.
    public struct Entry: Sendable {
        /// What the catalog says of it.
        public let reference: Reference
        let make: @Sendable (inout Fields) -> (any Step)?

        static func step<Kind: StepKind>(_ kind: Kind.Type) -> Entry {
            Entry(reference: kind.reference) { Kind(&$0) }
        }

        static func wait<Kind: ConditionKind>(_ kind: Kind.Type) -> Entry {
            Entry(reference: WaitFor.reference(kind.reference)) { Kind(&$0).map(WaitFor.init) }
        }
    }

    /// The condition kinds in the order of the reference page.
    public let conditions: [any ConditionKind.Type]
    /// The step kinds in the order of the reference page, those that wait last.
    public let steps: [Entry]
    private let stepIndex: [String: Int]
    private let conditionIndex: [String: Int]

    /// Lists the kinds.
    public init(conditions: [any ConditionKind.Type], steps: [any StepKind.Type]) {
        self.conditions = conditions
        var kinds: [Entry] = []
        for kind in steps { kinds.append(.step(kind)) }
        for kind in conditions { kinds.append(.wait(kind)) }
        self.steps = kinds
        stepIndex = index(kinds.map(\.reference.name))
        conditionIndex = index(conditions.map { $0.reference.name })
    }

    /// The kind of step of this name.
    public func step(named name: String) -> Entry? { stepIndex[name].map { steps[$0] } }

    /// The kind of condition of this name.
    public func condition(named name: String) -> (any ConditionKind.Type)? {
        conditionIndex[name].map { conditions[$0] }
    }
}

private func index(_ names: [String]) -> [String: Int] {
    Dictionary(
        zip(names, names.indices),
        uniquingKeysWith: { _, _ in
            preconditionFailure("two kinds of the catalog share a name")
        }
    )
}
