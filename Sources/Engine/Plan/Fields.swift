/// Hands a step or a condition its fields typed, and notes every missing, malformed or unknown one.
///
/// A kind reads all of its fields first and decides then, so that all faults are reported at once.
/// Each accessor returns nil both when an optional field is absent and when it is at fault; the
/// loader drops a kind whose fields are at fault, whatever its initializer returned.
public struct Fields {
    /// How many items a list may have: a command line holds no more.
    public static let listLimit = 1000
    /// How many conditions may stand inside each other.
    public static let conditionDepthLimit = 4

    /// The platform whose back ends are the default.
    public let platform: Platform
    /// The step's `timeout` as it is authored; nil where the kind's own counts.
    public internal(set) var timeout: Duration?
    /// The faults so far.
    public internal(set) var diagnostics: Diagnostics
    /// Whether a field is at fault, be it by a parameter whose own fault is reported elsewhere.
    var isFaulty = false
    let reference: Reference
    let catalog: Catalog
    let scope: Scope
    let span: Span
    let entries: [Node.Entry]
    /// The secret words of the command that is being read.
    var secrets: [Command.Secret] = []
    private let depth: Int

    /// Opens the fields of `node`, the value under the kind's key, and checks their names.
    init(
        of node: Node,
        _ reference: Reference,
        in scope: Scope,
        catalog: Catalog,
        platform: Platform,
        span: Span,
        depth: Int = 0
    ) {
        self.reference = reference
        self.catalog = catalog
        self.scope = scope
        self.platform = platform
        self.span = span
        self.depth = depth
        diagnostics = Diagnostics()
        switch node.content {
        case .map(let given):
            entries = given.filter { !($0.value.text.map(scope.isAbsent) ?? false) }
        case .scalar where node.isNull: entries = []
        case .scalar, .list:
            if let main = reference.main {
                entries = [Node.Entry(key: main, keySpan: node.span, value: node)]
            } else {
                entries = []
                diagnostics.report(reference.needsMap(insteadOf: node))
                isFaulty = true
            }
        }
        for entry in entries where !reference.fields.contains(where: { $0.name == entry.key }) {
            if diagnostics.isExhausted { break }
            let kinds = catalog.steps.map(\.reference.name)
            diagnostics.report(reference.unknownField(entry, among: kinds))
            isFaulty = true
        }
    }

    /// Whether the author wrote the field.
    public func isGiven(_ field: String) -> Bool { node(field) != nil }

    /// A name that may become an operand of a command.
    public mutating func name(_ field: String) -> String? { text(field, as: .name) }

    /// The name of a ZFS pool.
    public mutating func pool(_ field: String) -> String? { text(field, as: .pool) }

    /// An absolute path.
    public mutating func path(_ field: String) -> String? { text(field, as: .path) }

    /// Text that is compared as it stands.
    public mutating func literal(_ field: String) -> String? { text(field, as: .literal) }

    /// The same of a text that may stand anywhere in what is read; `exact` is the field that wants
    /// a whole line.
    public mutating func looseText(_ field: String, exact: String) -> LooseText? {
        let place = node(field)?.span ?? span
        return literal(field).map { LooseText($0, at: place, exact: exact) }
    }

    /// Any one-line text.
    public mutating func text(_ field: String) -> String? { text(field, as: .text) }

    /// A whole number in the field's range.
    public mutating func integer(_ field: String) -> Int? {
        guard case .integer(let range) = kind(of: field) else { wrongAccessor(field) }
        guard let (text, span) = scalar(field) else { return nil }
        guard let number = Int(authored: text), range.contains(number) else {
            fault(
                field,
                "is not a whole number from \(range.lowerBound) to \(range.upperBound)",
                at: span
            )
            return nil
        }
        return number
    }

    /// `true` or `false`, in any of YAML's spellings.
    public mutating func boolean(_ field: String) -> Bool? {
        guard kind(of: field) == .boolean else { wrongAccessor(field) }
        guard let (text, span) = scalar(field) else { return nil }
        guard let flag = Bool(authored: text) else {
            fault(field, "is neither `true` nor `false`", at: span)
            return nil
        }
        return flag
    }

