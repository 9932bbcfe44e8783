/// The rules that every plan is held against once it loads, and the pages of all warnings.
public enum Lint {
    static let rules: [any LintRule.Type] = [
        NoSteadyRole.self,
        ReplicaNotRequired.self,
        NoTellPeer.self,
        PromoteWithoutWait.self,
        WaitShorterThanCounterpart.self,
        ForcedImportWithoutGuard.self,
        ForcedImportWithoutReplica.self,
        ImportBeneathReplication.self,
        AcquireOutOfOrder.self,
        MountBeforePointOfNoReturn.self,
        ExportBeforeStop.self,
        UnforcedExport.self,
        DemoteBeforeExport.self,
        ToleratedDemotion.self,
        UnorderedBranches.self,
        CounterpartLacksRelease.self,
        NoYieldAddress.self,
        LimitsAboveTimeout.self,
        ServiceWithOwnKind.self,
        StateFolderMoves.self,
        TextInNegation.self,
    ]

    /// The pages of all warnings: of the rules, in the order in which a takeover meets them, and
    /// of what the loaders warn of.
    public static let pages: [LintPage] = {
        var pages: [LintPage] = []
        for rule in rules { pages.append(rule.page) }
        return pages + LintPage.loading
    }()

    /// The page of this code.
    public static func page(of code: String) -> LintPage? { pages.first { $0.code == code } }

    /// What to say of a code that no warning has.
    public static func advice(for code: String) -> String {
        suggestion(for: code, among: pages.map(\.code)).map { "did you mean `\($0)`?" }
            ?? "`failover explain` lists them"
    }

    /// Tells what a plan breaks; a slip that shows in each turn of a `for-each` is told once.
    static func check(_ plan: LintedPlan, _ diagnostics: inout Diagnostics) {
        for rule in rules where !plan.header.allowed.contains(rule.page.code) {
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

    /// The codes under `allow:` of a plan, or of a pair in signals.yaml.
    static func allowed(
        _ keys: Keys, of subject: LintPage.Subject = .plan, _ diagnostics: inout Diagnostics
    ) -> [String] {
        guard let node = keys.node("allow") else { return [] }
        var codes: [String] = []
        for item in node.items ?? [node] {
            guard let written = item.isNull ? nil : item.text else {
                let what = "\(item.kindName), which is the code of no warning"
                diagnostics.report(noRule(what, at: item, help: advice(for: "")))
                continue
            }
            let value = keys.scope.value(of: written, at: item.span, &diagnostics)
            for code in value?.texts ?? [] {
                codes.append(code)
                guard let (what, help) = refusal(of: code, in: subject) else { continue }
                diagnostics.report(noRule("`\(code)`, " + what, at: item, help: help))
            }
        }
        return codes
    }

    /// Why a code cannot be allowed there, and what to do instead; nil when it can.
    private static func refusal(
        of code: String, in subject: LintPage.Subject
    ) -> (what: String, help: String)? {
        guard let page = page(of: code) else {
            if errorCodes.contains(code) {
                return ("which is the code of an error", "mend it: nothing with an error runs")
            }
            return ("which is the code of no warning", advice(for: code))
        }
        if let why = page.refusal { return ("which nothing can allow", why) }
        switch (page.subject, subject) {
        case (.plan, .plan), (.signals, .signals), (.trial, _): return nil
        case (.plan, _): return ("which is a warning of a plan", "say it at the top of the plan")
        case (.signals, _):
            return ("which is a warning of signals.yaml", "say it there, beside `acquire`")
        }
    }

    private static func noRule(_ what: String, at item: Node, help: String) -> Diagnostic {
        Diagnostic(
            code: "unknown-rule",
            "`allow` has \(what)",
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
