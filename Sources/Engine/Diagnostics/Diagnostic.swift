/// One fault of a file: what is, where, why it matters, what to write.
public struct Diagnostic: Hashable, Sendable {
    /// How bad it is; a plan with an error does not run.
    public enum Severity: String, Hashable, Sendable { case error, warning }

    /// How bad it is.
    public let severity: Severity
    /// A stable kebab-case name: `unknown-key`.
    public let code: String
    /// What is, in lower case, without a full stop.
    public let message: String
    /// Where; nil for a fault that stands nowhere in a file.
    public let span: Span?
    /// Why it matters; a character among what is quoted that reads as another is named here.
    public let note: String?
    /// What to write instead.
    public let help: String?
    /// What it comes from, where one slip shows at many places and is told at the first.
    let cause: String?

    /// Creates a diagnostic.
    public init(
        _ severity: Severity = .error,
        code: String,
        _ message: String,
        at span: Span?,
        note: String? = nil,
        help: String? = nil
    ) {
        self.init(severity, code: code, message, at: span, note: note, help: help, cause: nil)
    }

    init(
        _ severity: Severity = .error,
        code: String,
        _ message: String,
        at span: Span?,
        note: String?,
        help: String?,
        cause: String?
    ) {
        self.cause = cause
        self.severity = severity
        self.code = code
        self.message = shortened(message, 400)
        self.span = span
        let named = Lookalike.first(quotedIn: message)?.words
        let notes = [note, named.flatMap { message.contains($0) ? nil : $0 }].compactMap(\.self)
        self.note = notes.isEmpty ? nil : shortened(notes.joined(separator: "; "), 2000)
        self.help = help.map { shortened($0, 2000) }
    }
}

/// A text that quotes what an author wrote can be as long as a file.
private func shortened(_ text: String, _ limit: Int) -> String {
    if text.utf8.count <= limit { return text }
    // Scalars have four bytes at most; a character can have as many marks as its author liked.
    let scalars = text.unicodeScalars
    return String(scalars.prefix(limit / 4)) + "…" + String(scalars.suffix(limit / 4))
}
