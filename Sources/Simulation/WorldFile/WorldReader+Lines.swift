import Engine

/// Faults and happenings that are written as one line: what `--fault` takes, and files as well.
extension WorldReader {
    /// What a value is that may be such a line.
    enum LineForm {
        /// It is written as a map.
        case noLine
        /// It is a line, and what is wrong with it was reported.
        case atFault
        /// It is a line, which says what this map says.
        case map(Node)
    }

    /// `zpool import #2: fails-after exit 1` as the map of a fault.
    ///
    /// In a file a line without quotes is a map of one entry, with the command for its key.
    mutating func faultLine(_ node: Node) -> LineForm {
        if node.text != nil {
            guard !node.isNull else { return .noLine }
            let line = LineWords(node)
            let colon = line.texts.lastIndex { $0.hasSuffix(":") }
            guard let colon else {
                reportNoFault(line)
                return .atFault
            }
            let (front, tail) = line.split(at: colon)
            let head = front.appending(line.words[colon].withoutLast)
            return faultMap(head, tail, at: node.span)
        }
        guard let entries = node.entries, entries.count == 1, let entry = entries.first,
            let does = entry.value.text, !Self.keysOfFaults.contains(entry.key)
        else { return .noLine }
        let kind = does.split(separator: " ").first.map(String.init) ?? ""
        guard entry.key.contains(" ") || Fault.Does(rawValue: kind) != nil else { return .noLine }
        let key = Node(.scalar(entry.key, quoted: true), span: entry.keySpan)
        return faultMap(LineWords(key), LineWords(entry.value), at: node.span)
    }

    private mutating func faultMap(
        _ head: LineWords, _ tail: LineWords, at span: Span
    ) -> LineForm {
        var command = head
        var entries: [Node.Entry] = []
        if let last = head.words.last, let text = last.text, text.hasPrefix("#") {
            command = head.dropLast(1)
            let number = Node(.scalar(String(text.dropFirst()), quoted: true), span: last.span)
            entries.append(Node.Entry(key: "nth", keySpan: last.span, value: number))
        }
        entries.append(Node.Entry(key: "command", keySpan: span, value: command.list))
        guard let does = tail.words.first else {
            entries.append(Node.Entry(key: "does", keySpan: span, value: tail.joined))
            return .map(Node(.map(entries), span: span))
        }
        entries.append(Node.Entry(key: "does", keySpan: does.span, value: does))
        let rest = tail.words.dropFirst()
        var index = rest.startIndex
        while index < rest.endIndex {
            let word = rest[index]
            let value = index + 1 < rest.endIndex ? rest[index + 1] : nil
            index += 2
            if let entry = addition(word, value), !entries.contains(where: { $0.key == entry.key })
            {
                entries.append(entry)
            } else {
                reportAddition(word)
                return .atFault
            }
        }
        return .map(Node(.map(entries), span: span))
    }

    private func addition(_ word: Node, _ value: Node?) -> Node.Entry? {
        guard let key = word.text, Self.additions.contains(key), let value else { return nil }
        return Node.Entry(key: key, keySpan: word.span, value: value)
    }

    /// What can stand behind what a command does.
    private static let additions = ["after", "exit"]

    private mutating func reportAddition(_ word: Node) {
        let text = word.text ?? ""
        let meant = suggestion(for: text, among: Self.additions.filter { $0 != text })
        diagnostics.report(
            Diagnostic(
                code: "bad-value",
                "a fault cannot go on with `\(text)` here",
                at: word.span,
                note: "behind what it does may stand `after DURATION` and `exit N`, once each",
                help: meant.map { "did you mean `\($0)`?" }
            )
        )
    }

