/// libyaml's faults in our words: its own speak of tokens and contexts, which help nobody at night.
extension YAMLSyntaxFault {
    /// The fault, and what else of the commonest kind stands in the text, read or not.
    func diagnostics(in text: SourceText, source: Int) -> [Diagnostic] {
        if let byteOffset { return [notText(byteOffset, text, source: source)] }
        let lines = text.lines
        let slips = SyntaxScan(lines).slips.map { slip, mark in
            let wording =
                switch slip {
                case .reference(let reference): Self.unquoted(reference)
                case .tab: Self.tab
                }
            return diagnostic(wording, at: mark, source: source)
        }
        let own = diagnostic(in: lines, source: source)
        // libyaml's fault of a line with such a slip is what the slip leads to.
        let isTold = slips.contains { slip in
            slip.span?.line == own.span?.line && (own.code == slip.code || own.code == "not-yaml")
        }
        return isTold ? slips : [own] + slips
    }

    /// The fault with its place and, where the cause is known, what to write instead.
    private func diagnostic(in lines: [Substring], source: Int) -> Diagnostic {
        let wording =
            referenceTrap(lines) ?? tabTrap(lines) ?? unclosed(lines) ?? trailing(lines)
            ?? known(lines) ?? fallback
        var place = wording.atContext ? contextMark ?? mark : mark
        if place.line >= lines.count, let last = lines.last {
            // The end of a file that ends without a line break.
            place = YAMLEvent.Mark(line: lines.count - 1, column: last.unicodeScalars.count)
        }
        return diagnostic(wording, at: place, source: source)
    }

    private func diagnostic(
        _ wording: Wording,
        at place: YAMLEvent.Mark,
        source: Int
    ) -> Diagnostic {
        Diagnostic(
            code: wording.code,
            wording.message,
            at: span(place, source: source),
            note: wording.note,
            help: wording.help
        )
    }

    private func span(_ mark: YAMLEvent.Mark, source: Int) -> Span {
        Span(
            source: source,
            line: mark.line + 1,
            column: mark.column + 1,
            endLine: mark.line + 1,
            endColumn: mark.column + 2
        )
    }

    private struct Wording: Sendable {
        var code = "not-yaml"
        let message: String
        var note: String?
        var help: String?
        var atContext = false
    }

    private func scalar(_ lines: [Substring], at mark: YAMLEvent.Mark, _ offset: Int = 0)
        -> Unicode.Scalar?
    {
        guard lines.indices.contains(mark.line), mark.column + offset >= 0 else { return nil }
        return lines[mark.line].unicodeScalars.dropFirst(mark.column + offset).first
    }

    /// In a flow map or list, `{` after `$` opens a map, whatever its author meant.
    private func referenceTrap(_ lines: [Substring]) -> Wording? {
        guard scalar(lines, at: mark) == "{", scalar(lines, at: mark, -1) == "$" else { return nil }
        let tail = String(lines[mark.line].unicodeScalars.dropFirst(mark.column - 1))
        let end = tail.firstIndex(of: "}").map { tail.index(after: $0) }
        let reference = end.map { String(tail[..<$0]) } ?? "${…}"
        return Self.unquoted(reference)
    }

    private static func unquoted(_ reference: String) -> Wording {
        Wording(
            code: "unquoted-reference",
            message: "`\(reference)` stands unquoted inside `{ }` or `[ ]`",
            note: "there, YAML reads its `{` as the beginning of a map",
            help: "put the whole text that it stands in into quotes: `'\(reference)'`"
        )
    }

    private func tabTrap(_ lines: [Substring]) -> Wording? {
        guard lines.indices.contains(mark.line) else { return nil }
        let margin = lines[mark.line].prefix { $0 == " " || $0 == "\t" }
        guard margin.contains("\t"), mark.column <= margin.count || problem.contains("tab") else {
            return nil
        }
        return Self.tab
    }

    private static let tab = Wording(
        code: "tab",
        message: "the line is indented with a tab",
        note: "YAML takes spaces only: a tab has no fixed width",
        help: "write spaces instead"
    )

    /// A `[` or `{` that the whole rest of the file does not close.
    private func unclosed(_ lines: [Substring]) -> Wording? {
        let rest = lines.dropFirst(mark.line).joined().unicodeScalars.dropFirst(mark.column)
        guard rest.isEmpty else { return nil }
        if problem == "did not find expected node content" {
            return Wording(
                message: "the file ends here, and a `[` or a `{` is still open",
                help: "close it with `]` or `}`"
            )
        }
        guard problem.hasPrefix("did not find expected ','") else { return nil }
        let bracket = problem.hasSuffix("']'") ? ("[", "]") : ("{", "}")
        return Wording(
            message: "the `\(bracket.0)` that opens here is never closed",
            help: "close it with `\(bracket.1)`",
            atContext: true
        )
    }

    /// Something that follows a complete value on its line.
    private func trailing(_ lines: [Substring]) -> Wording? {
        guard problem == "did not find expected key", lines.indices.contains(mark.line),
            lines[mark.line].unicodeScalars.prefix(mark.column).contains(where: { $0 != " " })
        else { return nil }
        return Wording(
            message: "the value of this line has ended, and more follows",
            help: "put all of the value into one pair of quotes"
        )
    }

