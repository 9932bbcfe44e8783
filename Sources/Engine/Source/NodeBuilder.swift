/// Builds the node of a document from libyaml's events, aliases and merge keys put in place.
struct NodeBuilder: ~Copyable {
    /// The file cannot be read any further; why is among the diagnostics.
    struct Stop: Error {}

    /// What an anchor names: its node and how many values that holds, or nothing yet.
    private enum Anchor {
        case open
        case node(Node, values: Int)
    }

    private(set) var diagnostics = Diagnostics()
    private var reader: YAMLReader
    private let text: SourceText
    private let source: Int
    private var anchors: [String: Anchor] = [:]
    private var aliasCount = 0
    private var valueCount = 0

    init(_ text: SourceText, source: Int) {
        self.text = text
        self.source = source
        reader = YAMLReader(text.bytes)
    }

    /// Reads the only document; a null when there is none.
    mutating func document() throws(Stop) -> Node {
        _ = try next()
        var event = try next()
        guard case .documentStart = event.kind else {
            return Node(.scalar("", quoted: false), span: span(event.start, event.start))
        }
        let root = try node(try next(), depth: 0)
        _ = try next()
        event = try next()
        if case .documentStart = event.kind {
            report(
                "second-document",
                "a second document begins here",
                event,
                note: "a file holds one document; what follows would never be read",
                help: "remove the line `---`, or move what follows into a file of its own"
            )
        }
        return root
    }

    private mutating func next() throws(Stop) -> YAMLEvent {
        do throws(YAMLSyntaxFault) {
            return try reader.next()
        } catch {
            for fault in error.diagnostics(in: text, source: source) { diagnostics.report(fault) }
            throw Stop()
        }
    }

    private mutating func node(_ event: YAMLEvent, depth: Int) throws(Stop) -> Node {
        if case .alias(let name) = event.kind { return try alias(name, event) }
        try count(1, event)
        if let tag = event.tag {
            let standard = "tag:yaml.org,2002:"
            let name = tag.hasPrefix(standard) ? "!!" + tag.dropFirst(standard.count) : tag
            report(
                "tag",
                "`\(name)` is a YAML tag",
                event,
                note: "types are decided by the field that a value stands in, never by the file",
                help: "remove the tag"
            )
        }
        let before = valueCount
        if let anchor = event.anchor { anchors[anchor] = .open }
        let node: Node
        switch event.kind {
        case .listStart: node = try list(event, depth: depth)
        case .mapStart: node = try map(event, depth: depth)
        case .scalar(let text, let plain):
            node = Node(.scalar(text, quoted: !plain), span: span(event.start, event.end))
        default: preconditionFailure("libyaml gives a node where a node belongs")
        }
        if let anchor = event.anchor {
            anchors[anchor] = .node(node, values: valueCount - before + 1)
        }
        return node
    }

    private mutating func list(_ start: YAMLEvent, depth: Int) throws(Stop) -> Node {
        try descend(depth, start)
        var items: [Node] = []
        while true {
            let event = try next()
            if case .listEnd = event.kind {
                return Node(.list(items), span: span(start, last: items.last, event))
            }
            items.append(try node(event, depth: depth + 1))
        }
    }

    private mutating func map(_ start: YAMLEvent, depth: Int) throws(Stop) -> Node {
        try descend(depth, start)
        var entries = MapEntries()
        while true {
            let event = try next()
            if case .mapEnd = event.kind {
                let all = entries.merged()
                return Node(.map(all), span: span(start, last: entries.lastValue, event))
            }
            let key = try node(event, depth: depth + 1)
            let value = try node(try next(), depth: depth + 1)
            if case .scalar("<<", quoted: false) = key.content {
                if let fault = entries.merge(value, at: key.span) { diagnostics.report(fault) }
            } else if let fault = entries.add(key, value) {
                diagnostics.report(fault)
            }
        }
    }

