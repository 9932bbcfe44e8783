/// Files that stand beside plans and are none.
extension PlanLoader {
    /// Keys that a world of the simulation has, and a plan has not.
    private static let keysOfWorlds = ["standing", "peer", "hastd", "carp", "faults", "later"]

    /// Whether the file is no plan but a site, signals, a world or a case, which is reported.
    mutating func reportsOtherFile(_ node: Node) -> Bool {
        let keys = (node.entries ?? []).map(\.key)
        if keys.contains("plan"), keys.contains("expect"), !keys.contains("steps") {
            report(
                node,
                "this is a case: a plan, a world, and what is expected of them",
                help: "`failover test` plays the file; a run takes the plan that it names"
            )
            return true
        }
        guard !keys.isEmpty, !keys.contains("plan"), !keys.contains("steps") else { return false }
        if keys.allSatisfy({ Site.keys.contains($0) }) {
            // Its own faults are told all the same.
            _ = Site(node, &diagnostics)
            report(
                node,
                "this is a site: what is settled for the plans beside it",
                help: "name one of those plans; \(Self.siteName) is read with it"
            )
            return true
        }
        if Signals.areKeys(keys) {
            report(
                node,
                "these are signals: what calls for which plan",
                help: "`failover validate` takes the file; a run takes one of its plans"
            )
            return true
        }
        guard keys.contains(where: { Self.keysOfWorlds.contains($0) }) else { return false }
        report(
            node,
            "this is a world of the simulation",
            help: "name a plan, and this file behind `--world`"
        )
        return true
    }

    private mutating func report(_ node: Node, _ what: String, help: String) {
        diagnostics.report(
            Diagnostic(
                code: "not-a-plan",
                "no plan: " + what,
                at: node.span.firstLine,
                note: "a plan has the keys `plan` and `steps`",
                help: help
            )
        )
    }
}
