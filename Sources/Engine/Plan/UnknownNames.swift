/// Names that a site or the command line settles, and no plan declares.
extension PlanLoader {
    mutating func checkNames(
        _ file: PlanFile,
        _ counterpart: PlanFile?,
        _ site: Site
    ) {
        let others = (counterpart?.declared ?? []).filter { !file.declared.contains($0) }
        let declared = file.declared + others
        let known = Set(declared)
        // A counterpart that cannot be read may declare what this plan does not.
        let isWhole = counterpart != nil || !file.header.namesCounterpart
        guard isWhole else { return }
        // A site serves many plans: only what looks like a slip is worth a word.
        for entry in site.parameters where !known.contains(entry.key) {
            if diagnostics.all.count >= Diagnostics.limit { break }
            guard let meant = suggestion(for: entry.key, among: declared) else { continue }
            diagnostics.report(
                Diagnostic(
                    .warning,
                    code: "unknown-parameter",
                    "neither the plan nor its counterpart has a parameter `\(entry.key)`",
                    at: entry.keySpan,
                    note: LintPage.unknownParameter.why,
                    help: "did you mean `\(meant)`?"
                )
            )
        }
        checkSettings(declared)
    }

    private mutating func checkSettings(_ declared: [String]) {
        for (index, setting) in settings.enumerated() {
            if settings[..<index].contains(where: { $0.name == setting.name }) {
                diagnostics.report(
                    Diagnostic(
                        code: "duplicate-setting",
                        "`\(setting.name)` is set twice",
                        at: nil,
                        note: "which of the two counts would be a guess"
                    )
                )
            }
            guard !declared.contains(setting.name) else { continue }
            diagnostics.report(
                Diagnostic(
                    code: "unknown-parameter",
                    "`\(setting.name)` is set, and no parameter has that name",
                    at: nil,
                    note: declared.isEmpty
                        ? "the plan has no parameters" : "there is \(listed(declared))",
                    help: suggestion(for: setting.name, among: declared)
                        .map { "did you mean `\($0)`?" }
                )
            )
        }
    }
}
