@testable import Engine
import Steps

/// The outcome of reading a kind's fields.
struct Read<Value> {
    let value: Value?
    let diagnostics: [Diagnostic]
}

extension Catalog {
    /// Reads a step of the kind `name` from the value under its key.
    func readStep(
        _ name: String,
        _ value: Node,
        platform: Platform = .freebsd
    ) -> Read<any Step> {
        guard let entry = step(named: name) else { preconditionFailure("no step `\(name)`") }
        var diagnostics = Diagnostics()
        let step = step(
            entry,
            value,
            in: Scope(),
            platform: platform,
            span: FlowReader.span,
            &diagnostics
        )
        return Read(value: step, diagnostics: diagnostics.all)
    }

    /// Reads a condition of the kind `name` from the value under its key.
    func readCondition(
        _ name: String,
        _ value: Node,
        platform: Platform = .freebsd
    ) -> Read<any Condition> {
        let span = FlowReader.span
        let entry = Node.Entry(key: name, keySpan: span, value: value)
        var diagnostics = Diagnostics()
        let condition = condition(
            Node(.map([entry]), span: span),
            in: Scope(),
            platform: platform,
            &diagnostics
        )
        return Read(value: condition, diagnostics: diagnostics.all)
    }
}

extension Command {
    /// The arguments of a tool, else nothing.
    var argv: [String] {
        guard case .tool(let argv) = action else { return [] }
        return argv
    }
}

extension Step {
    /// The condition that is the goal; nil for one that is done once.
    var goalCondition: (any Condition)? {
        guard case .condition(let condition) = goal else { return nil }
        return condition
    }
}
