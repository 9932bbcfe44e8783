import Engine

/// Shows the faults of a plan, each with its place in the file.
struct DiagnosticView {
    /// A longer line is shown as a window around the fault.
    static let widest = 120

    let sources: [SourceText]
    let style: Style

    /// All faults, with their line ends.
    func text(_ diagnostics: [Diagnostic]) -> String {
        diagnostics.map(text).joined(separator: "\n")
    }

    private func text(_ diagnostic: Diagnostic) -> String {
        let tone: Style.Tone = diagnostic.severity == .error ? .bad : .caution
        let head = style.paint("\(diagnostic.severity.rawValue)[\(diagnostic.code)]", tone)
        var lines = ["\(head): \(style.paint(diagnostic.message, .strong))"]
        let line = diagnostic.span.map { String($0.line) } ?? ""
        let margin = String(repeating: " ", count: line.count)
        if let span = diagnostic.span { lines += excerpt(span, line, margin, tone) }
        if let note = diagnostic.note {
            lines.append("\(margin) = note: \(style.paint(note, .plain))")
        }
        if let help = diagnostic.help {
            lines.append("\(margin) = help: \(style.paint(help, .plain))")
        }
        return lines.joined(separator: "\n") + "\n"
    }

    private func excerpt(
        _ span: Span, _ number: String, _ margin: String, _ tone: Style.Tone
    ) -> [String] {
        guard sources.indices.contains(span.source) else { return [] }
        let source = sources[span.source]
        var lines = ["\(margin)--> \(style.paint(source.name, .plain)):\(span.line):\(span.column)"]
        guard source.lines.indices.contains(span.line - 1) else { return lines }
        let text = Array(source.lines[span.line - 1])
        let start = max(0, min(span.column - 1, text.count))
        let end = span.endLine == span.line ? span.endColumn - 1 : text.count
        let skipped = max(0, start - Self.widest / 2)
        let shown = String(text.dropFirst(skipped).prefix(Self.widest))
        let width = max(1, min(end, skipped + Self.widest, max(text.count, start + 1)) - start)
        let blanks = String(repeating: " ", count: start - skipped)
        lines.append("\(margin) |")
        lines.append("\(number) | \(style.paint(shown, .plain))")
        lines.append(
            "\(margin) | \(blanks)\(style.paint(String(repeating: "^", count: width), tone))")
        return lines
    }
}
