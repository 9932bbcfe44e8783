import Engine

/// A loaded plan as text, whole, for comparison in the case folders.
enum PlanOutline {
    static func text(of plan: Plan) -> String {
        var lines = header(plan)
        for parameter in plan.parameters {
            let value = describe(parameter.value)
            lines.append(
                "parameter \(parameter.name) = \(value), from \(parameter.origin.rawValue)"
            )
        }
        lines += plan.require.map { "require \($0.summary)" }
        append(plan, plan.steps, depth: 0, &lines)
        if let id = plan.ifFailed { append(plan, id, depth: 0, &lines) }
        if let other = plan.counterpart {
            lines.append(
                "counterpart \(other.name), timeout \(durationText(other.timeout)),"
                    + " if-stuck \(other.ifStuck.rawValue)"
            )
            append(plan, other.steps, depth: 0, &lines)
        }
        return lines.joined(separator: "\n") + "\n"
    }

    private static func header(_ plan: Plan) -> [String] {
        var lines = ["plan \(plan.name), \(plan.direction?.rawValue ?? "no direction")"]
        if !plan.description.isEmpty { lines.append("  \(plan.description)") }
        lines.append(
            "  timeout \(durationText(plan.timeout)),"
                + " roll-back-timeout \(durationText(plan.rollBackTimeout)),"
                + " objective \(plan.recoveryTimeObjective.map(durationText) ?? "none")"
        )
        lines.append(
            "  on-failure \(plan.onFailure.rawValue),"
                + " when-superseded \(plan.whenSuperseded.rawValue),"
                + " if-stuck \(plan.ifStuck.rawValue)"
        )
        return lines
    }

    private static func append(
        _ plan: Plan,
        _ id: NodeID,
        depth: Int,
        _ lines: inout [String]
    ) {
        let node = plan[id]
        let margin = String(repeating: "  ", count: depth)
        var line = "\(margin)\(id.index) \(node.label)"
        switch node.kind {
        case .step(let step): line += " [\(step.kind)]" + details(of: step)
        case .group(let group):
            line += group.atOnce > 1 ? ", \(group.atOnce) at once" : ""
            line += group.allowFailures > 0 ? ", \(group.allowFailures) may fail" : ""
        case .pointOfNoReturn(let why): line += ": \(why)"
        }
        line += node.timeout.map { ", timeout \(durationText($0))" } ?? ""
        line += node.when.map { ", when \($0.summary)" } ?? ""
        line += node.guards.map { ", guard \($0.summary)" }.joined()
        line += node.continuesOnFailure ? ", continues on failure" : ""
        lines.append(line + ", line \(node.span.line)")
        guard case .group(let group) = node.kind else { return }
        for child in group.children {
            if plan[child].parent != id { lines.append("\(margin)  NOT A CHILD OF ITS PARENT") }
            append(plan, child, depth: depth + 1, &lines)
        }
    }

    private static func details(of step: StepNode) -> String {
        var text = ""
        if let limit = step.attemptTimeout { text += ", attempt-timeout \(durationText(limit))" }
        if let retry = step.retry {
            text += ", \(retry.attempts) attempts, \(durationText(retry.delay)) apart"
            if retry.backoff > 1 { text += " × \(retry.backoff)" }
        }
        switch step.inverse {
        case .step(let undo): text += ", undone by \(undo.summary)"
        case .none: break
        }
        return text
    }

    private static func describe(_ value: Value) -> String {
        if case .list(let items) = value {
            return "[" + items.map(describe).joined(separator: ", ") + "]"
        }
        return "\(value.kind) \(value.text ?? "")"
    }
}
