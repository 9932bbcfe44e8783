/// A takeover begins without a role that has been steady for a while.
struct NoSteadyRole: LintRule {
    static let page = LintPage(
        code: "no-steady-role",
        summary: "A takeover begins without a role that has been steady for a while.",
        why: "a state that was seen once proves little: at every boot, and when a link comes back,"
            + " a node is MASTER and, a moment later, BACKUP",
        story: """
            A switch restarts. Both nodes lose the link, both get it back, and for two seconds \
            both of them are master. The plan looks once, in the wrong second, and promotes the \
            disks while the peer still serves from them. From then on each node has writes that \
            the other one lacks. HAST says split-brain and connects no more, and one of the two \
            copies has to be thrown away, with everything that clients were told is safe.
            """,
        mend: """
            Require the role with `steady-for`, a few seconds, or wait for it so before the first \
            step that takes anything. `settle` in signals.yaml is no substitute, since it does \
            nothing for a run that a person starts; what it has waited counts, so that both \
            together take no longer than one. A pair without a shared address can allow it.
            """,
        example: """
            require:
              - carp: {interface: vlan50, vhid: 1, state: master, steady-for: 3s}
            """
    )

    static func findings(in plan: LintedPlan) -> [Finding] {
        guard plan.acquires, let first = plan.stacked.first, !first.care.isMasterSteady else {
            return []
        }
        return [
            Finding(
                message: "\(first.kind) comes before any role that is known to be steady",
                span: first.span,
                help: "write under `require:` \(plan.mastery(", steady-for: 3s"))"
            )
        ]
    }
}
