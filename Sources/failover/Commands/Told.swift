import Engine

/// The faults told so far: a plan is read again as the counterpart of another.
struct Told {
    private var seen: Set<[String]> = []

    /// Whether the fault was not told before.
    mutating func isNew(_ fault: Diagnostic, _ sources: [SourceText]) -> Bool {
        let place = fault.span.map { span in
            let name = sources.indices.contains(span.source) ? sources[span.source].name : ""
            return "\(name):\(span.line):\(span.column)"
        }
        return seen.insert([fault.code, fault.message, place ?? ""]).inserted
    }
}