    /// A length of time.
    public mutating func duration(_ field: String) -> Duration? {
        guard kind(of: field) == .duration else { wrongAccessor(field) }
        if node(field)?.entries != nil {
            let keys = Keys("`\(reference.name)`", entries, at: span, in: scope)
            let sum = keys.duration(field, &diagnostics)
            isFaulty = isFaulty || sum == nil
            return sum
        }
        guard let (text, span) = scalar(field) else { return nil }
        guard let duration = Duration(authored: text) else {
            let fault = Duration.fault(ofAuthored: text)
            self.fault(field, fault.what, at: span, help: fault.help)
            return nil
        }
        return duration
    }

    /// One of an enumeration's words.
    public mutating func choice<Word>(_ field: String, of type: Word.Type = Word.self) -> Word?
    where Word: RawRepresentable<String> {
        guard case .choice(let words) = kind(of: field) else { wrongAccessor(field) }
        guard let (text, span) = scalar(field) else { return nil }
        if words.contains(text), let word = Word(rawValue: text) { return word }
        fault(
            field,
            "is not one of \(listed(words))",
            at: span,
            help: suggestion(for: text, among: words).map { "did you mean `\($0)`?" }
        )
        return nil
    }

    /// A list of names that may become operands.
    public mutating func names(_ field: String) -> [String]? { list(field, .names, each: .name) }

    /// A list of names of pools.
    public mutating func pools(_ field: String) -> [String]? {
        list(field, .poolNames, each: .pool)
    }

    /// A list of absolute paths.
    public mutating func paths(_ field: String) -> [String]? { list(field, .paths, each: .path) }

    /// A command as a list, its tool first, in which `${…}` of secrets can be words.
    public mutating func command(_ field: String) -> Command? {
        secrets = []
        guard let words = argv(field, takingSecrets: true) else { return nil }
        if secrets.first?.word == 0 {
            fault(field, "begins with a secret, not with a tool", at: node(field)?.span ?? span)
            return nil
        }
        return Command(.tool(words), secrets: secrets)
    }

    /// A command as a list, its tool first.
    public mutating func argv(_ field: String) -> [String]? {
        argv(field, takingSecrets: false)
    }

    private mutating func argv(_ field: String, takingSecrets: Bool) -> [String]? {
        guard let command = list(field, .argv, each: .text, takingSecrets: takingSecrets) else {
            return nil
        }
        guard let tool = command.first else {
            fault(field, "is an empty command", at: node(field)?.span ?? span)
            return nil
        }
        if let why = Field.Kind.toolRefusal(of: tool) {
            fault(
                field,
                "begins with a tool that \(why)",
                at: node(field)?.span ?? span,
                item: node(field)?.items == nil ? tool : nil,
                help: command.count == 1 && tool.contains(" ") && !tool.hasPrefix("-")
                    ? commandHelp(writtenTool(field, tool)) : nil
            )
            return nil
        }
        return command
    }

    /// The tool as the plan has it, references and all.
    private func writtenTool(_ field: String, _ tool: String) -> String {
        node(field)?.items?.first?.text ?? tool
    }

    /// A condition, such as `{pool: tank}`.
    public mutating func condition(_ field: String) -> (any Condition)? {
        guard kind(of: field) == .condition else { wrongAccessor(field) }
        guard let node = given(field) else { return nil }
        guard depth < Self.conditionDepthLimit else {
            fault(
                field,
                "stands inside more than \(Self.conditionDepthLimit) others",
                at: node.span
            )
            return nil
        }
        return catalog.condition(
            node,
            in: scope,
            platform: platform,
            as: .value("`\(field)`"),
            depth: depth + 1,
            &diagnostics
        )
    }

    /// Reports a fault that only the kind itself can see, such as fields that exclude each other.
    public mutating func report(_ field: String, _ message: String, note: String, help: String) {
        isFaulty = true
        diagnostics.report(
            Diagnostic(
                code: "bad-field",
                message,
                at: node(field)?.span ?? span,
                note: note,
                help: help
            )
        )
    }
}
