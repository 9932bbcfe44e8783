/// A pool is taken by force, and nothing watches that it still may be.
struct ForcedImportWithoutGuard: LintRule {
    static let page = LintPage(
        code: "forced-import-without-guard",
        summary: "A pool is taken by force, and nothing watches that it still may be.",
        why: "force overrides the only mark by which a pool says that another node has it",
        story: """
            The plan looked at the role when it began. Then it waited two minutes for the peer, \
            promoted ten disks, and meanwhile the link came back and the peer became master \
            again. The import is next. `force` makes ZFS ignore that the pool was not exported, \
            and with copies on both sides not even multihost can see the peer. Both nodes have \
            the pool imported, and each of them writes.
            """,
        mend: """
            Put the role under `guard:` of the import, or of a group around it. It is looked at \
            right before the import and watched while it runs; when it breaks, the run goes back. \
            Leave `force` out where the peer always exports.
            """,
        example: """
            - zpool-import: {pool: tank, force: true, mount: false}
              guard:
                - carp: {interface: vlan50, vhid: 1, state: master}
            """
    )

    static func findings(in plan: LintedPlan) -> [Finding] {
        plan.deeds.filter { $0.takesByForce && !$0.isGuarded }.map { deed in
            Finding(
                message: "\(deed.kind) takes \(deed.reach.thing) by force, and has no guard",
                span: deed.span,
                help: "write `guard:` beside it, and below \(plan.mastery())"
            )
        }
    }
}
