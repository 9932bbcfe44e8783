/// The names that `${…}` can refer to at one place of a plan.
public struct Scope: Sendable {
    private var names: [String]
    private var values: [Value]

    /// An empty scope.
    public init() {
        names = []
        values = []
    }

    /// The value of a name; the innermost binding wins.
    public subscript(name: String) -> Value? {
        names.lastIndex(of: name).map { values[$0] }
    }

    /// All names, outermost first.
    public var allNames: [String] { names }

    /// Binds a name, over an outer binding of it.
    public mutating func bind(_ name: String, to value: Value) {
        names.append(name)
        values.append(value)
    }

    /// Puts values in the place of the references in a scalar.
    ///
    /// A scalar that is one reference keeps the value's type. `$${` stands for `${`.
    /// What is put in is never looked at again, so that a value cannot smuggle in a reference.
    public func resolve(_ text: String) throws(ReferenceFault) -> Value {
        guard text.utf8.contains(UInt8(ascii: "$")) else { return .string(text) }
        var rest = text[...]
        var result = ""
        while let dollar = rest.firstIndex(of: "$") {
            let tail = rest[dollar...]
            result += rest[..<dollar]
            if tail.hasPrefix("$${") {
                result += "${"
                rest = tail.dropFirst(3)
            } else if tail.hasPrefix("${") {
                guard let end = tail.firstIndex(of: "}") else { throw .unclosed }
                let name = String(tail[..<end].dropFirst(2))
                guard let value = self[name] else {
                    throw .unknown(name, suggestion: suggestion(for: name, among: names))
                }
                rest = tail[tail.index(after: end)...]
                if rest.isEmpty && result.isEmpty && dollar == text.startIndex { return value }
                guard let piece = value.text else { throw .listInText(name) }
                result += piece
            } else {
                result += "$"
                rest = tail.dropFirst()
            }
        }
        return .string(result + rest)
    }
}

/// Why a reference could not be resolved.
public enum ReferenceFault: Error, Hashable, Sendable {
    case unclosed
    case unknown(String, suggestion: String?)
    case listInText(String)

    /// The fault as a diagnostic on the scalar at `span`.
    public func diagnostic(at span: Span) -> Diagnostic {
        switch self {
        case .unclosed:
            Diagnostic(
                code: "open-reference",
                "`${` without a closing `}`",
                at: span,
                help: "write `${name}`, or `$${` for a literal `${`"
            )
        case .unknown(let name, let suggestion):
            Diagnostic(
                code: "unknown-reference",
                "no parameter named `\(name)`",
                at: span,
                note: "a plan refers to its own `parameters:` and to the names of `for-each`",
                help: suggestion.map { "did you mean `${\($0)}`?" }
                    ?? "declare `\(name)` under `parameters:`"
            )
        case .listInText(let name):
            Diagnostic(
                code: "list-in-text",
                "`${\(name)}` is a list and stands inside text",
                at: span,
                note: "a list has no single spelling, so nothing is guessed",
                help: "go through it with `for-each: … in: ${\(name)}`"
            )
        }
    }
}
