/// The step that waits until a condition holds; every condition kind has one.
public struct WaitFor: Step {
    /// What is waited for.
    public let condition: any Condition

    /// Waits for `condition`.
    public init(_ condition: any Condition) { self.condition = condition }

    /// The condition, to be waited for.
    public var summary: String { "wait until \(condition.summary)" }
    /// The condition itself.
    public var goal: Goal { .condition(condition) }
    /// Nothing: others bring it about.
    public func apply(_ seen: Answers) -> [Command] { [] }
    /// Nothing, since waiting changes nothing.
    public var inverse: Inverse { .none("waiting changes nothing") }

    /// The reference of the wait step that belongs to a condition's reference.
    static func reference(_ condition: Reference) -> Reference {
        Reference(
            "wait-for-\(condition.name)",
            "Waits until " + condition.summary.prefix(1).lowercased()
                + condition.summary.dropFirst(),
            notes: condition.notes,
            fields: condition.fields,
            main: condition.main,
            timeout: condition.timeout,
            undone: "nothing to undo",
            example: condition.example.replacingFirst(
                "- \(condition.name)",
                with: "- wait-for-\(condition.name)"
            )
        )
    }
}

extension String {
    fileprivate func replacingFirst(_ prefix: String, with other: String) -> String {
        hasPrefix(prefix) ? other + dropFirst(prefix.count) : self
    }
}
