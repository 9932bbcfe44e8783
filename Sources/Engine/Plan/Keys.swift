/// The keys of one map of the plan language, read typed; what `Fields` is to a kind.
struct Keys {
    /// What the map is, as a message begins: "a plan", "`retry`".
    let subject: String
    let span: Span
    let scope: Scope
    let entries: [Node.Entry]

    /// Takes the entries of a step or a group, whose names the caller checks.
    init(_ subject: String, _ entries: [Node.Entry], at span: Span, in scope: Scope) {
        self.subject = subject
        self.entries = entries
        self.span = span
        self.scope = scope
    }

    /// Takes a map that may hold the keys `allowed`; nil when it is no map.
    init?(
        _ subject: String,
        _ node: Node,
        allowed: [String],
        in scope: Scope,
        _ diagnostics: inout Diagnostics
    ) {
        guard let entries = node.entries else {
            diagnostics.report(
                Diagnostic(
                    code: "wrong-type",
                    "\(subject) is \(node.kindName) and should be a map",
                    at: node.span,
                    note: "its keys are \(listed(allowed))"
                )
            )
            return nil
        }
        self.init(subject, entries, at: node.span, in: scope)
        for entry in entries where !allowed.contains(entry.key) {
            if diagnostics.isExhausted { break }
            diagnostics.report(unknownKey(entry, allowed))
        }
    }

    /// The diagnostic for a key that is not among `allowed`.
    func unknownKey(_ entry: Node.Entry, _ allowed: [String]) -> Diagnostic {
        Diagnostic(
            code: "unknown-key",
            "\(subject) has no key `\(entry.key)`",
            at: entry.keySpan,
            note: "its keys are \(listed(allowed))",
            help: Word.named(entry.key).map { "`\(entry.key)` stands \($0.place)" }
                ?? suggestion(for: entry.key, among: allowed).map { "did you mean `\($0)`?" }
        )
    }

    /// The entry under `key`.
    func entry(_ key: String) -> Node.Entry? { entries.first { $0.key == key } }

    /// The value under `key`.
    func node(_ key: String) -> Node? { entry(key)?.value }

    /// Reports that `key` must be there.
    func reportMissing(
        _ key: String,
        note: String,
        help: String,
        _ diagnostics: inout Diagnostics
    ) {
        diagnostics.report(
            Diagnostic(
                code: "missing-key",
                "\(subject) lacks `\(key)`",
                at: span.firstLine,
                note: note,
                help: help
            )
        )
    }
}

// MARK: - Typed values

extension Keys {
    /// One line of text.
    func text(_ key: String, _ diagnostics: inout Diagnostics) -> String? {
        guard let (text, span) = scalar(key, &diagnostics) else { return nil }
        guard let why = Field.Kind.text.refusal(of: text) else { return text }
        report(key, why, span, help: nil, &diagnostics)
        return nil
    }

    /// A name that can stand in a command line, a file's name or a log.
    func name(_ key: String, _ diagnostics: inout Diagnostics) -> String? {
        guard let (text, span) = scalar(key, &diagnostics) else { return nil }
        guard let why = Field.Kind.name.refusal(of: text) else { return text }
        report(key, why, span, help: nil, &diagnostics)
        return nil
    }

    /// Text of any number of lines.
    func prose(_ key: String, _ diagnostics: inout Diagnostics) -> String? {
        scalar(key, &diagnostics)?.text
    }

    /// A length of time that is not zero.
    func limit(_ key: String, _ diagnostics: inout Diagnostics) -> Duration? {
        guard let duration = duration(key, &diagnostics) else { return nil }
        if duration > .zero { return duration }
        report(
            key,
            "is zero",
            node(key)?.span ?? span,
            help: "write how long it may take: `30s`, `5m`; leave it out for the default",
            &diagnostics
        )
        return nil
    }

    /// A length of time: `30s`, or a map that reckons with the length of a list.
    func duration(_ key: String, _ diagnostics: inout Diagnostics) -> Duration? {
        if let node = node(key), node.entries != nil { return sum(key, node, &diagnostics) }
        guard let (text, span) = scalar(key, &diagnostics) else { return nil }
        if let duration = Duration(authored: text) { return duration }
        let fault = Duration.fault(ofAuthored: text)
        report(key, fault.what, span, help: fault.help, &diagnostics)
        return nil
    }

