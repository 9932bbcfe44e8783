import Engine
import Service

/// The catalog for a reader: the list, one kind in full, and the page docs/reference.md.
struct ReferencePage {
    let steps: [Reference]
    let conditions: [Reference]

    init(_ catalog: Catalog) {
        let conditions = catalog.conditions.map { $0.reference }
        self.conditions = conditions
        steps = catalog.steps.map(\.reference)
    }

    /// All kinds: the steps, then the conditions under their own names.
    var references: [Reference] { steps + conditions }

    /// A line for each kind.
    func list(style: Style) -> String {
        let width = (references.map(\.name.count).max() ?? 0) + 2
        func lines(_ references: [Reference]) -> String {
            references.map {
                "  \(style.paint($0.name.padded(to: width), .strong))\($0.summary)\n"
            }.joined()
        }
        return "steps, under `steps:`\n" + lines(steps)
            + "\nconditions, under `require:`, `when:` and `guard:`\n" + lines(conditions)
            + "\nmore about one: failover steps KIND\n"
    }

    /// One kind in full.
    func text(_ reference: Reference) -> String {
        var lines = ["\(reference.name): \(reference.summary)", ""]
        if !reference.notes.isEmpty { lines += wrapped(reference.notes, to: 78) + [""] }
        if !reference.fields.isEmpty {
            lines.append("fields:")
            for field in reference.fields {
                let need = field.absent.map { "optional; \($0)" } ?? "required"
                let main = field.name == reference.main ? ", or the value itself" : ""
                lines.append("  \(field.name) (\(field.kind.title)\(main))")
                lines += wrapped("\(field.summary) [\(need)]", to: 72).map { "      " + $0 }
            }
            lines.append("")
        }
        lines.append("timeout: \(reference.limitText) unless the step says otherwise")
        lines += wrapped("undone:  \(reference.undone)", to: 78)
        lines += ["", "example:", ""]
        lines += reference.example.split(separator: "\n").map { "  " + $0 }
        return lines.joined(separator: "\n") + "\n"
    }

    /// The page in Markdown.
    var markdown: String {
        """
        # Reference of steps, conditions and exit codes

        Made from the catalog by `failover steps --markdown`; do not edit by hand.

        Every step may carry `name`, `timeout`, `attempt-timeout`, `retry`, `when`, `guard`,
        `on-failure: continue` and `undo` beside its kind ([the guide](guide.md) explains them).
        The conditions stand under `require:`, `when:` and `guard:`.

        ## Steps

        \(steps.map(section).joined(separator: "\n"))
        ## Conditions

        \(conditions.map(section).joined(separator: "\n"))
        ## Exit codes

        `failover status`, `test` and `verify` give some of them a meaning of their own, which their
        help tells.

        \(ExitCodes.markdown)
        """.trimmedEnd + "\n"
    }

    private func section(_ reference: Reference) -> String {
        var text = "### \(reference.name)\n\n\(reference.summary)\n\n"
        if !reference.notes.isEmpty {
            text += wrapped(reference.notes, to: 100).joined(separator: "\n") + "\n\n"
        }
        if !reference.fields.isEmpty {
            text += "| field | value | meaning | when absent |\n|---|---|---|---|\n"
            for field in reference.fields {
                let main = field.name == reference.main ? " (main)" : ""
                let cells = [
                    "`\(field.name)`\(main)", field.kind.title, field.summary,
                    field.absent ?? "must be given",
                ]
                text += "| " + cells.map(\.inTable).joined(separator: " | ") + " |\n"
            }
            text += "\n"
        }
        text += "Timeout \(reference.limitText). Undone: \(reference.undone).\n\n"
        return text + "```yaml\n\(reference.example.trimmedEnd)\n```\n"
    }
}

extension Reference {
    /// The limit of a step that states no `timeout`, for a person.
    var limitText: String { limit ?? durationText(timeout) }
}

extension Field.Kind {
    /// The kind in an author's words.
    var title: String {
        switch self {
        case .name: "a name"
        case .pool: "the name of a pool"
        case .path: "an absolute path"
        case .literal: "text, compared as it stands"
        case .text: "text"
        case .integer(let range): "a number from \(range.lowerBound) to \(range.upperBound)"
        case .boolean: "`true` or `false`"
        case .duration: "a duration"
        case .choice(let words): listed(words)
        case .names: "a list of names"
        case .poolNames: "a list of names of pools"
        case .paths: "a list of absolute paths"
        case .argv: "a command as a list"
        case .condition: "a condition"
        }
    }
}

extension String {
    fileprivate var inTable: String {
        split(separator: "|", omittingEmptySubsequences: false).joined(separator: "\\|")
    }

    fileprivate var trimmedEnd: String {
        var text = self[...]
        while text.last?.isWhitespace == true { text = text.dropLast() }
        return String(text)
    }
}
