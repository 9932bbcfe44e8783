import Engine

/// The words of a text that stands on one line, each with its place there.
struct LineWords {
    /// The whole text, if it is one.
    let node: Node
    private(set) var words: [Node] = []

    /// Splits a single value, or a key, at blanks.
    init(_ node: Node) {
        self.node = node
        guard let text = node.text else { return }
        let scalars = Array(text.unicodeScalars)
        let width = node.span.endColumn - node.span.column
        // A quoted text begins behind its quote; one with escapes is told of as a whole.
        let isOnOneLine = node.span.line == node.span.endLine
        let margin = width == scalars.count ? 0 : width == scalars.count + 2 ? 1 : nil
        var start = 0
        for part in scalars.split(separator: " ", omittingEmptySubsequences: false) {
            let end = start + part.count
            defer { start = end + 1 }
            guard !part.isEmpty else { continue }
            var span = node.span
            if let margin, isOnOneLine {
                span = Span(
                    source: span.source, line: span.line, column: span.column + margin + start,
                    endLine: span.line, endColumn: span.column + margin + end)
            }
            let word = String(String.UnicodeScalarView(part))
            words.append(Node(.scalar(word, quoted: true), span: span))
        }
    }

    init(_ words: some Sequence<Node>, of node: Node) {
        self.node = node
        self.words = Array(words)
    }

    /// The texts of the words.
    var texts: [String] { words.map { $0.text ?? "" } }

    /// The words before and behind one.
    func split(at index: Int) -> (head: LineWords, tail: LineWords) {
        (
            LineWords(words[..<index], of: node),
            LineWords(words[(index + 1)...], of: node)
        )
    }

    /// All words but the last ones.
    func dropLast(_ count: Int) -> LineWords { LineWords(words.dropLast(count), of: node) }

    /// All words but the first one.
    func dropFirst() -> LineWords { LineWords(words.dropFirst(), of: node) }

    /// The words as one value, blanks between.
    var joined: Node {
        Node(.scalar(texts.joined(separator: " "), quoted: true), span: span)
    }

    /// The words as a list.
    var list: Node { Node(.list(words), span: span) }

    private var span: Span {
        guard let first = words.first?.span, let last = words.last?.span else { return node.span }
        return Span(
            source: first.source, line: first.line, column: first.column, endLine: last.endLine,
            endColumn: last.endColumn)
    }
}
