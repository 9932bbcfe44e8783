/// Reads what stands under `watch` of a pair.
struct WatchReader {
    let scope: Scope
    /// The path of the file, beside which the plans stand.
    let path: String

    private static let goals = "goals"
    private static let ownKeys = ["for", "then"]
    /// The shape, for a person.
    private static let form = "write `- pool: tank`, and below it `for: 30s` and `then: notify`"

    /// What is watched; what is usual where nothing is said.
    func watched(
        _ keys: Keys, _ builder: inout TreeBuilder, _ diagnostics: inout Diagnostics
    ) -> [Signals.Watched] {
        guard let node = keys.node("watch") else { return [.usual] }
        guard let items = node.items else {
            diagnostics.report(
                Diagnostic(
                    code: "wrong-type", "`watch` is \(node.kindName) and should be a list",
                    at: node.span.firstLine,
                    note: "each item is a condition that is to hold while the pair is served here",
                    help: "\(Self.form); `watch: []` looks at nothing"))
            return []
        }
        if items.count > Signals.itemLimit {
            diagnostics.report(
                Diagnostic(
                    code: "bad-value",
                    "`watch` has \(items.count) items, and \(Signals.itemLimit) is the limit",
                    at: node.span.firstLine))
        }
        return items.prefix(Signals.itemLimit).compactMap { item($0, &builder, &diagnostics) }
    }

    private func item(
        _ node: Node, _ builder: inout TreeBuilder, _ diagnostics: inout Diagnostics
    ) -> Signals.Watched? {
        if node.text == Self.goals { return .usual }
        let entries = node.entries ?? []
        let own = entries.filter { Self.ownKeys.contains($0.key) }
        let keys = Keys("an item of `watch`", own, at: node.span, in: scope)
        let patience = patience(keys, &diagnostics)
        let consequence = consequence(keys, &diagnostics)
        let rest = entries.filter { !Self.ownKeys.contains($0.key) }
        let subject = subject(
            own.isEmpty ? node : Node(.map(rest), span: node.span), &builder, &diagnostics)
        guard let subject, let consequence else { return nil }
        return Signals.Watched(
            subject: subject, patience: patience, consequence: consequence,
            span: keys.node("then")?.span ?? node.span.firstLine)
    }

    private func subject(
        _ node: Node, _ builder: inout TreeBuilder, _ diagnostics: inout Diagnostics
    ) -> Signals.Watched.Subject? {
        let entries = node.entries ?? []
        if entries.count == 1, let entry = entries.first, entry.key == Self.goals {
            guard !entry.value.isNull else { return .goals }
            diagnostics.report(
                Diagnostic(
                    code: "wrong-type", "`goals` takes no value", at: entry.value.span.firstLine,
                    note: "they are what the acquire plan has brought about",
                    help: "write `- goals:`, and below it `for: 30s` and `then: notify`"))
            return nil
        }
        if node.entries?.isEmpty == true {
            diagnostics.report(
                Diagnostic(
                    code: "missing-key", "an item of `watch` names nothing that is to hold",
                    at: node.span.firstLine, help: Self.form))
            return nil
        }
        guard
            let condition = builder.conditions(
                Node(.list([node]), span: node.span), of: "watch", in: scope
            ).first
        else { return nil }
        builder.refuseSteadiness(
            condition, "`for` says how long it may be broken", at: node.span.firstLine)
        return .condition(condition)
    }

    private func patience(_ keys: Keys, _ diagnostics: inout Diagnostics) -> Duration {
        guard let patience = keys.duration("for", &diagnostics) else {
            return Signals.Watched.usualPatience
        }
        if patience > RuleReader.longest {
            diagnostics.report(
                Diagnostic(
                    code: "bad-value",
                    "`for` is longer than \(durationText(RuleReader.longest))",
                    at: keys.node("for")?.span,
                    note: "what is broken would be told so late"))
        }
        return min(patience, RuleReader.longest)
    }

    private func consequence(
        _ keys: Keys, _ diagnostics: inout Diagnostics
    ) -> Signals.Watched.Consequence? {
        guard let node = keys.node("then") else { return .notify }
        switch node.text {
        case "notify": return .notify
        case "release": return .release
        default: break
        }
        if node.entries != nil {
            guard
                let plan = Keys("`then`", node, allowed: ["run"], in: scope, &diagnostics),
                let name = plan.text("run", &diagnostics)
            else {
                if node["run"] == nil {
                    Keys("`then`", node.entries ?? [], at: node.span, in: scope).reportMissing(
                        "run", note: "it is the plan that runs",
                        help: "write `{run: PLAN}`, a file beside this one", &diagnostics)
                }
                return nil
            }
            guard name.isEmpty else { return .run(plan: PlanPath.path(of: name, beside: path)) }
            diagnostics.report(
                Diagnostic(code: "bad-value", "`run` is empty", at: node["run"]?.span))
            return nil
        }
        report(node)
        return nil

        func report(_ node: Node) {
            let meant = node.text.flatMap { suggestion(for: $0, among: ["notify", "release"]) }
            diagnostics.report(
                Diagnostic(
                    code: "bad-value",
                    "`then` is no word that is known: \(node.text ?? node.kindName)",
                    at: node.span.firstLine,
                    note: "it is `notify`, `release` or `{run: PLAN}`",
                    help: meant.map { "did you mean `\($0)`?" }))
        }
    }
}
