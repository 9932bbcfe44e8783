/// Reads the declarations under `parameters:`.
struct ParameterReader {
    /// What could be read, in the order of the plan.
    private(set) var declarations: [ParameterDeclaration] = []
    /// The names of those that could not.
    private(set) var faulty: [String] = []

    /// How many parameters a plan may have.
    static let limit = 1000

    private static let longHandKeys = [
        "type", "default", "optional", "pattern", "choices", "description", "secret",
    ]

    init(_ node: Node?, _ diagnostics: inout Diagnostics) {
        guard let node, !node.isNull else { return }
        guard let entries = node.entries else {
            diagnostics.report(
                Diagnostic(
                    code: "wrong-type",
                    "`parameters` is \(node.kindName) and should be a map",
                    at: node.span.firstLine,
                    help: "write `name: default`, a line for each"
                )
            )
            return
        }
        if entries.count > Self.limit {
            diagnostics.report(
                Diagnostic(
                    code: "too-many-parameters",
                    "the plan has \(entries.count) parameters, and \(Self.limit) is the limit",
                    at: node.span.firstLine
                )
            )
        }
        for entry in entries.prefix(Self.limit) {
            guard isNamed(entry, &diagnostics), let declaration = declaration(entry, &diagnostics)
            else {
                faulty.append(entry.key)
                continue
            }
            declarations.append(declaration)
        }
    }

    private func isNamed(_ entry: Node.Entry, _ diagnostics: inout Diagnostics) -> Bool {
        if ParameterDeclaration.isName(entry.key) { return true }
        diagnostics.report(
            Diagnostic(
                code: "bad-name",
                "`\(entry.key)` cannot name a parameter",
                at: entry.keySpan,
                note: "a name is made of a-z, 0-9 and `-`, begins with a letter, and has at most"
                    + " \(ParameterDeclaration.nameLimit) characters"
            )
        )
        return false
    }

    private func declaration(
        _ entry: Node.Entry,
        _ diagnostics: inout Diagnostics
    ) -> ParameterDeclaration? {
        if entry.value.entries != nil { return longHand(entry, &diagnostics) }
        if entry.value.isNull {
            diagnostics.report(
                Diagnostic(
                    code: "missing-default",
                    "`\(entry.key)` has neither default nor type",
                    at: entry.keySpan,
                    note: "a parameter has the type of its default",
                    help: "write a default, `''` for an empty text, or `\(entry.key): {type: …}`"
                        + " if the site must settle it"
                )
            )
            return nil
        }
        let kind = ParameterText.kind(of: entry.value)
        guard let value = ParameterText.value(entry.value, kind, entry.key, &diagnostics) else {
            return nil
        }
        return ParameterDeclaration(
            name: entry.key,
            nameSpan: entry.keySpan,
            kind: kind,
            value: (value, entry.value.span),
            pattern: nil,
            choices: [],
            description: "",
            isSecret: false,
            isOptional: false
        )
    }

    private func longHand(
        _ entry: Node.Entry,
        _ diagnostics: inout Diagnostics
    ) -> ParameterDeclaration? {
        var own = Diagnostics()
        defer { diagnostics.report(own) }
        let name = entry.key
        guard
            let keys = Keys(
                "the parameter `\(name)`",
                entry.value,
                allowed: Self.longHandKeys,
                in: Scope(),
                &own
            )
        else { return nil }
        let given = keys.node("default")
        let inferred = given.map(ParameterText.kind) ?? .string
        let kind = keys.node("type") == nil ? inferred : keys.word("type", &own) ?? inferred
        let value = given.flatMap { ParameterText.value($0, kind, name, &own) }
        let declaration = ParameterDeclaration(
            name: name,
            nameSpan: entry.keySpan,
            kind: kind,
            value: value.flatMap { value in given.map { (value, $0.span) } },
            pattern: pattern(keys, kind, &own),
            choices: choices(keys, kind, &own),
            description: keys.prose("description", &own) ?? "",
            isSecret: isSecret(keys, kind, &own),
            isOptional: isOptional(keys, &own)
        )
        return own.hasErrors ? nil : declaration
    }

