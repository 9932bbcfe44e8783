/// Which parameter gave a value, by which a fault is told where it was settled.
struct ValueSource: Hashable, Sendable {
    /// The parameter's name.
    let parameter: String
    let origin: Plan.Parameter.Origin
    /// Where the value stands; nil on the command line.
    let span: Span?
}

/// A fault of a text in a plan, told where its value was settled.
struct TextFault {
    /// The text as the plan has it; empty when no value in it is to blame.
    let written: String
    /// The single value of it that is at fault; nil when it is all of it.
    var item: String?
    let code: String
    /// What the text is: "`vhid` of `carp`".
    let subject: String
    /// What is wrong with it: "is not a whole number".
    let what: String
    let span: Span
    var note: String?
    var help: String?

    /// The diagnostic: at the site's line or on the command line if all of the text is from there,
    /// so that one slip in a value is one fault, however often the plan uses it.
    func diagnostic(in scope: Scope) -> Diagnostic {
        let references = scope.references(in: written).filter { item != nil || $0.value != nil }
        guard let first = references.first else { return diagnostic(adding: "") }
        let isWhole = written == "${\(first.name)}"
        if isWhole, let source = first.source, source.origin != .plan {
            let isPart = item != nil || first.name != source.parameter
            let value = item ?? first.value ?? ""
            return settledElsewhere(source, value, isPart: isPart, scope.file)
        }
        let values = references.map { reference in
            let value = isWhole ? item ?? reference.value : reference.value
            return "`${\(reference.name)}` is `\((value ?? "").prefix(60))`"
                + (reference.source.map(Self.place) ?? "")
        }
        return diagnostic(adding: ": " + values.joined(separator: ", "))
    }

    private func diagnostic(adding values: String) -> Diagnostic {
        Diagnostic(
            code: code, "\(subject) \(what)\(values)", at: span, note: note, help: help)
    }

    private func settledElsewhere(
        _ source: ValueSource, _ value: String, isPart: Bool, _ file: Scope.File
    ) -> Diagnostic {
        let isSite = source.origin == .site
        let name = source.parameter
        let use = "it is used in line \(span.line) of the \(file)" + (note.map { "; \($0)" } ?? "")
        return Diagnostic(
            code: code,
            "the parameter `\(name)` \(isPart ? "holds" : "is") `\(value.prefix(60))`"
                + (isSite ? " in the site" : " by `--set \(name)=…`")
                + ", and \(subject) \(what)",
            at: source.span,
            note: use,
            help: help,
            cause: "\(name) \(value) \(what)"
        )
    }

    private static func place(_ source: ValueSource) -> String {
        switch source.origin {
        case .plan: source.span.map { ", by the default in line \($0.line)" } ?? ""
        case .site: ", by `\(source.parameter)` of the site"
        case .commandLine: ", by `--set \(source.parameter)=…`"
        }
    }
}

extension Scope {
    /// The bound names that a text refers to, each once, with their values as text.
    func references(in text: String) -> [(name: String, value: String?, source: ValueSource?)] {
        var found: [(name: String, value: String?, source: ValueSource?)] = []
        for part in text.split(separator: "${", omittingEmptySubsequences: false).dropFirst() {
            let name = String(part.prefix { $0 != "}" })
            guard let value = self[name], !found.contains(where: { $0.name == name }) else {
                continue
            }
            found.append((name, value.text, source(of: name)))
        }
        return found
    }
}
