/// How the loader makes steps and conditions of nodes.
extension Catalog {
    /// Reads a step from the value under its kind's key; nil when it is at fault.
    ///
    /// `timeout` is what stands beside it, if anything does.
    func step(
        _ kind: Entry<any Step>,
        _ node: Node,
        timeout: Duration? = nil,
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
        fields.timeout = timeout
        let step = kind.make(&fields)
        return fields.settle(step, &diagnostics)
    }

    /// Where a condition stands, as its faults say.
    enum ConditionPlace {
        /// Alone below a key.
        case value(String)
        /// In the list below a key.
        case item(of: String)
    }

    /// Reads a condition from a map of one key, its kind; nil when it is at fault.
    func condition(
        _ node: Node,
        in scope: Scope,
        platform: Platform,
        as place: ConditionPlace = .value("this place"),
        depth: Int = 0,
        _ diagnostics: inout Diagnostics
    ) -> (any Condition)? {
        guard let entries = node.entries, let entry = entries.first, entries.count == 1 else {
            diagnostics.report(notOneCondition(node, place))
            return nil
        }
        guard let kind = condition(named: entry.key) else {
            diagnostics.report(unknownCondition(entry))
            return nil
        }
        var fields = Fields(
            of: entry.value,
            kind.reference,
            in: scope,
            catalog: self,
            platform: platform,
            span: entry.keySpan,
            depth: depth
        )
        let condition = kind.make(&fields)
        return fields.settle(condition, &diagnostics)
    }

    private func unknownCondition(_ entry: Node.Entry) -> Diagnostic {
        let names = conditions.map(\.reference.name)
        let wait = "wait-for-"
        let bare = entry.key.hasPrefix(wait) ? String(entry.key.dropFirst(wait.count)) : entry.key
        return Diagnostic(
            code: "unknown-condition",
            "no condition is named `\(entry.key)`",
            at: entry.keySpan,
            note: "the conditions are \(listed(names))",
            help: suggestion(for: bare, among: names).map { "did you mean `\($0)`?" }
        )
    }

    private func manyConditions(_ node: Node, _ place: ConditionPlace) -> Diagnostic {
        let help =
            switch place {
            case .value(let key): "\(key) takes one condition"
            case .item(let key): "write each as an item of the list under \(key), after `- `"
            }
        return Diagnostic(
            code: "wrong-type",
            "these are \(node.entries?.count ?? 0) conditions in one map",
            at: node.span.firstLine,
            help: help
        )
    }

    private func notOneCondition(_ node: Node, _ place: ConditionPlace) -> Diagnostic {
        let names = conditions.map(\.reference.name)
        var help = "write one of \(listed(names)), for example `pool: tank`"
        if let entries = node.entries, entries.count > 1,
            let kind = condition(named: entries[0].key)
        {
            if entries.allSatisfy({ names.contains($0.key) }) { return manyConditions(node, place) }
            let whole = kind.reference.whole(entries[0], entries.dropFirst())
            help =
                switch place {
                case .value(let key): "\(key) takes one condition: `{\(whole)}`"
                case .item(let key): "\(key) takes a list, each item one condition: `- \(whole)`"
                }
        }
        return Diagnostic(
            code: "wrong-type",
            "a condition is a map of one key, its kind",
            at: node.span,
            note: "this is \(node.entries.map { "a map of \($0.count) keys" } ?? node.kindName)",
            help: help
        )
    }
}

extension Fields {
    /// Hands on the faults, and the value only when there are none.
    func settle<Made>(_ made: Made?, _ diagnostics: inout Diagnostics) -> Made? {
        diagnostics.report(self.diagnostics)
        if made == nil && !isFaulty && !self.diagnostics.hasErrors {
            preconditionFailure("\(reference.name) refuses its fields without a reason")
        }
        return isFaulty || self.diagnostics.hasErrors ? nil : made
    }
}
