/// What confirms an acquire, and what a release has none of.
extension RuleReader {
    /// Reports what only an acquire has.
    func refuseConfirmation(_ node: Node, _ diagnostics: inout Diagnostics) {
        for entry in node.entries ?? [] where entry.key == "only-if" || entry.key == "within" {
            diagnostics.report(
                Diagnostic(
                    code: "misplaced-key",
                    "`\(entry.key)` means nothing under `release`",
                    at: entry.keySpan,
                    note: "a release is not confirmed: on anything but a confirmed master the pair"
                        + " is given up",
                    help: "remove it; `settle` can delay a release"
                )
            )
        }
    }

    /// Warns of each CARP address that selects the acquire and is not looked at by `only-if`.
    func warnOfUncovered(
        _ matches: [Signals.Match], _ keys: Keys, _ diagnostics: inout Diagnostics
    ) {
        guard let node = keys.node("only-if"), !node.isNull,
            !allowed.contains(LintPage.unconfirmedAddress.code)
        else { return }
        let covered = (node.items ?? [node]).compactMap { confirmed($0) }
        for case .carp(let vhid, let interface, _) in matches {
            let address = "\(vhid)@\(interface)"
            if covered.contains(address) { continue }
            let fields = "{interface: \(interface), vhid: \(vhid), state: master}"
            diagnostics.report(
                Diagnostic(
                    .warning,
                    code: "unconfirmed-address",
                    "`only-if` does not look at \(address), which `match` names",
                    at: node.span.firstLine,
                    note: LintPage.unconfirmedAddress.why,
                    help: "add `- carp: \(fields)`"
                )
            )
        }
    }

    /// The CARP address that a condition wants to be master; faults of it are told elsewhere.
    private func confirmed(_ node: Node) -> String? {
        guard let fields = node["carp"] else { return nil }
        func text(_ key: String) -> String? {
            guard let raw = fields[key]?.text else { return nil }
            return try? scope.resolve(raw).text
        }
        guard let interface = text("interface"), let vhid = text("vhid"), text("state") == "master"
        else { return nil }
        return "\(vhid)@\(interface)"
    }
}
