/// Diagnostics as text for a person: what is, where, the line itself, why, what to write.
public struct DiagnosticText {
    /// How the text is made to stand out.
    public enum Style: Sendable {
        case plain
        /// With the colour escapes of ECMA-48, which every terminal knows.
        case coloured
    }

    /// An excerpt is cut to so many columns around what it points at.
    public static let excerptLimit = 100

    private let lines: [[Substring]]
    private let names: [String]
    private let style: Style
    private var text = ""

    /// All diagnostics by file and line, with a closing line that counts them; empty for none.
    public static func render(
        _ diagnostics: [Diagnostic],
        sources: [SourceText],
        style: Style = .plain
    ) -> String {
        guard !diagnostics.isEmpty else { return "" }
        var text = DiagnosticText(sources, style)
        for diagnostic in diagnostics.sorted() { text.append(diagnostic) }
        text.appendCount(of: diagnostics)
        return text.text
    }

    private init(_ sources: [SourceText], _ style: Style) {
        lines = sources.map(\.lines)
        names = sources.map(\.name)
        self.style = style
    }

    private mutating func append(_ diagnostic: Diagnostic) {
        let severity = diagnostic.severity.rawValue
        let colour: Colour = diagnostic.severity == .error ? .red : .yellow
        text += painted("\(severity)[\(diagnostic.code)]", colour)
        text += painted(": " + shown(diagnostic.message), .bold) + "\n"
        var margin = ""
        if let span = diagnostic.span { margin = append(span, colour) }
        append("note", diagnostic.note, margin)
        append("help", diagnostic.help, margin)
        text += "\n"
    }

    /// Adds place and excerpt; gives the margin under which notes stand.
    private mutating func append(_ span: Span, _ colour: Colour) -> String {
        let number = String(span.line)
        let margin = String(repeating: " ", count: number.count)
        let name = names.indices.contains(span.source) ? names[span.source] : "?"
        let arrow = painted("-->", .blue)
        text += "\(margin)\(arrow) \(shown(name)):\(span.line):\(span.column)\n"
        guard names.indices.contains(span.source),
            lines[span.source].indices.contains(span.line - 1)
        else { return margin }
        let excerpt = Excerpt(of: lines[span.source][span.line - 1], span)
        let bar = painted("|", .blue)
        text += "\(margin) \(bar)\n"
        text += "\(painted(number, .blue)) \(bar)" + (excerpt.text.isEmpty ? "" : " ")
        text += excerpt.text + "\n"
        text += "\(margin) \(bar) \(excerpt.indentation)\(painted(excerpt.carets, colour))\n"
        return margin
    }

    private mutating func append(_ label: String, _ words: String?, _ margin: String) {
        guard let words else { return }
        let hanging = margin + String(repeating: " ", count: label.count + 5)
        let parts = words.split(separator: "\n", omittingEmptySubsequences: false).map(shown)
        text += "\(margin) \(painted("=", .blue)) \(painted(label + ":", .bold)) "
        text += parts.joined(separator: "\n" + hanging) + "\n"
    }

    private mutating func appendCount(of diagnostics: [Diagnostic]) {
        let errors = diagnostics.count { $0.severity == .error }
        let warnings = diagnostics.count - errors
        var parts: [String] = []
        if errors > 0 { parts.append(errors == 1 ? "1 error" : "\(errors) errors") }
        if warnings > 0 { parts.append(warnings == 1 ? "1 warning" : "\(warnings) warnings") }
        let more = diagnostics.count >= Diagnostics.limit ? "; no more than these are shown" : ""
        let hasPages = diagnostics.contains {
            $0.severity == .warning && Lint.page(of: $0.code) != nil
        }
        text += painted(parts.joined(separator: ", ") + more, .bold)
        text += (hasPages ? "; `failover explain CODE` tells more of a warning" : "") + "\n"
    }
}

// MARK: - Colours

extension DiagnosticText {
    private enum Colour: String {
        case bold = "1"
        case red = "1;31"
        case yellow = "1;33"
        case blue = "1;34"
    }

    private func painted(_ text: String, _ colour: Colour) -> String {
        style == .plain ? text : "\u{1B}[\(colour.rawValue)m\(text)\u{1B}[0m"
    }

    private func shown(_ text: some StringProtocol) -> String {
        String(String.UnicodeScalarView(text.unicodeScalars.map(harmless)))
    }
}

/// What stands for a scalar on a terminal: controls and marks that turn or hide text are replaced.
func harmless(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
    if (0x20..<0x7F).contains(scalar.value) { return scalar }
    if scalar == "\t" { return " " }
    switch scalar.properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator, .privateUse, .unassigned:
        return "\u{FFFD}"
    default: return scalar
    }
}
