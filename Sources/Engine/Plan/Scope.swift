/// The names that `${…}` can refer to at one place of a plan.
struct Scope: Sendable {
    /// The file in which the references stand.
    enum File: Sendable { case plan, signals }

    /// The file in which the references stand, by which a fault is explained.
    var file = File.plan
    private var names: [String]
    /// Nil for a name whose value is at fault, which was reported where it stands.
    private var values: [Value?]
    private var sources: [ValueSource?]
    /// The names whose value is the path of a secret.
    private var secrets: Set<Int> = []
    /// The names that need no value and have none.
    private var absent: Set<Int> = []

    /// An empty scope.
    init() {
        names = []
        values = []
        sources = []
    }

    /// The value of a name; the innermost binding wins.
    subscript(name: String) -> Value? {
        names.lastIndex(of: name).flatMap { values[$0] }
    }

    /// Binds a name, over an outer binding of it.
    mutating func bind(_ name: String, to value: Value) {
        bind(name, to: value, from: nil)
    }

    /// Binds a name to a value that a parameter gave.
    mutating func bind(
        _ name: String, to value: Value, from source: ValueSource?, isSecret: Bool = false
    ) {
        if isSecret { secrets.insert(names.count) }
        names.append(name)
        values.append(value)
        sources.append(source)
    }

    /// The path of the secret that a text refers to by a single reference and nothing else.
    func secretPath(_ text: String) -> String? {
        guard text.hasPrefix("${"), text.hasSuffix("}"),
            let index = names.lastIndex(of: String(text.dropFirst(2).dropLast())),
            secrets.contains(index)
        else { return nil }
        return values[index]?.text
    }

    /// The parameter that gave the value of a name.
    func source(of name: String) -> ValueSource? {
        names.lastIndex(of: name).flatMap { sources[$0] }
    }

    /// Binds a name whose value is at fault, so that its uses are not reported as well.
    mutating func bindUnsettled(_ name: String) {
        names.append(name)
        values.append(nil)
        sources.append(nil)
    }

    /// Binds a name that nobody settles, and that need not be settled.
    mutating func bindAbsent(_ name: String) {
        absent.insert(names.count)
        bindUnsettled(name)
    }

    /// Whether a text is one reference to such a name and nothing else.
    func isAbsent(_ text: String) -> Bool {
        guard text.hasPrefix("${"), text.hasSuffix("}") else { return false }
        let name = String(text.dropFirst(2).dropLast())
        return names.lastIndex(of: name).map(absent.contains) ?? false
    }

    /// Puts values in the place of the references in a scalar.
    ///
    /// A scalar that is one reference keeps the value's type. `$${` stands for `${`.
    /// What is put in is never looked at again, so that a value cannot smuggle in a reference.
    /// `$name` is refused where `name` is bound: as text it would be a condition that never meets
    /// what it means, and `state: absent` would hold at once. Other names may be the shell's.
    func resolve(_ text: String) throws(ReferenceFault) -> Value {
        guard text.utf8.contains(UInt8(ascii: "$")) else { return .string(text) }
        var rest = text[...]
        var result = ""
        while let dollar = rest.utf8.firstIndex(of: UInt8(ascii: "$")) {
            let tail = rest[dollar...]
            result += rest[..<dollar]
            if tail.utf8.starts(with: "$${".utf8) {
                result += "${"
                rest = rest[rest.utf8.index(dollar, offsetBy: 3)...]
            } else if tail.utf8.starts(with: "${".utf8) {
                let (value, end) = try referenced(by: tail)
                rest = rest[end...]
                if rest.isEmpty && dollar == text.startIndex { return value }
                guard let piece = value.text else {
                    throw .listInText(String(tail[..<end].dropFirst(2).dropLast()))
                }
                result += piece
            } else {
                if let name = boundName(after: tail.utf8.dropFirst()) { throw .unbraced(name) }
                result += "$"
                rest = rest[rest.utf8.index(after: dollar)...]
            }
        }
        return .string(result + rest)
    }

    /// The value of the reference at the beginning of `tail`, and where the reference ends.
    private func referenced(
        by tail: Substring
    ) throws(ReferenceFault) -> (value: Value, end: Substring.Index) {
        guard let close = tail.utf8.firstIndex(of: UInt8(ascii: "}")) else { throw .unclosed }
        let name = String(tail[tail.utf8.index(tail.startIndex, offsetBy: 2)..<close])
        if name.isEmpty { throw .empty }
        guard let index = names.lastIndex(of: name) else {
            throw .unknown(name, suggestion: suggestion(for: name, among: names))
        }
        if absent.contains(index) { throw .absent(name) }
        guard let value = values[index] else { throw .unsettled }
        if secrets.contains(index) { throw .secret(name) }
        return (value, tail.utf8.index(after: close))
    }

