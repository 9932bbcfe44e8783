/// The text of one file, by which a span finds its excerpt.
public struct SourceText: Sendable {
    /// The file's name as the user gave it.
    public let name: String
    /// The bytes as read.
    public let bytes: [UInt8]

    /// Keeps the bytes of a file; bytes that are not UTF-8 show as replacement characters.
    public init(name: String, bytes: [UInt8]) {
        self.name = name
        self.bytes = bytes
    }

    /// The lines without their ends and without a byte order mark, split anew at each call.
    ///
    /// A file without faults never needs them, so reading it does not pay for them. The breaks
    /// are those of YAML 1.1, so that a line has the number that libyaml gives it.
    public var lines: [Substring] {
        var text = String(decoding: bytes, as: UTF8.self)[...]
        if text.unicodeScalars.first == "\u{FEFF}" { text.unicodeScalars.removeFirst() }
        let scalars = text.unicodeScalars
        var lines: [Substring] = []
        var start = scalars.startIndex
        var index = start
        while index < scalars.endIndex {
            let scalar = scalars[index]
            var next = scalars.index(after: index)
            if Self.breaks.contains(scalar) {
                lines.append(text[start..<index])
                if scalar == "\r", next < scalars.endIndex, scalars[next] == "\n" {
                    next = scalars.index(after: next)
                }
                start = next
            }
            index = next
        }
        lines.append(text[start...])
        return lines
    }

    private static let breaks: [Unicode.Scalar] = ["\n", "\r", "\u{85}", "\u{2028}", "\u{2029}"]
}

/// Where a value stands: lines and columns from 1, columns counted in Unicode scalars.
public struct Span: Hashable, Sendable {
    /// The file, by its place in the list of sources.
    public let source: Int
    /// The first line.
    public let line: Int
    /// The first column.
    public let column: Int
    /// The line on which it ends.
    public let endLine: Int
    /// The column after its last character.
    public let endColumn: Int

    /// Creates a span.
    public init(source: Int, line: Int, column: Int, endLine: Int, endColumn: Int) {
        self.source = source
        self.line = line
        self.column = column
        self.endLine = endLine
        self.endColumn = endColumn
    }
}
