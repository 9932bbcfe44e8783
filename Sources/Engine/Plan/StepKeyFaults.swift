/// Faults of the keys of a step.
extension TreeBuilder {
    mutating func reportKinds(_ sorted: Sorted, _ keys: Keys) {
        if let second = sorted.kinds.dropFirst().first {
            diagnostics.report(
                Diagnostic(
                    code: "two-kinds",
                    "`\(second.key)` is a second kind in one step",
                    at: second.keySpan,
                    note: "the step began as `\(sorted.kinds[0].key)`; a map has no order in which"
                        + " to do both",
                    help: "begin each step with `- `"
                )
            )
        } else if sorted.unknown.isEmpty {
            diagnostics.report(
                Diagnostic(
                    code: "missing-kind",
                    "a step without a kind",
                    at: keys.span.firstLine,
                    note: keys.entries.isEmpty
                        ? nil : "here are only modifiers: \(listed(keys.entries.map(\.key)))",
                    help: "add what is to be done; `failover steps` lists the kinds"
                )
            )
        }
        guard sorted.kinds.isEmpty else { return }
        // Beside a misspelled `for-each`, its keys are no further faults.
        let suspects = sorted.unknown.filter { !Self.forEachKeys.contains($0.key) }
        for entry in suspects.isEmpty ? sorted.unknown : suspects {
            diagnostics.report(unknownStep(entry))
        }
    }

    private func unknownStep(_ entry: Node.Entry) -> Diagnostic {
        let kinds = catalog.steps.map(\.reference.name) + Structure.names
        var help = suggestion(for: entry.key, among: kinds + StepModifiers.names)
            .map { "did you mean `\($0)`?" }
        if let blank = entry.key.firstIndex(of: " "),
            catalog.step(named: String(entry.key[..<blank])) != nil
        {
            help = "write `\(entry.key[..<blank]):\(entry.key[blank...])`"
        } else if catalog.condition(named: entry.key) != nil {
            let ours = Self.wordsOfOthers.first { $0.other == entry.key }?.ours
            help =
                "`\(entry.key)` is a condition: did you mean `wait-for-\(entry.key)`"
                + (ours.map { ", or `\($0)`" } ?? "")
                + "? Without a wait it stands under `require`, `when` or `guard`"
        } else if let word = Word.named(entry.key) {
            help = "`\(entry.key)` stands \(word.place)"
        } else if let word = Self.wordsOfOthers.first(where: { $0.other == entry.key }) {
            help = "did you mean `\(word.ours)`?"
        }
        return Diagnostic(
            code: "unknown-step",
            "no step is named `\(entry.key)`",
            at: entry.keySpan,
            help: help ?? "`failover steps` lists the kinds of step"
        )
    }

    /// What other tools call it, and what it is here.
    private static let wordsOfOthers = [
        (other: "if", ours: "when"), (other: "retries", ours: "retry"),
        (other: "sleep", ours: "delay"), (other: "shell", ours: "execute"),
        (other: "exec", ours: "execute"), (other: "run", ours: "execute"),
        (other: "command", ours: "execute"),
        (other: "loop", ours: "for-each"), (other: "ignore-errors", ours: "on-failure: continue"),
    ]

    /// The diagnostic for a key that is no modifier of the member `kind`.
    func unknownModifier(
        _ entry: Node.Entry,
        of kind: String,
        whole: String? = nil,
        among names: [String] = StepModifiers.names
    ) -> Diagnostic {
        var help = suggestion(for: entry.key, among: names).map { "did you mean `\($0)`?" }
        if let word = Word.named(entry.key), !names.contains(word.name) {
            help = "`\(entry.key)` stands \(word.place)"
        } else if let word = Self.wordsOfOthers.first(where: { $0.other == entry.key }) {
            help = "did you mean `\(word.ours)`?"
        }
        if let whole {
            help = "`\(entry.key)` is a field of `\(kind)`: write `\(whole)`"
        }
        return Diagnostic(
            code: "unknown-key",
            "`\(entry.key)` cannot stand beside `\(kind)`",
            at: entry.keySpan,
            note: names.isEmpty ? "nothing can" : "what can is \(listed(names))",
            help: help
        )
    }
}