    private func known(_ lines: [Substring]) -> Wording? {
        Self.nesting(problem) ?? Self.quoting(problem)
            ?? Self.character(problem, scalar(lines, at: mark))
    }

    private static func nesting(_ problem: String) -> Wording? {
        switch problem {
        case "mapping values are not allowed in this context":
            Wording(
                message: "a `:` stands where no key can end",
                note: "either the line is indented too far, or a text holds `: ` without quotes",
                help: "quote such a text: `'hastd: disk0 (secondary)'`"
            )
        case "block sequence entries are not allowed in this context":
            Wording(
                message: "a `-` begins a list where none can stand",
                help: "begin the list on a line of its own, below its key"
            )
        case "did not find expected key":
            Wording(
                message: "the line fits neither the map above it nor anything around that",
                note: "the keys of one map stand at the same indentation",
                help: "align it with the key that it belongs beside"
            )
        case "did not find expected '-' indicator":
            Wording(
                message: "a list goes on here without a `-`",
                note: "the items of one list stand at the same indentation, each after a `-`",
                help: "align it with the items above, or indent it below one of them"
            )
        case "did not find expected ',' or ']'":
            Wording(
                message: "a `[` list has neither `,` nor `]` here",
                help: "separate the items with `,` and close the list with `]`"
            )
        case "did not find expected ',' or '}'":
            Wording(
                message: "a `{` map has neither `,` nor `}` here",
                help: "separate the entries with `,` and close the map with `}`"
            )
        case "did not find expected node content", "did not find expected <document start>":
            Wording(message: "nothing that YAML knows can stand here")
        case "could not find expected ':'":
            Wording(
                message: "this reads as a key, and its `:` is missing",
                help: "write `key: value`, with a blank after the `:`",
                atContext: true
            )
        default: nil
        }
    }

    private static func quoting(_ problem: String) -> Wording? {
        switch problem {
        case "found unexpected end of stream", "found unexpected document indicator":
            Wording(
                message: "the quote that opens here is never closed",
                help: "close it; inside `'…'` a `'` is written twice",
                atContext: true
            )
        case "found unknown escape character", "did not find expected hexdecimal number",
            "found invalid Unicode character escape code":
            Wording(
                message: "a `\\` in double quotes begins no escape that YAML knows",
                help: "a text that is compared takes no backslash at all: it is compared as it"
                    + " stands\nelsewhere use single quotes, in which a `\\` is a `\\`"
            )
        case "did not find expected alphabetic or numeric character":
            Wording(
                message: "a `*` or `&` begins an alias or an anchor, and no name follows",
                help: "quote a text that begins with `*` or `&`",
                atContext: true
            )
        case "did not find expected comment or line break":
            Wording(
                message: "after `|` or `>` the text begins on the next line",
                help: "quote a text that begins with `|` or `>`"
            )
        case "found undefined tag handle", "did not find expected tag URI",
            "did not find expected '!'", "did not find expected whitespace or line break":
            Wording(
                message: "a `!` begins a YAML tag, which plans do not have",
                help: "quote a text that begins with `!`",
                atContext: true
            )
        default: nil
        }
    }

    private static func character(_ problem: String, _ scalar: Unicode.Scalar?) -> Wording? {
        switch problem {
        case "found character that cannot start any token":
            Wording(
                message: "no value can begin with \(scalar.map { "`\($0)`" } ?? "this")",
                help: "quote the value"
            )
        case _ where problem.contains("directive"):
            Wording(
                message: "a line that begins with `%` is a YAML directive",
                note: "nothing here needs directives",
                help: "remove the line, or quote the value"
            )
        default: nil
        }
    }

    private var fallback: Wording { Wording(message: "this is not YAML: \(problem)") }
}

// MARK: - Bytes that are no text

extension YAMLSyntaxFault {
    private func notText(_ offset: Int, _ text: SourceText, source: Int) -> Diagnostic {
        let before = SourceText(name: text.name, bytes: Array(text.bytes.prefix(offset))).lines
        let column = before.last.map(\.unicodeScalars.count) ?? 0
        let span = span(
            YAMLEvent.Mark(line: max(before.count - 1, 0), column: column),
            source: source
        )
        if text.bytes.starts(with: [0xFF, 0xFE]) || text.bytes.starts(with: [0xFE, 0xFF]) {
            return Diagnostic(
                code: "not-utf-8",
                "the file is UTF-16",
                at: span,
                help: "save it as UTF-8"
            )
        }
        let byte = text.bytes.indices.contains(offset) ? text.bytes[offset] : 0
        let hex = "0x" + (byte < 16 ? "0" : "") + String(byte, radix: 16)
        guard problem.contains("control character") else {
            return Diagnostic(
                code: "not-utf-8",
                "the byte \(hex) is not UTF-8",
                at: span,
                note: "is this the file that was meant?",
                help: "save it as UTF-8"
            )
        }
        return Diagnostic(
            code: "control-character",
            byte == 0 ? "a NUL byte stands here" : "a control character stands here (\(hex))",
            at: span,
            note: "such a character shows nowhere and changes what the text means",
            help: "remove it"
        )
    }
}