    private func isOptional(_ keys: Keys, _ diagnostics: inout Diagnostics) -> Bool {
        guard let (text, span) = keys.scalar("optional", &diagnostics) else { return false }
        let flag = Bool(authored: text)
        let hasDefault = keys.node("default") != nil
        if let flag, !flag || !hasDefault { return flag }
        diagnostics.report(
            Diagnostic(
                code: "bad-optional",
                flag == nil
                    ? "`optional` of \(keys.subject) is neither `true` nor `false`"
                    : "\(keys.subject) is optional and has a default",
                at: span,
                note: "a field that an optional parameter is the value of is left out where nobody"
                    + " settles it; one with a default has a value always",
                help: "leave out `optional` or `default`"
            )
        )
        return false
    }

    private func isSecret(
        _ keys: Keys,
        _ kind: Value.Kind,
        _ diagnostics: inout Diagnostics
    ) -> Bool {
        guard let (text, span) = keys.scalar("secret", &diagnostics) else { return false }
        let flag = Bool(authored: text)
        if let flag, !flag || kind == .string { return flag }
        diagnostics.report(
            Diagnostic(
                code: "bad-secret",
                flag == nil
                    ? "`secret` of \(keys.subject) is neither `true` nor `false`"
                    : "`secret` stands on a parameter of type \(kind)",
                at: span,
                note: "the value of a secret is the path of the file that holds it"
            )
        )
        return false
    }

    private func pattern(
        _ keys: Keys,
        _ kind: Value.Kind,
        _ diagnostics: inout Diagnostics
    ) -> (pattern: Pattern, text: String)? {
        guard let node = keys.node("pattern"), let text = node.text, !node.isNull else {
            _ = keys.prose("pattern", &diagnostics)
            return nil
        }
        guard kind == .string || kind == .list else {
            diagnostics.report(
                Diagnostic(
                    code: "bad-pattern",
                    "a `pattern` stands on a parameter of type \(kind)",
                    at: node.span,
                    note: "a pattern is held against text, or a list's texts"
                )
            )
            return nil
        }
        do throws(Pattern.Fault) {
            return (try Pattern(text), text)
        } catch {
            diagnostics.report(
                Diagnostic(
                    code: "bad-pattern",
                    "the pattern of \(keys.subject) is no regular expression",
                    at: node.span,
                    note: error.why,
                    help: "for example `[a-z][a-z0-9]*`; it must match the whole value"
                )
            )
            return nil
        }
    }

    private func choices(
        _ keys: Keys,
        _ kind: Value.Kind,
        _ diagnostics: inout Diagnostics
    ) -> [ParameterDeclaration.Choice] {
        guard let node = keys.node("choices") else { return [] }
        var choices: [ParameterDeclaration.Choice] = []
        for (word, words, span) in choiceWords(node) {
            guard let word, kind == .list || Value(word, as: kind) != nil else {
                diagnostics.report(
                    Diagnostic(
                        code: "bad-choice",
                        "a choice of \(keys.subject) is not of type \(kind)",
                        at: span
                    )
                )
                continue
            }
            choices.append(.init(word: word, explanation: words))
        }
        if choiceWords(node).isEmpty {
            diagnostics.report(
                Diagnostic(
                    code: "wrong-type",
                    "`choices` of \(keys.subject) names none",
                    at: node.span,
                    help: "write a list of words, or a map of words with what each means"
                )
            )
        }
        return choices
    }

    private func choiceWords(_ node: Node) -> [(word: String?, explanation: String, span: Span)] {
        if let entries = node.entries {
            return entries.map { ($0.key, $0.value.isNull ? "" : $0.value.text ?? "", $0.keySpan) }
        }
        return (node.items ?? []).map { ($0.isNull ? nil : $0.text, "", $0.span) }
    }
}
