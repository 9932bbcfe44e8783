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

    /// Its first character, for a fault of something that is missing from what spans many lines.
    var firstLine: Span {
        if endLine == line { return self }
        return Span(
            source: source, line: line, column: column, endLine: line, endColumn: column + 1)
    }
}
