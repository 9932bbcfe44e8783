/// The settled values of a plan's parameters: of its defaults, its site's, the command line's.
struct ParameterValues {
    /// A setting of the command line.
    typealias Setting = (name: String, text: String)

    /// Those that could be settled, in the order of the plan.
    private(set) var parameters: [Plan.Parameter] = []
    /// What the plan's references can refer to.
    private(set) var scope = Scope()

    private let site: [String: Node]
    private let settings: [Setting]

    init(
        _ reader: ParameterReader,
        site: Site,
        settings: [Setting],
        _ diagnostics: inout Diagnostics
    ) {
        self.site = Dictionary(
            site.parameters.map { ($0.key, $0.value) },
            uniquingKeysWith: { first, _ in first }
        )
        self.settings = settings
        for name in reader.faulty { scope.bindUnsettled(name) }
        for declaration in reader.declarations {
            if declaration.isOptional, !isGiven(declaration.name) {
                scope.bindAbsent(declaration.name)
            } else if let parameter = settled(declaration, &diagnostics) {
                parameters.append(parameter)
                scope.bind(
                    parameter.name, to: parameter.value, from: source(parameter, declaration),
                    isSecret: declaration.isSecret)
            } else {
                scope.bindUnsettled(declaration.name)
            }
        }
    }

    private func isGiven(_ name: String) -> Bool {
        site[name] != nil || settings.contains { $0.name == name }
    }

    private func source(
        _ parameter: Plan.Parameter,
        _ declaration: ParameterDeclaration
    ) -> ValueSource {
        let span: Span? =
            switch parameter.origin {
            case .plan: declaration.value?.span
            case .site: self.site[parameter.name]?.span
            case .commandLine: nil
            }
        return ValueSource(parameter: parameter.name, origin: parameter.origin, span: span)
    }

    private func settled(
        _ declaration: ParameterDeclaration,
        _ diagnostics: inout Diagnostics
    ) -> Plan.Parameter? {
        let name = declaration.name
        // The default is checked although it may be overridden: it is a fault of the plan.
        var isSound = true
        if let (value, span) = declaration.value {
            isSound = declaration.permits(value, from: .plan, at: span, &diagnostics)
        }
        if let setting = settings.last(where: { $0.name == name }) {
            guard let value = ParameterText.value(setting.text, declaration.kind) else {
                diagnostics.report(declaration.wrongSetting(setting.text))
                return nil
            }
            let permitted = declaration.permits(value, from: .commandLine, at: nil, &diagnostics)
            return permitted
                ? Plan.Parameter(name: name, value: value, origin: .commandLine) : nil
        }
        if let node = site[name] {
            guard let value = ParameterText.value(node, declaration.kind, name, &diagnostics),
                declaration.permits(value, from: .site, at: node.span, &diagnostics)
            else { return nil }
            return Plan.Parameter(name: name, value: value, origin: .site)
        }
        guard let value = declaration.value?.value else {
            diagnostics.report(declaration.unsettled)
            return nil
        }
        return isSound ? Plan.Parameter(name: name, value: value, origin: .plan) : nil
    }
}

extension ParameterDeclaration {
    /// Whether pattern and choices permit the value; reports why not.
    fileprivate func permits(
        _ value: Value,
        from origin: Plan.Parameter.Origin,
        at span: Span?,
        _ diagnostics: inout Diagnostics
    ) -> Bool {
        var texts: [String] = []
        if case .list(let items) = value {
            texts = items.compactMap(\.text)
        } else if let text = value.text {
            texts = [text]
        }
        let known = knownTexts
        for text in texts {
            if isSecret, let why = Field.Kind.path.refusal(of: text) {
                diagnostics.report(notAPath(why, at: span))
                return false
            }
            guard let (why, help) = refusal(of: text, known) else { continue }
            let place = origin == .commandLine ? " on the command line" : ""
            diagnostics.report(
                Diagnostic(
                    code: "bad-value",
                    "the parameter `\(name)` is `\(text)`\(place), \(why)",
                    at: span,
                    note: description.isEmpty ? nil : "`\(name)`: \(description)",
                    help: help
                )
            )
            return false
        }
        return true
    }

    /// The diagnostic for a secret that is no path; the value is not shown, since it may be the
    /// secret itself.
    private func notAPath(_ why: String, at span: Span?) -> Diagnostic {
        Diagnostic(
            code: "bad-secret",
            "the secret `\(name)` \(why)",
            at: span,
            note: "its value is the path of the file that holds the secret, not the secret",
            help: "write the text into a file that root alone can read, and its path here"
        )
    }

    /// The choices in the spelling of a value's text: a duration can be spelled in several ways.
    private var knownTexts: Set<String> {
        Set(choices.map { Value($0.word, as: kind)?.text ?? $0.word })
    }

    private func refusal(
        of text: String,
        _ known: Set<String>
    ) -> (why: String, help: String?)? {
        if let (pattern, source) = pattern, !pattern.matches(text) {
            return ("which its pattern does not match", "its pattern is `\(source)`")
        }
        if choices.isEmpty || known.contains(text) { return nil }
        let words = choices.map(\.word)
        let guess = suggestion(for: text, among: words).map { "did you mean `\($0)`? " } ?? ""
        return ("which is none of its choices", guess + "choose one of\n" + explainedChoices)
    }

    fileprivate var explainedChoices: String {
        choices.map { choice in
            "  `\(choice.word)`" + (choice.explanation.isEmpty ? "" : ": \(choice.explanation)")
        }
        .joined(separator: "\n")
    }

    fileprivate func wrongSetting(_ text: String) -> Diagnostic {
        Diagnostic(
            code: "bad-value",
            "the parameter `\(name)` is `\(text)` on the command line, and should be "
                + ParameterText.example(of: kind),
            at: nil,
            help: kind == .list ? "write `--set \(name)=disk0,disk1`, without quotes" : nil
        )
    }

    /// The diagnostic for a parameter without default that nobody settled.
    fileprivate var unsettled: Diagnostic {
        var note = description.isEmpty ? "it has no default, so the site must choose" : description
        if !choices.isEmpty { note += "\nits choices are\n" + explainedChoices }
        let example = choices.first?.word ?? "…"
        return Diagnostic(
            code: "missing-value",
            "the parameter `\(name)` has no value",
            at: nameSpan,
            note: note,
            help: "write `\(name): \(example)` under `parameters:` of site.yaml, for one of several"
                + " pairs under its `set:` of signals.yaml, or give `--set \(name)=\(example)`"
        )
    }
}