    private mutating func reportNoFault(_ line: LineWords) {
        let first = line.texts.first ?? ""
        let last = line.texts.last ?? ""
        var note: String? = Fault.Does.explained
        let help: String
        if let glued = line.texts.first(where: { $0.contains(":") }) {
            help = "write a blank behind the `:` of `\(glued)`"
        } else if Self.happenings.contains(first) {
            help = "`\(first)` happens by itself: write it under `later`"
            note = nil
        } else if let kind = suggestion(for: last, among: Fault.Does.allCases.map(\.rawValue)) {
            let command = line.texts.dropLast().joined(separator: " ")
            help = "write `\(command.isEmpty ? "zpool import" : command): \(kind)`"
        } else if let meant = suggestion(for: first, among: Self.happenings) {
            help = "did you mean `\(meant)`, which happens by itself?"
        } else {
            help = "write for example `zpool import: fails-after`, in quotes if it has a `#`"
        }
        diagnostics.report(
            Diagnostic(
                code: "bad-value",
                "a fault says, behind a `:`, what its command does instead",
                at: line.node.span,
                note: note,
                help: help
            )
        )
    }
}

extension WorldReader {
    /// `signal become-slave after 3s` as the map of a happening.
    mutating func happeningLine(_ node: Node) -> LineForm {
        guard node.text != nil, !node.isNull else {
            return reportsFault(node) ? .atFault : .noLine
        }
        var line = LineWords(node)
        var entries: [Node.Entry] = []
        let texts = line.texts
        if texts.count >= 2, texts[texts.count - 2] == "after" {
            let (word, value) = (line.words[texts.count - 2], line.words[texts.count - 1])
            entries.append(Node.Entry(key: "after", keySpan: word.span, value: value))
            line = line.dropLast(2)
        }
        guard let first = line.words.first, let name = first.text,
            Self.happenings.contains(name)
        else {
            reportNoHappening(line.texts.first ?? "", at: line.words.first?.span ?? node.span)
            return .atFault
        }
        let rest = line.dropFirst()
        if let word = rest.words.first, Self.complete.contains(name) {
            badValue(
                "`\(name)` takes no `\(rest.joined.text ?? "")`", at: word.span,
                help: "write `\(name) after 3s`")
            return .atFault
        }
        let nothing = Node(.scalar("", quoted: false), span: first.span)
        let value = rest.words.isEmpty ? nothing : rest.joined
        entries.append(Node.Entry(key: name, keySpan: first.span, value: value))
        return .map(Node(.map(entries), span: node.span))
    }

    /// Tells that a word names nothing that happens, or a map none of those.
    private mutating func reportNoHappening(_ name: String, at span: Span) {
        let meant = suggestion(for: name, among: Self.happenings)
        diagnostics.report(
            Diagnostic(
                code: "unknown-happening",
                name.isEmpty
                    ? "this names nothing that happens"
                    : "nothing that happens by itself is called `\(name)`",
                at: span,
                note: "what can happen is \(listed(Self.happenings))",
                help: meant.map { "did you mean `\($0)`?" }
                    ?? "write for example `peer-dies after 3s`"
            )
        )
    }

    /// Whether a map of one entry is the line of a fault, which is reported.
    private mutating func reportsFault(_ node: Node) -> Bool {
        guard let entries = node.entries, entries.count == 1, let entry = entries.first,
            let does = entry.value.text?.split(separator: " ").first,
            Fault.Does(rawValue: String(does)) != nil, !Self.happenings.contains(entry.key)
        else { return false }
        badValue(
            "this is a fault, and stands among what happens by itself", at: node.span,
            help: "write it under `faults`")
        return true
    }

    /// Happenings that need nothing said.
    private static let complete = ["peer-dies", "interrupt"]
}

extension LineWords {
    fileprivate func appending(_ node: Node?) -> LineWords {
        node.map { LineWords(words + [$0], of: self.node) } ?? self
    }
}

extension Node {
    /// A word without its last letter; nil when nothing is left.
    fileprivate var withoutLast: Node? {
        guard let text, text.count > 1 else { return nil }
        let end =
            span.endColumn - (span.endColumn - span.column == text.unicodeScalars.count ? 1 : 0)
        let shorter = Span(
            source: span.source, line: span.line, column: span.column, endLine: span.endLine,
            endColumn: end)
        return Node(.scalar(String(text.dropLast()), quoted: true), span: shorter)
    }
}

extension Fault.Does {
    /// All kinds, with what each means.
    static var explained: String {
        allCases.map { "\($0.rawValue): \($0.meaning)" }.joined(separator: "\n")
    }
}