    /// `{base: 1m, each: 20s, times: 2, of: '${disks}'}`: a minute, and twice 20 s for each disk.
    private func sum(_ key: String, _ node: Node, _ diagnostics: inout Diagnostics) -> Duration? {
        let allowed = ["base", "each", "times", "of"]
        guard
            let keys = Keys("`\(key)`", node, allowed: allowed, in: scope, &diagnostics)
        else { return nil }
        for needed in ["each", "of"] where keys.node(needed) == nil {
            keys.reportMissing(
                needed,
                note: "the time is `base`, and `each`, so many `times`, for every item of `of`",
                help: "write `{base: 1m, each: 20s, of: '${disks}'}`",
                &diagnostics
            )
        }
        let base = keys.node("base") == nil ? .zero : keys.duration("base", &diagnostics)
        let each = keys.duration("each", &diagnostics)
        let times = keys.node("times") == nil ? 1 : keys.integer("times", in: 1...100, &diagnostics)
        let count = keys.length("of", &diagnostics)
        guard let base, let each, let times, let count else { return nil }
        let total = base + each * times * count
        guard total <= Duration.authoredLimit else {
            report(key, "is longer than 366 days", node.span, help: nil, &diagnostics)
            return nil
        }
        return total
    }

    /// How many items the list under `key` has.
    private func length(_ key: String, _ diagnostics: inout Diagnostics) -> Int? {
        guard let node = node(key) else { return nil }
        if let items = node.items { return items.count }
        guard let raw = node.text, !node.isNull else {
            report(
                key, "is \(node.kindName) and should be a list", node.span, help: nil, &diagnostics)
            return nil
        }
        guard let value = scope.value(of: raw, at: node.span, &diagnostics) else { return nil }
        if case .list(let items) = value { return items.count }
        report(
            key, "is no list", node.span, help: "write a parameter that is one: `'${disks}'`",
            &diagnostics)
        return nil
    }

    /// A whole number in `range`.
    func integer(
        _ key: String,
        in range: ClosedRange<Int>,
        _ diagnostics: inout Diagnostics
    ) -> Int? {
        guard let (text, span) = scalar(key, &diagnostics) else { return nil }
        if let number = Int(authored: text), range.contains(number) { return number }
        report(
            key,
            "is not a whole number from \(range.lowerBound) to \(range.upperBound)",
            span,
            help: nil,
            &diagnostics
        )
        return nil
    }

    /// One of an enumeration's words.
    func word<Word>(
        _ key: String,
        as type: Word.Type = Word.self,
        _ diagnostics: inout Diagnostics
    ) -> Word? where Word: RawRepresentable<String> & CaseIterable {
        guard let (text, span) = scalar(key, &diagnostics) else { return nil }
        if let word = Word(rawValue: text) { return word }
        let words = Word.allCases.map(\.rawValue)
        report(
            key,
            "is `\(text)`, and can be \(listed(words))",
            span,
            help: suggestion(for: text, among: words).map { "did you mean `\($0)`?" },
            &diagnostics
        )
        return nil
    }

    /// The text of the scalar under `key`, references put in; nil when absent or at fault.
    func scalar(_ key: String, _ diagnostics: inout Diagnostics) -> (text: String, span: Span)? {
        guard let node = node(key) else { return nil }
        guard let raw = node.text, !node.isNull else {
            report(
                key,
                "is \(node.kindName) and should be a single value",
                node.span,
                help: nil,
                &diagnostics
            )
            return nil
        }
        guard let value = scope.value(of: raw, at: node.span, &diagnostics) else { return nil }
        if let text = value.text { return (text, node.span) }
        report(key, "is a list and should be a single value", node.span, help: nil, &diagnostics)
        return nil
    }

    private func report(
        _ key: String,
        _ what: String,
        _ span: Span,
        help: String?,
        _ diagnostics: inout Diagnostics
    ) {
        let fault = TextFault(
            written: node(key)?.text ?? "",
            code: "bad-value",
            subject: "`\(key)` of \(subject)",
            what: what,
            span: span,
            help: help
        )
        diagnostics.report(fault.diagnostic(in: scope))
    }
}