    /// The name that a shell would find behind a `$`, if it is bound here: a shell's names end at
    /// a `-`, ours do not.
    private func boundName(after dollar: Substring.UTF8View) -> String? {
        let word = dollar.prefix { isNameByte($0) || $0 == UInt8(ascii: "_") }
        let text = String(Substring(word))
        if names.contains(text) { return text }
        let first = text.split(separator: "-", maxSplits: 1).first.map(String.init) ?? ""
        return names.contains(first) ? first : nil
    }
}

private func isNameByte(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"):
        true
    default: false
    }
}

extension Scope {
    /// The value of a scalar with its references put in, or nil and why.
    func value(of text: String, at span: Span, _ diagnostics: inout Diagnostics) -> Value? {
        do throws(ReferenceFault) {
            return try resolve(text)
        } catch {
            if let diagnostic = error.diagnostic(at: span, in: file) {
                diagnostics.report(diagnostic)
            }
            return nil
        }
    }
}

/// Why a reference could not be resolved.
enum ReferenceFault: Error, Hashable, Sendable {
    /// A `${` without a `}`.
    case unclosed
    /// A `${}`.
    case empty
    /// A `$` before this bound name, without the braces.
    case unbraced(String)
    /// Nothing has this name, and which name is close to it.
    case unknown(String, suggestion: String?)
    /// The list of this name stands inside text.
    case listInText(String)
    /// The name is that of a secret, which cannot stand here.
    case secret(String)
    /// The name is that of an optional parameter that nobody settles.
    case absent(String)
    /// The name is declared, and its value is at fault, which was reported already.
    case unsettled

    /// The fault as a diagnostic on the scalar at `span`; nil when it was reported elsewhere.
    func diagnostic(at span: Span, in file: Scope.File) -> Diagnostic? {
        switch self {
        case .unclosed:
            Diagnostic(
                code: "open-reference",
                "`${` without a closing `}`",
                at: span,
                help: "write `${name}`, or `$${` for a literal `${`"
            )
        case .empty:
            Diagnostic(
                code: "empty-reference",
                "`${}` is an empty reference",
                at: span,
                help: "write a parameter's name into it: `${name}`"
            )
        case .unbraced(let name):
            Diagnostic(
                code: "unbraced-reference",
                "`$\(name)` is no reference without its braces",
                at: span,
                note: "it would stay as it stands: a wait for a process of such a title would"
                    + " find none, and `state: absent` would hold at once",
                help: "write `${\(name)}`; if a `$\(name)` of the shell is meant, give the"
                    + " parameter another name"
            )
        case .unknown(let name, let suggestion):
            Diagnostic(
                code: "unknown-reference",
                "no parameter named `\(name)`",
                at: span,
                note: file.names,
                help: suggestion.map { "did you mean `${\($0)}`?" } ?? file.declaration(of: name)
            )
        case .listInText(let name):
            Diagnostic(
                code: "list-in-text",
                "`${\(name)}` is a list and stands inside text",
                at: span,
                note: "a list has no single spelling, so nothing is guessed",
                help: file == .plan
                    ? "go through it with `for-each: … in: ${\(name)}`"
                    : "write what is meant of it"
            )
        case .secret(let name): Self.misplacedSecret(name, at: span)
        case .absent(let name): Self.absent(name, at: span)
        case .unsettled: nil
        }
    }

    private static func absent(_ name: String, at span: Span) -> Diagnostic {
        Diagnostic(
            code: "absent-value",
            "`${\(name)}` has no value, and this place cannot do without",
            at: span,
            note: "`\(name)` is optional and settled nowhere; only a field of a step or of a"
                + " condition that is `${\(name)}` and nothing else is left out then",
            help: "settle it in site.yaml, or give it a `default` in place of `optional`"
        )
    }

    private static func misplacedSecret(_ name: String, at span: Span) -> Diagnostic {
        Diagnostic(
            code: "misplaced-secret",
            "the secret `${\(name)}` cannot stand here",
            at: span,
            note: "it would be seen in records and logs",
            help: "only the command of `execute` takes it, as a word of its own:"
                + " `[tool, '${\(name)}']`"
        )
    }
}

extension Scope.File {
    /// What references in it can refer to.
    fileprivate var names: String {
        switch self {
        case .plan: "a plan refers to its own `parameters:` and to the names of `for-each`"
        case .signals:
            "signals refer to the `parameters:` of site.yaml and to the pair's own `set:`;"
                + " the defaults of the plans are not read here"
        }
    }

    /// How a name gets to be known in it.
    fileprivate func declaration(of name: String) -> String {
        switch self {
        case .plan: "declare `\(name)` under `parameters:`"
        case .signals: "settle `\(name)` under `parameters:` of site.yaml"
        }
    }
}
