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

    /// Reads a step from the value under its kind's key; nil when it is at fault.
    func step(
        _ kind: Entry,
        _ node: Node,
        in scope: Scope,
        platform: Platform,
        span: Span,
        _ diagnostics: inout Diagnostics
    ) -> (any Step)? {
        var fields = Fields(
            of: node,
            kind.reference,
            in: scope,
            catalog: self,
            platform: platform,
            span: span
        )
        let step = kind.make(&fields)
        return fields.settle(step, &diagnostics)
    }

    /// Reads a condition from a map of one key, its kind; nil when it is at fault.
    func condition(
        _ node: Node,
        in scope: Scope,
        platform: Platform,
        depth: Int = 0,
        _ diagnostics: inout Diagnostics
    ) -> (any Condition)? {
        let names = conditions.map { $0.reference.name }
        guard let entry = node.entries?.first, node.entries?.count == 1 else {
            diagnostics.report(
                Diagnostic(
                    code: "wrong-type",
                    "a condition is a map of one key, its kind",
                    at: node.span,
                    help: "write for example `pool: tank`; the kinds are "
                        + names.joined(separator: ", ")
                )
            )
            return nil
        }
        guard let type = condition(named: entry.key) else {
            diagnostics.report(
                Diagnostic(
                    code: "unknown-condition",
                    "no condition is named `\(entry.key)`",
                    at: entry.keySpan,
                    note: "the conditions are " + names.joined(separator: ", "),
                    help: suggestion(for: entry.key, among: names).map { "did you mean `\($0)`?" }
                )
            )
            return nil
        }
        var fields = Fields(
            of: entry.value,
            type.reference,
            in: scope,
            catalog: self,
            platform: platform,
            span: entry.keySpan,
            depth: depth
        )
        let condition = make(type, &fields)
        return fields.settle(condition, &diagnostics)
    }
}

private func make<Kind: ConditionKind>(
    _ kind: Kind.Type,
    _ fields: inout Fields
) -> (any Condition)? {
    kind.init(&fields)
}

extension Fields {
    /// Hands on the faults, and the value only when there are none.
    func settle<Made>(_ made: Made?, _ diagnostics: inout Diagnostics) -> Made? {
        for diagnostic in self.diagnostics.all { diagnostics.report(diagnostic) }
        return self.diagnostics.hasErrors ? nil : made
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
