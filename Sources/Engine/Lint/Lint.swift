/// The rules that every plan is held against once it loads, and their pages.
public enum Lint {
    static let rules: [any LintRule.Type] = [
        NoSteadyRole.self,
        PromoteWithoutWait.self,
        WaitShorterThanCounterpart.self,
        ForcedImportWithoutGuard.self,
        ForcedImportWithoutReplica.self,
        AcquireOutOfOrder.self,
        MountBeforePointOfNoReturn.self,
        ExportBeforeStop.self,
        DemoteBeforeExport.self,
        UnorderedBranches.self,
        CounterpartLacksRelease.self,
        NoYieldAddress.self,
        LimitsAboveTimeout.self,
        TextInNegation.self,
    ]

    /// The pages of all rules, in the order in which a takeover meets them.
    public static let pages: [LintPage] = {
        var pages: [LintPage] = []
        for rule in rules { pages.append(rule.page) }
        return pages
    }()

    /// The page of this code.
    public static func page(of code: String) -> LintPage? { pages.first { $0.code == code } }

    /// What to say of a code that no rule has.
    public static func advice(for code: String) -> String {
        suggestion(for: code, among: pages.map(\.code)).map { "did you mean `\($0)`?" }
            ?? "`failover explain` lists them"
    }

    /// Tells what a plan breaks and does not allow itself; a slip that shows in each turn of a
    /// `for-each` is told once.
    static func check(_ plan: LintedPlan, _ diagnostics: inout Diagnostics) {
        for rule in rules where !plan.allows(rule.page.code) {
            for finding in rule.findings(in: plan) {
                let place = finding.span
                diagnostics.report(
                    Diagnostic(
                        .warning,
                        code: rule.page.code,
                        finding.message,
                        at: place,
                        note: rule.page.why,
                        help: finding.help,
                        cause: "\(rule.page.code) \(place.source):\(place.line):\(place.column)"
                    )
                )
            }
        }
    }

    /// The codes under `allow:` of a plan.
    static func allowed(_ keys: Keys, _ diagnostics: inout Diagnostics) -> [String] {
        guard let node = keys.node("allow") else { return [] }
        var codes: [String] = []
        for item in node.items ?? [node] {
            guard let written = item.isNull ? nil : item.text else {
                diagnostics.report(noRule(item.kindName, at: item, help: advice(for: "")))
                continue
            }
            let value = keys.scope.value(of: written, at: item.span, &diagnostics)
            for code in value?.texts ?? [] {
                codes.append(code)
                if page(of: code) != nil { continue }
                diagnostics.report(noRule("`\(code)`", at: item, help: advice(for: code)))
            }
        }
        return codes
    }

    private static func noRule(_ what: String, at item: Node, help: String) -> Diagnostic {
        Diagnostic(
            code: "unknown-rule",
            "`allow` has \(what), which is the code of no rule",
            at: item.span.firstLine,
            note: "it names the warnings that the plan means to give, by their codes",
            help: help
        )
    }
}

extension Value {
    /// Its text, or those of its items.
    fileprivate var texts: [String] {
        if case .list(let values) = self { return values.compactMap(\.text) }
        return text.map { [$0] } ?? []
    }
}
