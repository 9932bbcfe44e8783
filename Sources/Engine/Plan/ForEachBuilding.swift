/// How `for-each` is expanded: a group of turns, each a sequence of its own.
extension TreeBuilder {
    /// What stands beside `for-each`.
    static let forEachKeys = ["in", "at-once", "allow-failures", "steps"]

    /// Once a plan is at fault, so many turns more are gone through to find the faults of values.
    private static let faultyTurnLimit = 100
    /// The same over all, since loops in loops multiply.
    private static let faultyTurnTotal = 1000

    mutating func forEach(
        _ entry: Node.Entry,
        _ keys: Keys,
        _ id: NodeID,
        _ place: Place,
        _ modifiers: StepModifiers
    ) {
        let variable = entry.value.text ?? ""
        guard ParameterDeclaration.isName(variable) else {
            diagnostics.report(
                Diagnostic(
                    code: "bad-name",
                    "`for-each` needs a name for what it goes through",
                    at: entry.value.span.firstLine,
                    note: "names are made of a-z, 0-9 and `-`",
                    help: "write `for-each: disk`, `in: ${disks}`, and `${disk}` in its steps"
                )
            )
            return
        }
        guard let steps = keys.node("steps") else {
            keys.forEachLacks("steps", entry, "the steps of each turn", &diagnostics)
            return
        }
        let values = values(keys, entry)
        let source = keys.node("in")?.text.flatMap { place.scope.references(in: $0).first?.source }
        var turns: [NodeID] = []
        var faultyTurns = 0
        for value in values ?? [] where !isFull && faultyTurns < Self.faultyTurnLimit {
            if self.faultyTurns >= Self.faultyTurnTotal { break }
            var scope = place.scope
            scope.bind(variable, to: value, from: source)
            let label = "\(variable) = \(printable(value.text ?? ""))"
            turns.append(turn(steps, label, entry.keySpan, id, place.depth, scope))
            if diagnostics.hasErrors {
                (faultyTurns, self.faultyTurns) = (faultyTurns + 1, self.faultyTurns + 1)
            }
        }
        if turns.isEmpty {
            var scope = place.scope
            scope.bindUnsettled(variable)
            rehearse { _ = $0.turn(steps, "", entry.keySpan, id, place.depth, scope) }
        }
        let group = GroupNode(
            children: turns, atOnce: atOnce(keys, count: turns.count),
            allowFailures: allowFailures(keys, count: values?.count), retry: modifiers.retry)
        fill(id, group, label: "for each \(variable)", modifiers)
    }

    private mutating func turn(
        _ steps: Node,
        _ label: String,
        _ span: Span,
        _ parent: NodeID,
        _ depth: Int,
        _ scope: Scope
    ) -> NodeID {
        let id = reserve(parent: parent, span)
        guard countGroup(span) else { return id }
        let place = Place(parent: id, depth: depth + 1, scope: scope)
        let members = members(steps, "`for-each`", place) ?? []
        fill(id, GroupNode(children: members, atOnce: 1), label: label)
        return id
    }

    /// What is gone through; nil when it is at fault.
    private mutating func values(_ keys: Keys, _ entry: Node.Entry) -> [Value]? {
        guard let node = keys.node("in") else {
            keys.forEachLacks("in", entry, "the list that is gone through", &diagnostics)
            return nil
        }
        guard let values = listed(node, keys.scope) else { return nil }
        if values.isEmpty { reportEmpty(node, keys.scope) }
        var seen: Set<Value> = []
        for value in values where !seen.insert(value).inserted {
            diagnostics.report(
                Diagnostic(
                    code: "duplicate-item",
                    "`for-each` goes through `\(value.text ?? "")` more than once",
                    at: node.span,
                    note: "the same step would run twice, perhaps at once"
                )
            )
        }
        return values
    }

    /// A takeover that goes on without its disks forces a pool in without them.
    private mutating func reportEmpty(_ node: Node, _ scope: Scope) {
        let isGrave = section.isForward && section.direction != nil
        let source = node.text.flatMap { scope.references(in: $0).first?.source }
        let origin =
            switch source?.origin {
            case .commandLine: ", by `--set \(source?.parameter ?? "")=`"
            case .site: ", by `\(source?.parameter ?? "")` of the site"
            case .plan, nil: ""
            }
        diagnostics.report(
            Diagnostic(
                isGrave ? .error : .warning,
                code: "empty-list",
                "`for-each` goes through an empty list" + origin,
                at: node.span,
                note: isGrave
                    ? "the plan would go on as if they were all done, a pool's disks perhaps"
                    : LintPage.emptyList.why,
                help: isGrave ? "name at least one item, or take the `for-each` out" : nil
            )
        )
    }

    private mutating func listed(_ node: Node, _ scope: Scope) -> [Value]? {
        if let items = node.items {
            let values = items.map { value(of: $0, scope) }
            let whole = values.compactMap(\.self)
            return whole.count == values.count ? whole : nil
        }
        if let text = node.text, !node.isNull {
            guard let value = scope.value(of: text, at: node.span, &diagnostics) else { return nil }
            if case .list(let values) = value { return values }
        }
        reportIn("is \(node.kindName) and should be a list", node)
        return nil
    }

    private mutating func value(of item: Node, _ scope: Scope) -> Value? {
        guard let text = item.text, !item.isNull else {
            reportIn("has \(item.kindName) where a single value belongs", item)
            return nil
        }
        let value = scope.value(of: text, at: item.span, &diagnostics)
        guard case .list? = value else { return value }
        reportIn("has a list where a single value belongs", item)
        return nil
    }

    private mutating func reportIn(_ what: String, _ node: Node) {
        diagnostics.report(
            Diagnostic(
                code: "wrong-type",
                "`in` of `for-each` \(what)",
                at: node.span.firstLine,
                help: "write `[disk0, disk1]`, or `${disks}` for a parameter that is a list"
            )
        )
    }

    private mutating func atOnce(_ keys: Keys, count: Int) -> Int {
        guard keys.node("at-once") != nil,
            let (text, span) = keys.scalar("at-once", &diagnostics)
        else { return 1 }
        if text == "all" { return max(1, count) }
        if let number = Int(authored: text), number >= 1 { return number }
        diagnostics.report(
            Diagnostic(
                code: "bad-value",
                "`at-once` is `\(text)`, and can be `all` or a number from 1",
                at: span,
                note: "it is how many turns may be under way together"
            )
        )
        return 1
    }

    private mutating func allowFailures(_ keys: Keys, count: Int?) -> Int {
        guard
            let number = keys.integer("allow-failures", in: 0...Plan.stepLimit, &diagnostics)
        else { return 0 }
        if let count, count > 0, number >= count {
            diagnostics.report(
                Diagnostic(
                    code: "bad-value",
                    "`allow-failures` is \(number), and the list has \(count) items",
                    at: keys.node("allow-failures")?.span,
                    note: "all could fail, and the plan would go on as if nothing were wrong"
                )
            )
        }
        return number
    }
}

extension Keys {
    fileprivate func forEachLacks(
        _ key: String,
        _ entry: Node.Entry,
        _ what: String,
        _ diagnostics: inout Diagnostics
    ) {
        diagnostics.report(
            Diagnostic(
                code: "missing-key",
                "`for-each` lacks `\(key)`",
                at: entry.keySpan,
                note: "`\(key)` is \(what)",
                help: "write it beside `for-each`"
            )
        )
    }
}
