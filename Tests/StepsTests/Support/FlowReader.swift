import Engine

/// Reads one value in YAML's flow style into nodes, as far as the facts and examples need it.
struct FlowReader {
    private var rest: Substring

    /// Where all nodes of a test stand.
    static let span = Span(source: 0, line: 1, column: 1, endLine: 1, endColumn: 1)

    /// The value that `text` stands for.
    static func node(_ text: String) -> Node {
        var reader = FlowReader(rest: text[...])
        let node = reader.value(endingAt: [])
        reader.skipBlanks()
        precondition(reader.rest.isEmpty, "`\(reader.rest)` is left of `\(text)`")
        return node
    }

    /// The kind and the value of a list of one step or condition: `- pool: tank`.
    static func item(_ text: String) -> (kind: String, value: Node) {
        precondition(
            text.hasPrefix("- ") && !text.contains("\n"),
            "`\(text)` is no item of one line"
        )
        let body = text.dropFirst(2)
        guard let colon = body.firstIndex(of: ":") else { return (String(body), node("")) }
        let value = String(body[body.index(after: colon)...])
        // A value that is no map or list is plain to the end of the line.
        let isFlow = value.hasPrefix(" {") || value.hasPrefix(" [")
        return (String(body[..<colon]), isFlow ? node(value) : scalar(value))
    }

    private static func scalar(_ text: String) -> Node {
        let trimmed = text.drop { $0 == " " }
        return Node(.scalar(String(trimmed), quoted: false), span: span)
    }

    private mutating func value(endingAt ends: Set<Character>) -> Node {
        skipBlanks()
        switch rest.first {
        case "{": return map()
        case "[": return list()
        case "\"", "'":
            let quote = rest.removeFirst()
            let text = rest.prefix { $0 != quote }
            rest = rest[text.endIndex...].dropFirst()
            return Node(.scalar(String(text), quoted: true), span: Self.span)
        default:
            let text = rest.prefix { !ends.contains($0) }
            rest = rest[text.endIndex...]
            return Self.scalar(String(text))
        }
    }

    private mutating func list() -> Node {
        rest.removeFirst()
        var items: [Node] = []
        while !closes("]") {
            items.append(value(endingAt: [",", "]"]))
            skipComma()
        }
        return Node(.list(items), span: Self.span)
    }

    private mutating func map() -> Node {
        rest.removeFirst()
        var entries: [Node.Entry] = []
        while !closes("}") {
            let key = rest.prefix { $0 != ":" }
            rest = rest[key.endIndex...].dropFirst()
            let value = value(endingAt: [",", "}"])
            entries.append(Node.Entry(key: String(key), keySpan: Self.span, value: value))
            skipComma()
        }
        return Node(.map(entries), span: Self.span)
    }

    private mutating func closes(_ end: Character) -> Bool {
        skipBlanks()
        precondition(!rest.isEmpty, "a `\(end)` is missing")
        guard rest.first == end else { return false }
        rest.removeFirst()
        return true
    }

    private mutating func skipComma() {
        skipBlanks()
        if rest.first == "," { rest.removeFirst() }
    }

    private mutating func skipBlanks() { rest = rest.drop { $0 == " " } }
}
