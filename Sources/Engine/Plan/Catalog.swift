/// A kind of condition; it gives the kind `wait-for-<name>` of step for free.
public protocol ConditionKind: Condition {
    /// What the catalog says of the kind; its timeout is that of the wait step. The catalog adds
    /// `steady-for`, which every kind takes.
    static var reference: Reference { get }
    /// Reads the fields of one condition.
    init?(_ fields: inout Fields)
}

/// Which kinds exist: name to type.
public struct Catalog: Sendable {
    /// One kind of step, a wait step included, or of condition.
    public struct Entry<Made>: Sendable {
        /// What the catalog says of it.
        public let reference: Reference
        let make: @Sendable (inout Fields) -> Made?
    }

    /// The condition kinds in the order of the reference page.
    public let conditions: [Entry<any Condition>]
    /// The step kinds in the order of the reference page, those that wait last.
    public let steps: [Entry<any Step>]
    private let stepIndex: [String: Int]
    private let conditionIndex: [String: Int]

    /// Lists the kinds.
    public init(conditions: [any ConditionKind.Type], steps: [any StepKind.Type]) {
        self.conditions = conditions.map { Self.condition($0) }
        self.steps = steps.map { Self.step($0) } + self.conditions.map(Self.wait)
        stepIndex = index(self.steps.map(\.reference.name))
        conditionIndex = index(self.conditions.map(\.reference.name))
    }

    /// The kind of step of this name.
    public func step(named name: String) -> Entry<any Step>? { stepIndex[name].map { steps[$0] } }

    /// The kind of condition of this name.
    public func condition(named name: String) -> Entry<any Condition>? {
        conditionIndex[name].map { conditions[$0] }
    }

    private static func step<Kind: StepKind>(_ kind: Kind.Type) -> Entry<any Step> {
        Entry(reference: kind.reference) { Kind(&$0) }
    }

    private static func condition<Kind: ConditionKind>(_ kind: Kind.Type) -> Entry<any Condition> {
        Entry(reference: kind.reference.adding(Steady.field)) { fields in
            let span = fields.duration(Steady.field.name) ?? .zero
            guard let kind = Kind(&fields) else { return nil }
            return span > .zero ? Steady(kind, for: span) : kind as any Condition
        }
    }

    private static func wait(_ condition: Entry<any Condition>) -> Entry<any Step> {
        Entry(reference: WaitFor.reference(condition.reference)) { fields in
            condition.make(&fields).map(WaitFor.init)
        }
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
