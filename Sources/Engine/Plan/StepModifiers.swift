/// What stands beside a step's kind, or beside a group's.
struct StepModifiers {
    /// The modifiers that a step takes.
    static let names = [
        "name", "timeout", "attempt-timeout", "retry", "when", "guard", "on-failure", "undo",
    ]
    /// The modifiers that a group takes.
    static let groupNames = ["name", "timeout", "retry", "when", "guard", "on-failure"]

    var name: String?
    var timeout: Duration?
    var attemptTimeout: Duration?
    var retry: Retry?
    var when: (any Condition)?
    var guards: [any Condition] = []
    var continuesOnFailure = false
    var undo: (any Step)?
}

extension Retry {
    /// The most attempts that a step can ask for.
    public static let attemptLimit = 1000
    /// The largest factor between two waits.
    public static let backoffLimit = 10
}

extension TreeBuilder {
    private enum OnFailure: String, CaseIterable { case `continue` }

    /// Reads the modifiers among the keys of a step or a group.
    mutating func modifiers(_ keys: Keys) -> StepModifiers {
        var modifiers = StepModifiers()
        guard keys.entries.count > 1 else { return modifiers }
        modifiers.name = keys.text("name", &diagnostics)
        modifiers.timeout = keys.limit("timeout", &diagnostics)
        modifiers.attemptTimeout = keys.limit("attempt-timeout", &diagnostics)
        if let node = keys.node("retry") { modifiers.retry = retry(node, keys.scope) }
        if let node = keys.node("when") {
            modifiers.when = catalog.condition(
                node, in: keys.scope, platform: platform, as: .value("`when`"), &diagnostics)
            refuseSteadiness(modifiers.when, "a `when` is decided by one look", at: node.span)
        }
        if let entry = keys.entry("guard") { modifiers.guards = guards(entry, keys.scope) }
        if let entry = keys.entry("undo") { modifiers.undo = undo(entry, keys.scope) }
        let onFailure: OnFailure? = keys.word("on-failure", &diagnostics)
        modifiers.continuesOnFailure = onFailure == .continue
        return modifiers
    }

    /// Reads a list of conditions, or one that stands alone.
    mutating func conditions(
        _ node: Node,
        of key: String,
        in scope: Scope
    ) -> [any Condition] {
        var conditions: [any Condition] = []
        for item in node.items ?? [node] {
            let condition = catalog.condition(
                item,
                in: scope,
                platform: platform,
                as: .item(of: "`\(key)`"),
                &diagnostics
            )
            if let condition { conditions.append(condition) }
        }
        return conditions
    }

    private mutating func guards(_ entry: Node.Entry, _ scope: Scope) -> [any Condition] {
        if section.direction == .release {
            diagnostics.report(
                Diagnostic(
                    code: "misplaced-key",
                    "a release plan has no guards",
                    at: entry.keySpan,
                    note: "a release goes on whatever happens: stopped halfway, the pair would be"
                        + " left to nobody",
                    help: "remove it; `require` can refuse the plan before any effect"
                )
            )
        }
        let guards = conditions(entry.value, of: "guard", in: scope)
        for condition in guards {
            let why = "a guard is broken after two looks that lie 100 ms apart"
            refuseSteadiness(condition, why, at: entry.value.span)
        }
        return guards
    }

    /// Reports a `steady-for` where nothing waits for it.
    mutating func refuseSteadiness(
        _ condition: (any Condition)?, _ why: String, at span: Span
    ) {
        guard let condition, condition.steadyFor > .zero else { return }
        diagnostics.report(
            Diagnostic(
                code: "misplaced-key", "`steady-for` has no meaning here", at: span, note: why,
                help: "remove it, or say it under `require`, or in a wait step"))
    }

    private mutating func retry(_ node: Node, _ scope: Scope) -> Retry? {
        guard
            let keys = Keys(
                "`retry`",
                node,
                allowed: ["attempts", "delay", "backoff"],
                in: scope,
                &diagnostics
            )
        else { return nil }
        if keys.node("attempts") == nil {
            keys.reportMissing(
                "attempts",
                note: "it is how often the step is tried in total",
                help: "write `{attempts: 3, delay: 1s}`",
                &diagnostics
            )
        }
        let attempts = keys.integer("attempts", in: 1...Retry.attemptLimit, &diagnostics)
        let delay = keys.duration("delay", &diagnostics)
        let backoff = keys.integer("backoff", in: 1...Retry.backoffLimit, &diagnostics)
        if let delay, delay > Retry.longestDelay {
            diagnostics.report(
                Diagnostic(
                    code: "bad-value",
                    "`delay` of `retry` is longer than \(durationText(Retry.longestDelay))",
                    at: keys.node("delay")?.span,
                    note: "no wait between two attempts is longer, however it grows"
                )
            )
        }
        return attempts.map {
            Retry(attempts: $0, delay: delay ?? .seconds(1), backoff: backoff ?? 1)
        }
    }

    private mutating func undo(_ entry: Node.Entry, _ scope: Scope) -> (any Step)? {
        if section.direction == .release {
            diagnostics.report(
                Diagnostic(
                    code: "misplaced-key",
                    "nothing is undone in a release plan",
                    at: entry.keySpan,
                    note: "an undo of a release would be an unguarded promotion",
                    help: "remove it"
                )
            )
        }
        guard let (kind, value) = undoKind(entry.value) else { return nil }
        let step = catalog.step(
            kind,
            value,
            in: scope,
            platform: platform,
            span: value.span,
            &diagnostics
        )
        guard let step, step.effect == .acquires else { return step }
        diagnostics.report(
            Diagnostic(
                code: "undo-acquires",
                "`\(kind.reference.name)` acquires, and stands as an undo",
                at: entry.value.span.firstLine,
                note: "an undo runs when things went wrong, without the plan's guards: it may give"
                    + " up and never take over",
                help: "undo with a step that releases, or with one that does neither"
            )
        )
        return nil
    }

    /// The kind of the one step that an `undo` names, alone or with its fields.
    private mutating func undoKind(_ node: Node) -> (kind: Catalog.Entry<any Step>, fields: Node)? {
        var name = node.text ?? ""
        var fields = Node(.scalar("", quoted: false), span: node.span)
        if let entries = node.entries, entries.count == 1 {
            name = entries[0].key
            fields = entries[0].value
        } else if node.text == nil || node.isNull {
            diagnostics.report(
                Diagnostic(
                    code: "wrong-type",
                    "`undo` is \(node.kindName) and should be one step",
                    at: node.span.firstLine,
                    help: "write `undo: {stop-service: {service: x}}`, without modifiers"
                )
            )
            return nil
        }
        if let kind = catalog.step(named: name) { return (kind, fields) }
        let names = catalog.steps.map(\.reference.name)
        diagnostics.report(
            Diagnostic(
                code: "unknown-step",
                "no step is named `\(name)`",
                at: node.span.firstLine,
                help: suggestion(for: name, among: names).map { "did you mean `\($0)`?" }
                    ?? "`failover steps` lists them"
            )
        )
        return nil
    }
}
