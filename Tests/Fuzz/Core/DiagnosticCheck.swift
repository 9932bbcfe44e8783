import Engine

/// What must be so of every diagnostic: it stands inside its file, and a terminal can show it.
enum DiagnosticCheck {
    /// A message has at most so many bytes; a note and a help as many more.
    private static let messageLimit = 2000
    private static let noteLimit = 10_000

    static func check(
        _ diagnostics: [Diagnostic], _ sources: [SourceText], isRefused: Bool
    ) throws(Finding) {
        let hasErrors = diagnostics.contains { $0.severity == .error }
        try expect(hasErrors == isRefused, "what is refused has an error, and nothing else has one")
        try expect(diagnostics.count <= Diagnostics.limit, "there are too many diagnostics")
        guard !diagnostics.isEmpty else { return }
        let lines = sources.map(\.lines)
        for diagnostic in diagnostics { try check(diagnostic, lines) }
        let text = DiagnosticText.render(diagnostics, sources: sources)
        try expect(Text.isPrintable(text, besides: "\n"), "a rendered diagnostic steers a terminal")
    }

    private static func check(
        _ diagnostic: Diagnostic, _ lines: [[Substring]]
    ) throws(Finding) {
        let code = diagnostic.code
        try expect(!diagnostic.message.isEmpty, "\(code) says nothing")
        try expect(diagnostic.message.utf8.count <= messageLimit, "\(code) has a long message")
        let rest = (diagnostic.note ?? "").utf8.count + (diagnostic.help ?? "").utf8.count
        try expect(rest <= noteLimit, "\(code) has a long note")
        guard let span = diagnostic.span else { return }
        try expect(lines.indices.contains(span.source), "\(code) stands in no file")
        let file = lines[span.source]
        try expect(
            span.line >= 1 && span.line <= file.count && span.column >= 1,
            "\(code) begins outside its file: \(span)")
        // Behind the last character is where something that is missing is missing.
        let width = file[span.line - 1].unicodeScalars.count
        try expect(span.column <= width + 1, "\(code) begins behind its line: \(span)")
        try expect(
            span.endLine > span.line
                || (span.endLine == span.line && span.endColumn >= span.column),
            "\(code) ends before it begins: \(span)")
        // What ends with its line ends before the first column of the next one, which may be none.
        try expect(span.endLine <= file.count + 1, "\(code) ends outside its file: \(span)")
    }
}
