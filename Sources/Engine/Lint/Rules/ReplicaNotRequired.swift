/// A disk is promoted whose copy nobody looked at, though others were looked at.
struct ReplicaNotRequired: LintRule {
    static let page = LintPage(
        code: "replica-not-required",
        summary: "A disk is promoted whose copy is not looked at, though others are.",
        why: "the one that is left out can be stale or half synchronized, and is promoted all the"
            + " same",
        story: """
            An eleventh disk was added. It stands in the list that is promoted, and not in the one \
            under `require`, which somebody had written out by hand. That disk was being filled \
            when the peer died. Ten full copies let the takeover begin, the eleventh brings old \
            blocks into the pool, and ZFS finds out when clients read them.
            """,
        mend: """
            Let both use one list, as a parameter: `replica: {resources: '${disks}'}` and \
            `for-each` over `${disks}`. A disk of another pool, whose loss harms nobody, can be \
            allowed.
            """,
        example: """
            require:
              - carp: {interface: vlan50, vhid: 1, state: master, steady-for: 3s}
              - replica: {resources: '${disks}', fresh: true}
            """
    )

    /// How many names a message holds before it counts the rest.
    private static let nameLimit = 8

    static func findings(in plan: LintedPlan) -> [Finding] {
        guard plan.acquires else { return [] }
        let required = Set(
            plan.conditions.filter { $0.assurance == .fullCopy }.flatMap { $0.copies?.things ?? [] }
        )
        guard !required.isEmpty else { return [] }
        let bold = plan.deeds.filter {
            $0.effect == .acquires && $0.reach.layers.lowerBound == .replicas
                && !required.contains($0.reach.thing) && !$0.reach.isWhole
        }
        guard let first = bold.first else { return [] }
        var names = bold.prefix(nameLimit).map(\.reach.thing)
        if bold.count > nameLimit { names.append("\(bold.count - nameLimit) more") }
        return [
            Finding(
                message:
                    "\(first.kind) promotes \(names.joined(separator: ", ")), and no `replica`"
                    + " looks at \(bold.count == 1 ? "it" : "them")",
                span: first.span,
                help: "name all of them under `resources` of the `replica` that is required"
            )
        ]
    }
}
