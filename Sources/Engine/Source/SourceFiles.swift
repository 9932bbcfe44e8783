/// The files of one load, in the order of reading.
struct SourceFiles {
    private(set) var sources: [SourceText] = []

    /// Reads a file that must be there; nil when it cannot be read, which is reported at `span`.
    mutating func open(
        _ path: String,
        as what: String,
        at span: Span? = nil,
        _ read: PlanLoader.Read,
        _ diagnostics: inout Diagnostics
    ) -> Node? {
        guard let result = read(path) else {
            diagnostics.report(
                Diagnostic(
                    code: "no-such-file",
                    "\(what) \(path) does not exist",
                    at: span,
                    help: "check the name and the folder"
                )
            )
            return nil
        }
        return node(path, result, at: span, &diagnostics)
    }

    /// Reads a file that may be absent.
    mutating func openIfPresent(
        _ path: String,
        _ read: PlanLoader.Read,
        _ diagnostics: inout Diagnostics
    ) -> Node? {
        read(path).flatMap { node(path, $0, at: nil, &diagnostics) }
    }

    private mutating func node(
        _ path: String,
        _ result: Result<[UInt8], PlanLoader.ReadFault>,
        at span: Span?,
        _ diagnostics: inout Diagnostics
    ) -> Node? {
        switch result {
        case .success(let bytes):
            let text = SourceText(name: path, bytes: bytes)
            sources.append(text)
            return YAML.read(text, source: sources.count - 1, &diagnostics)
        case .failure(let fault):
            diagnostics.report(
                Diagnostic(code: "unreadable", "\(path) \(fault.why)", at: span)
            )
            return nil
        }
    }
}
