/// A pool is taken by force from copies that may be stale.
struct ForcedImportWithoutReplica: LintRule {
    static let page = LintPage(
        code: "forced-import-without-replica",
        summary: "A pool is taken by force from copies that may be stale.",
        why: "a copy in the middle of its synchronization can be promoted, and is a mixture of old"
            + " and new blocks",
        story: """
            disk3 of this node was replaced in the afternoon, and is being filled from the peer. \
            At 3 a.m. the peer loses its power supply. hastd promotes disk3 like all others, \
            since of a secondary it says `complete` as soon as it is connected, and the forced \
            import takes what it finds. ZFS finds blocks that do not fit together, or, worse, a \
            pool as it was yesterday, and the clients write on that.
            """,
        mend: """
            Require `replica` of all disks of the pool, and install the hook of hastd that keeps \
            its marks (`failover install hast`). When a person knows better, `--accept-stale` \
            does without it for one run, and no signal can say that.
            """,
        example: """
            require:
              - carp: {interface: vlan50, vhid: 1, state: master, steady-for: 3s}
              - replica: {resources: '${disks}', fresh: true}
            """
    )

    static func findings(in plan: LintedPlan) -> [Finding] {
        let disks = plan.platform == .linux ? "resources" : "disks"
        return plan.deeds.filter { $0.takesByForce && !$0.care.hasFullCopy }.map { deed in
            Finding(
                message: "\(deed.kind) takes \(deed.reach.thing) by force, and no full copy is"
                    + " required before",
                span: deed.span,
                help: "write under `require:` `- replica: {resources: '${\(disks)}', fresh: true}`"
            )
        }
    }
}
