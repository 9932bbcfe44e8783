/// The other plan of a pair: read by the same rules, then held against the first.
extension PlanLoader {
    /// The other plan.
    struct Counterpart {
        let file: PlanFile
        /// Whether it names the first one as its own counterpart.
        let isMutual: Bool
    }

    /// The counterpart of a plan. A release needs only its own plan: one that cannot be used is a
    /// warning there, and none of what was read of it stays.
    mutating func counterpart(
        of file: PlanFile,
        _ path: String,
        _ site: Site,
        _ read: Read
    ) -> Counterpart? {
        guard file.header.direction == .release, !hasErrors,
            let (name, span) = file.header.counterpart
        else { return strictCounterpart(of: file, path, site, read) }
        var attempt = self
        let counterpart = attempt.strictCounterpart(of: file, path, site, read)
        guard attempt.hasErrors else {
            self = attempt
            return counterpart
        }
        let other = PlanPath.path(of: name, beside: path)
        diagnostics.report(
            Diagnostic(
                .warning,
                code: "counterpart-at-fault",
                "the counterpart is at fault: \(attempt.firstError ?? "it cannot be used")",
                at: span,
                note: LintPage.counterpartAtFault.why,
                help: "`failover validate \(other)` tells all"
            )
        )
        return nil
    }

    private var hasErrors: Bool { diagnostics.hasErrors || builder.diagnostics.hasErrors }

    private var firstError: String? {
        (diagnostics.all + builder.diagnostics.all).first { $0.severity == .error }?.message
    }

    private mutating func strictCounterpart(
        of file: PlanFile,
        _ path: String,
        _ site: Site,
        _ read: Read
    ) -> Counterpart? {
        guard let (name, span) = file.header.counterpart, file.header.hasDirection else {
            return nil
        }
        let otherPath = PlanPath.path(of: name, beside: path)
        if PlanPath.areSame(path, otherPath) {
            diagnostics.report(
                Diagnostic(
                    code: "own-counterpart",
                    "the plan names itself as its counterpart",
                    at: span,
                    note: "the counterpart takes back what this plan does",
                    help: "name the plan of the opposite direction"
                )
            )
            return nil
        }
        let node = files.open(otherPath, as: "the counterpart", at: span, read, &diagnostics)
        guard let node, let other = self.file(node, site) else { return nil }
        checkCounterpart(other, of: file, named: span)
        let isMutual = checkBackReference(other, otherPath, to: path, named: span)
        return Counterpart(file: other, isMutual: isMutual)
    }

    private mutating func checkCounterpart(
        _ other: PlanFile,
        of file: PlanFile,
        named span: Span
    ) {
        if let direction = file.header.direction, other.header.direction == direction {
            diagnostics.report(
                Diagnostic(
                    code: "wrong-counterpart",
                    "the counterpart has `direction: \(direction.rawValue)`, as this plan has",
                    at: span,
                    note: "the counterpart takes back what this plan does",
                    help: "name the plan of the opposite direction"
                )
            )
        } else if !other.header.hasDirection {
            diagnostics.report(
                Diagnostic(
                    code: "wrong-counterpart",
                    "the counterpart has no `direction`",
                    at: span,
                    note: "the counterpart takes back what this plan does",
                    help: "name the plan of the opposite direction"
                )
            )
        }
        for parameter in file.parameters {
            let twin = other.parameters.first { $0.name == parameter.name }
            guard let twin, twin.value != parameter.value else { continue }
            diagnostics.report(
                Diagnostic(
                    .warning,
                    code: "different-values",
                    "`\(parameter.name)` has another value in the counterpart",
                    at: span,
                    note: LintPage.differentValues.why,
                    help: "set it in \(Self.siteName), for both plans at once"
                )
            )
        }
    }

    /// Whether the counterpart names the plan; tells when it names another one.
    private mutating func checkBackReference(
        _ other: PlanFile,
        _ otherPath: String,
        to path: String,
        named span: Span
    ) -> Bool {
        guard let name = other.header.counterpart?.path else { return false }
        if PlanPath.areSame(PlanPath.path(of: name, beside: otherPath), path) { return true }
        diagnostics.report(
            Diagnostic(
                .warning,
                code: "one-sided-counterpart",
                "\(otherPath) names another plan as its own counterpart: \(name)",
                at: span,
                note: LintPage.oneSidedCounterpart.why,
                help: "let each of the two plans name the other as its `counterpart`"
            )
        )
        return false
    }
}
