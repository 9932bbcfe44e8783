import Engine

/// A fault in JSON.
struct DiagnosticForm: Encodable {
    let severity: String
    let code: String
    let message: String
    let file: String?
    let line: Int?
    let column: Int?
    let endLine: Int?
    let endColumn: Int?
    let note: String?
    let help: String?

    enum CodingKeys: String, CodingKey {
        case severity, code, message, file, line, column
        case endLine = "end-line"
        case endColumn = "end-column"
        case note, help
    }

    init(_ diagnostic: Diagnostic, sources: [SourceText]) {
        severity = diagnostic.severity.rawValue
        code = diagnostic.code
        message = diagnostic.message
        file = diagnostic.span.flatMap { span in
            sources.indices.contains(span.source) ? sources[span.source].name : nil
        }
        line = diagnostic.span?.line
        column = diagnostic.span?.column
        endLine = diagnostic.span?.endLine
        endColumn = diagnostic.span?.endColumn
        note = diagnostic.note
        help = diagnostic.help
    }
}
