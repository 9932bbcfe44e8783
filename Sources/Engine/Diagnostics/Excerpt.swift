/// One line of a file, cut to fit, and the carets that stand under a span of it.
struct Excerpt {
    /// The line, harmless on a terminal.
    let text: String
    /// The blanks that bring the carets under the span.
    let indentation: String
    /// At least one caret.
    let carets: String

    init(of line: Substring, _ span: Span) {
        let scalars = Array(line.unicodeScalars.prefix(1 << 16))
        let start = min(span.column - 1, scalars.count)
        let stop = span.endLine > span.line ? scalars.count : span.endColumn - 1
        let end = min(max(stop, start), scalars.count)
        let window = Self.window(around: start..<end, of: scalars.count)
        var shown = String.UnicodeScalarView()
        if window.lowerBound > 0 { shown.append("…") }
        shown.append(contentsOf: scalars[window].lazy.map(harmless))
        if window.upperBound < scalars.count { shown.append("…") }
        text = String(shown)
        let lead = scalars[window.lowerBound..<max(start, window.lowerBound)]
        let marked = scalars[max(start, window.lowerBound)..<min(end, window.upperBound)]
        let ellipsis = window.lowerBound > 0 ? 1 : 0
        indentation = String(repeating: " ", count: ellipsis + Self.width(of: lead))
        carets = String(repeating: "^", count: max(1, Self.width(of: marked)))
    }

    /// The part of a line that is shown: its beginning if the span is there, else around the span.
    private static func window(around span: Range<Int>, of count: Int) -> Range<Int> {
        let limit = DiagnosticText.excerptLimit
        if count <= limit { return 0..<count }
        if span.upperBound <= limit - 10 { return 0..<limit }
        let start = max(0, min(span.lowerBound - 30, count - limit))
        return start..<min(count, start + limit)
    }

    private static func width(of scalars: ArraySlice<Unicode.Scalar>) -> Int {
        scalars.reduce(0) { $0 + harmless($1).columns }
    }
}
