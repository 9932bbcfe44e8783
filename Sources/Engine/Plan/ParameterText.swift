/// How the values of parameters are spelled, in a plan, in `site.yaml` and on the command line.
enum ParameterText {
    /// The type that an author's spelling of a default shows.
    static func kind(of node: Node) -> Value.Kind {
        guard case .scalar(let text, let quoted) = node.content else { return .list }
        if quoted { return .string }
        if Int(authored: text) != nil { return .integer }
        if Duration(authored: text) != nil { return .duration }
        return text == "true" || text == "false" ? .boolean : .string
    }

    /// Reads a node as the value of a parameter of type `kind`, or reports why not.
    static func value(
        _ node: Node,
        _ kind: Value.Kind,
        _ name: String,
        _ diagnostics: inout Diagnostics
    ) -> Value? {
        if kind != .list { return single(node, kind, name, &diagnostics) }
        guard let items = node.items else {
            report(name, "is \(node.kindName) and should be a list", node, &diagnostics)
            return nil
        }
        // An item keeps its spelling; the field that it is put in reads it by its own type.
        let values = items.map { single($0, .string, name, &diagnostics) }
        let whole = values.compactMap(\.self)
        return whole.count == values.count ? .list(whole) : nil
    }

    /// Reads a setting of the command line; a list is written `a,b,c`, or `[a, b, c]` as in a plan.
    static func value(_ text: String, _ kind: Value.Kind) -> Value? {
        guard kind == .list else { return Value(text, as: kind) }
        var inner = trimmed(text[...])
        if inner.hasPrefix("["), inner.hasSuffix("]"), inner.count > 1 {
            inner = trimmed(inner.dropFirst().dropLast())
        }
        if inner.isEmpty { return .list([]) }
        let items = inner.split(separator: ",", omittingEmptySubsequences: false).map(trimmed)
        let isPlain = items.allSatisfy { item in
            !item.isEmpty && !item.contains { "[]{}'\"".contains($0) }
        }
        return isPlain ? .list(items.map { .string(String($0)) }) : nil
    }

    private static func trimmed(_ text: Substring) -> Substring {
        let tail = text.drop { $0 == " " }
        guard let last = tail.lastIndex(where: { $0 != " " }) else { return "" }
        return tail[...last]
    }

    /// An example of each type's spelling, for help.
    static func example(of kind: Value.Kind) -> String {
        switch kind {
        case .string: "text"
        case .integer: "a whole number such as `4`"
        case .duration: "a duration such as `30s` or `5m`"
        case .boolean: "`true` or `false`"
        case .list: "a list such as `[disk0, disk1]`, on the command line `disk0,disk1`"
        }
    }

    private static func single(
        _ node: Node,
        _ kind: Value.Kind,
        _ name: String,
        _ diagnostics: inout Diagnostics
    ) -> Value? {
        guard let text = node.text, !node.isNull else {
            report(name, "is \(node.kindName) and should be a single value", node, &diagnostics)
            return nil
        }
        if text.contains("${") {
            diagnostics.report(
                Diagnostic(
                    code: "reference-in-value",
                    "the value of `\(name)` holds a reference",
                    at: node.span,
                    note: "a value is taken as it stands and never looked into",
                    help: "write the reference where the value is used"
                )
            )
            return nil
        }
        if let value = Value(text, as: kind) { return value }
        report(name, "is `\(text)` and should be \(example(of: kind))", node, &diagnostics)
        return nil
    }

    private static func report(
        _ name: String,
        _ what: String,
        _ node: Node,
        _ diagnostics: inout Diagnostics
    ) {
        diagnostics.report(
            Diagnostic(
                code: "bad-value",
                "the parameter `\(name)` \(what)",
                at: node.span.firstLine
            )
        )
    }
}
