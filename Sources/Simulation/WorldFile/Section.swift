import Engine

/// A map of a world file, whose keys were checked; its accessors report what is malformed.
struct Section {
    let what: String
    let entries: [Node.Entry]
    let span: Span

    subscript(key: String) -> Node? { entries.first { $0.key == key }?.value }
}

extension WorldReader {
    /// Opens a map of these keys; reports every other one.
    mutating func section(_ node: Node, _ what: String, keys: [String]) -> Section? {
        guard let entries = node.entries else {
            wrongType("\(what) is \(node.kindName) and should be a map", at: node.span)
            return nil
        }
        for entry in entries where !keys.contains(entry.key) {
            diagnostics.report(
                Diagnostic(
                    code: "unknown-key",
                    "\(what) has no key `\(entry.key)`",
                    at: entry.keySpan,
                    note: "its keys are \(listed(keys))",
                    help: suggestion(for: entry.key, among: keys).map { "did you mean `\($0)`?" }
                )
            )
        }
        return Section(what: what, entries: entries, span: node.span)
    }

    /// The items of a list, or the one value that stands for a list of one.
    mutating func items(_ section: Section, _ key: String) -> [Node] {
        guard let node = section[key], !node.isNull else { return [] }
        return node.items ?? [node]
    }

    mutating func text(_ section: Section, _ key: String) -> String? {
        section[key].flatMap { text($0, "`\(key)` of \(section.what)") }
    }

    mutating func texts(_ section: Section, _ key: String) -> [String]? {
        guard section[key] != nil else { return nil }
        return items(section, key).compactMap { text($0, "an item of `\(key)`") }
    }

    mutating func integer(
        _ section: Section,
        _ key: String,
        in range: ClosedRange<Int>
    ) -> Int? {
        guard let node = section[key] else { return nil }
        return integer(node, "`\(key)` of \(section.what)", in: range)
    }

    mutating func integer(_ node: Node, _ what: String, in range: ClosedRange<Int>) -> Int? {
        guard let text = text(node, what) else { return nil }
        if let number = Int(authored: text), range.contains(number) { return number }
        badValue(
            "\(what) is not a whole number from \(range.lowerBound) to \(range.upperBound)",
            at: node.span
        )
        return nil
    }

    mutating func boolean(_ section: Section, _ key: String) -> Bool? {
        guard let node = section[key], let text = text(section, key) else { return nil }
        if let flag = Bool(authored: text) { return flag }
        badValue("`\(key)` of \(section.what) is neither `true` nor `false`", at: node.span)
        return nil
    }

    mutating func duration(_ section: Section, _ key: String) -> Duration? {
        section[key].flatMap { duration($0, "`\(key)` of \(section.what)") }
    }

    mutating func duration(_ node: Node, _ what: String) -> Duration? {
        guard let text = text(node, what) else { return nil }
        if let duration = Duration(authored: text) { return duration }
        badValue("\(what) is not a duration such as `250ms`, `30s` or `5m`", at: node.span)
        return nil
    }

    mutating func choice<Word>(_ section: Section, _ key: String, note: String? = nil) -> Word?
    where Word: RawRepresentable<String> & CaseIterable {
        section[key].flatMap { choice($0, "`\(key)` of \(section.what)", note: note) }
    }

    /// One of an enumeration's words; upper and lower case are the same, as in CARP's `MASTER`.
    mutating func choice<Word>(_ node: Node, _ what: String, note: String? = nil) -> Word?
    where Word: RawRepresentable<String> & CaseIterable {
        guard let text = text(node, what) else { return nil }
        let words = Word.allCases.map { $0.rawValue.lowercased() }
        if let word = Word.allCases.first(where: { $0.rawValue.lowercased() == text.lowercased() })
        {
            return word
        }
        badValue(
            "\(what) is not one of \(listed(words))",
            at: node.span,
            note: note,
            help: suggestion(for: text, among: words).map { "did you mean `\($0)`?" }
        )
        return nil
    }

    /// A command as its words: a list, or text that is split at blanks.
    mutating func words(_ node: Node, _ what: String) -> [String]? {
        let words: [String]
        if let items = node.items {
            words = items.compactMap { text($0, "a word of \(what)") }
        } else {
            guard let text = text(node, what) else { return nil }
            words = text.split(separator: " ").map(String.init)
        }
        guard !words.isEmpty else {
            badValue("\(what) names no tool", at: node.span)
            return nil
        }
        return words
    }

    mutating func text(_ node: Node, _ what: String) -> String? {
        if let text = node.text, !node.isNull { return text }
        wrongType("\(what) is \(node.kindName) and should be a single value", at: node.span)
        return nil
    }

    mutating func missing(_ key: String, of section: Section, help: String) {
        diagnostics.report(
            Diagnostic(
                code: "missing-key",
                "\(section.what) lacks `\(key)`",
                at: section.span,
                help: help
            )
        )
    }

    mutating func wrongType(_ message: String, at span: Span) {
        diagnostics.report(Diagnostic(code: "wrong-type", message, at: span))
    }

    mutating func badValue(
        _ message: String,
        at span: Span,
        note: String? = nil,
        help: String? = nil
    ) {
        diagnostics.report(
            Diagnostic(code: "bad-value", message, at: span, note: note, help: help))
    }
}
