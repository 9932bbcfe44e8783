/// How `Fields` reads one field.
extension Fields {
    func kind(of field: String) -> Field.Kind {
        guard let found = reference.fields.first(where: { $0.name == field }) else {
            preconditionFailure("\(reference.name) reads `\(field)`, which its reference lacks")
        }
        return found.kind
    }

    func wrongAccessor(_ field: String) -> Never {
        preconditionFailure("\(reference.name) reads `\(field)` as another kind than it declares")
    }

    func node(_ field: String) -> Node? {
        entries.first { $0.key == field }?.value
    }

    /// The field's node; reports a required one that is absent.
    mutating func given(_ field: String) -> Node? {
        if let node = node(field) { return node }
        guard let wanted = reference.fields.first(where: { $0.name == field }),
            wanted.absent == nil
        else { return nil }
        lack(field)
        return nil
    }

    /// Reports that a field is not given that is required, or that what else is given asks for.
    public mutating func lack(_ field: String) {
        let meaning = reference.fields.first { $0.name == field }?.summary ?? ""
        isFaulty = true
        diagnostics.report(
            Diagnostic(
                code: "missing-field",
                "`\(reference.name)` lacks `\(field)`",
                at: span,
                note: "`\(field)` is \(meaning)",
                help: "see `failover steps \(reference.name)`"
            )
        )
    }

    mutating func scalar(_ field: String) -> (text: String, span: Span)? {
        guard let node = given(field), let text = resolved(node, of: field) else { return nil }
        return (text, node.span)
    }

    mutating func text(_ field: String, as kind: Field.Kind) -> String? {
        guard self.kind(of: field) == kind else { wrongAccessor(field) }
        guard let node = given(field), let text = resolved(node, of: field) else { return nil }
        return checked(text, as: kind, field, at: node)
    }

    mutating func list(
        _ field: String,
        _ kind: Field.Kind,
        each: Field.Kind,
        takingSecrets: Bool = false
    ) -> [String]? {
        guard self.kind(of: field) == kind else { wrongAccessor(field) }
        guard let node = given(field) else { return nil }
        var texts: [String?] = []
        if let items = node.items {
            guard isShort(items.count, field, node) else { return nil }
            for item in items {
                if takingSecrets, let path = item.text.flatMap(scope.secretPath) {
                    secrets.append(Command.Secret(word: texts.count, path: path))
                    texts.append(Command.mask)
                    continue
                }
                let text = resolved(item, of: field)
                texts.append(text.flatMap { checked($0, as: each, field, at: item) })
            }
        } else {
            guard let values = referencedList(node, of: field),
                isShort(values.count, field, node)
            else { return nil }
            for value in values {
                texts.append(
                    value.text.flatMap { checked($0, as: each, field, at: node, item: $0) })
            }
        }
        let whole = texts.compactMap(\.self)
        return whole.count == texts.count ? whole : nil
    }

    /// Reports a fault of a field; of the text `written` there, by the value that it stands for.
    mutating func fault(
        _ field: String,
        _ what: String,
        at span: Span,
        written: String? = nil,
        item: String? = nil,
        help: String? = nil
    ) {
        isFaulty = true
        let summary = reference.fields.first { $0.name == field }?.summary ?? ""
        let fault = TextFault(
            written: written ?? (node(field)?.text ?? ""),
            item: item,
            code: "bad-field",
            subject: "`\(field)` of `\(reference.name)`",
            what: what,
            span: span,
            note: "`\(field)` is \(summary)",
            help: help ?? "see `failover steps \(reference.name)`"
        )
        diagnostics.report(fault.diagnostic(in: scope))
    }

    private mutating func isShort(_ count: Int, _ field: String, _ node: Node) -> Bool {
        if count <= Self.listLimit { return true }
        fault(
            field,
            "has \(count) items, and \(Self.listLimit) is the limit",
            at: node.span.firstLine
        )
        return false
    }

    /// The list that a single reference stands for.
    private mutating func referencedList(_ node: Node, of field: String) -> [Value]? {
        guard let text = node.text, !node.isNull else {
            fault(field, "is \(node.kindName) and should be a list", at: node.span)
            return nil
        }
        guard let value = scope.value(of: text, at: node.span, &diagnostics) else {
            isFaulty = true
            return nil
        }
        if case .list(let values) = value { return values }
        fault(
            field,
            "is a single value and should be a list",
            at: node.span,
            written: "",
            help: kind(of: field) == .argv ? commandHelp(text) : "write `\(flowList(of: [text]))`"
        )
        return nil
    }

    private mutating func resolved(_ node: Node, of field: String) -> String? {
        guard let text = node.text, !node.isNull else {
            fault(field, "is \(node.kindName) and should be a single value", at: node.span)
            return nil
        }
        guard let value = scope.value(of: text, at: node.span, &diagnostics) else {
            isFaulty = true
            return nil
        }
        if let text = value.text { return text }
        fault(field, "is a list and should be a single value", at: node.span)
        return nil
    }

    /// The text if its kind takes it, and if no parameter turns an operand into an option.
    private mutating func checked(
        _ text: String,
        as kind: Field.Kind,
        _ field: String,
        at node: Node,
        item: String? = nil
    ) -> String? {
        let written = node.text ?? ""
        var why = kind.refusal(of: text)
        if text.hasPrefix("-"), !written.hasPrefix("-") {
            why = why ?? "begins with `-` and would be read as an option"
        }
        guard let why else { return text }
        // What is wrong as it is written is no fault of a value that is put in.
        let isOwn = kind.refusal(of: written) == why
        let help = kind == .literal && isOwn ? literalHelp(written) : nil
        fault(
            field, why, at: node.span, written: isOwn ? "" : written, item: item, help: help)
        return nil
    }
}

extension Reference {
    func needsMap(insteadOf node: Node) -> Diagnostic {
        Diagnostic(
            code: "wrong-type",
            "`\(name)` has \(node.kindName) where a map of its fields belongs",
            at: node.span,
            help: fields.isEmpty
                ? "write `\(name)` alone: it has no fields" : "see `failover steps \(name)`"
        )
    }

    /// A kind and the fields that stand beside it, put together as an author should.
    func whole(_ kind: Node.Entry, _ strays: some Sequence<Node.Entry>) -> String {
        var given = kind.value.entries ?? []
        if let main, kind.value.entries == nil, !kind.value.isNull {
            given = [Node.Entry(key: main, keySpan: kind.keySpan, value: kind.value)]
        }
        let known = strays.filter { stray in fields.contains { $0.name == stray.key } }
        let texts = (given + known).map { entry in
            let isShort = entry.value.text != nil && !entry.value.isNull
            return "\(entry.key): \(isShort ? flowScalar(entry.value.text ?? "") : "…")"
        }
        return "\(name): {\(texts.joined(separator: ", "))}"
    }

    /// `kinds` are the names of the steps that there are.
    func unknownField(_ entry: Node.Entry, among kinds: [String]) -> Diagnostic {
        let known = fields.map(\.name)
        var help = suggestion(for: entry.key, among: known).map { "did you mean `\($0)`?" }
        if kinds.contains(entry.key) {
            help = "`\(entry.key)` is a step of its own: see `failover steps \(entry.key)`"
        } else if StepModifiers.names.contains(entry.key) {
            help = "`\(entry.key)` belongs to the step: write it beside `\(name)`, not below it"
        }
        return Diagnostic(
            code: "unknown-key",
            "`\(name)` has no field `\(entry.key)`",
            at: entry.keySpan,
            note: known.isEmpty ? "it has no fields" : "its fields are \(listed(known))",
            help: help
        )
    }
}