    private mutating func alias(_ name: String, _ event: YAMLEvent) throws(Stop) -> Node {
        aliasCount += 1
        guard aliasCount <= YAML.aliasLimit else {
            report(
                "too-many-aliases",
                "the file has more than \(YAML.aliasLimit) aliases",
                event,
                note: "so many are a mistake or an attack",
                help: "use `for-each` for what repeats"
            )
            throw Stop()
        }
        let span = span(event.start, event.end)
        switch anchors[name] {
        case .node(let node, let values):
            try count(values, event)
            return Node(node.content, span: span)
        case .open:
            report(
                "recursive-alias",
                "`*\(name)` stands inside the value that it names",
                event,
                note: "put in place, the value would never end"
            )
        case nil:
            report(
                "unknown-alias",
                "no `&\(name)` stands before this `*\(name)`",
                event,
                note: "an alias repeats a value that an anchor has named earlier in the file",
                help: suggestion(for: name, among: anchorNames)
                    .map { "did you mean `*\($0)`?" }
            )
        }
        return Node(.scalar("", quoted: false), span: span)
    }

    /// The anchors to suggest; none when sorting them would cost more than it helps.
    private var anchorNames: [String] {
        let isCheap = anchors.count <= 1000 && !diagnostics.isExhausted
        return isCheap ? anchors.keys.sorted() : []
    }
}

// MARK: - Limits and places

extension NodeBuilder {
    private mutating func descend(_ depth: Int, _ event: YAMLEvent) throws(Stop) {
        guard depth >= YAML.depthLimit else { return }
        report(
            "too-deep",
            "lists and maps stand more than \(YAML.depthLimit) deep in each other",
            event,
            note: "nothing here needs so much depth"
        )
        throw Stop()
    }

    private mutating func count(_ values: Int, _ event: YAMLEvent) throws(Stop) {
        valueCount += values
        guard valueCount > YAML.valueLimit else { return }
        if aliasCount > 0 {
            report(
                "alias-expansion",
                "the aliases expand to more than \(YAML.valueLimit) values",
                event,
                note: "aliases of aliases grow without bound; the file is not read further",
                help: "use `for-each` for what repeats"
            )
        } else {
            report(
                "too-many-values",
                "the file has more than \(YAML.valueLimit) values",
                event,
                note: "nothing here needs so many: is this the file that was meant?"
            )
        }
        throw Stop()
    }

    private func span(_ start: YAMLEvent.Mark, _ end: YAMLEvent.Mark) -> Span {
        let isNothing = start.line == end.line && start.column == end.column
        // Only the end of a file can be nothing and begin a line.
        let (start, end) =
            isNothing && start.column == 0 ? (ended(start), ended(end)) : (start, end)
        return Span(
            source: source,
            line: start.line + 1,
            column: start.column + 1,
            endLine: end.line + 1,
            endColumn: end.column + 1
        )
    }

    /// libyaml puts the end of a file without a last line break on a line of its own.
    private func ended(_ mark: YAMLEvent.Mark) -> YAMLEvent.Mark {
        let lines = text.lines
        guard mark.line >= lines.count, let last = lines.last else { return mark }
        return YAMLEvent.Mark(line: lines.count - 1, column: last.unicodeScalars.count)
    }

    /// The span of a list or a map: libyaml lets one in block style end where the next value
    /// begins, so it ends with its last child instead.
    private func span(_ start: YAMLEvent, last: Node?, _ end: YAMLEvent) -> Span {
        let isFlow = end.end.line != end.start.line || end.end.column != end.start.column
        if isFlow { return span(start.start, end.end) }
        let from = start.start
        guard let last = last?.span else { return span(from, from) }
        return Span(
            source: source,
            line: from.line + 1,
            column: from.column + 1,
            endLine: last.endLine,
            endColumn: last.endColumn
        )
    }

    private mutating func report(
        _ code: String,
        _ message: String,
        _ event: YAMLEvent,
        note: String? = nil,
        help: String? = nil
    ) {
        diagnostics.report(
            Diagnostic(
                code: code,
                message,
                at: span(event.start, event.end),
                note: note,
                help: help
            )
        )
    }
}
