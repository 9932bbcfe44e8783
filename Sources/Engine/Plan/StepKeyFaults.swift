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
        } else if Self.forEachKeys.contains(entry.key) {
            help = "`\(entry.key)` stands beside `for-each`"
        }
        return Diagnostic(
            code: "unknown-step",
            "no step is named `\(entry.key)`",
            at: entry.keySpan,
            help: help ?? "`failover steps` lists the kinds of step"
        )
    }

    /// The diagnostic for a key that is no modifier of the member `kind`.
    func unknownModifier(
        _ entry: Node.Entry,
        of kind: String,
        isField: Bool = false,
        among names: [String] = StepModifiers.names
    ) -> Diagnostic {
        var help = suggestion(for: entry.key, among: names).map { "did you mean `\($0)`?" }
        if isField {
            help = "`\(entry.key)` is a field of `\(kind)`: indent it further, below `\(kind):`"
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
