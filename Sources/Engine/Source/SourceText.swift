/// The text of one file, by which a span finds its excerpt.
public struct SourceText: Sendable {
    /// The file's name as the user gave it.
    public let name: String
    /// The lines without their ends.
    public let lines: [Substring]
    /// The bytes as read.
    public let bytes: [UInt8]

    /// Splits a file into lines; bytes that are not UTF-8 show as replacement characters.
    public init(name: String, bytes: [UInt8]) {
        self.name = name
        self.bytes = bytes
        lines = String(decoding: bytes, as: UTF8.self)
            .split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
    }
}

/// Where a value stands: lines and columns from 1, columns counted in characters.
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
