/// The marks of full copies are required, and nothing tells the peer of them.
struct NoTellPeer: LintRule {
    static let page = LintPage(
        code: "no-tell-peer",
        summary: "Marks of full copies are required, and site.yaml says nothing of `tell-peer`.",
        why: "the primary alone knows when a copy is full: untold, the peer never has the mark that"
            + " its takeover requires",
        story: """
            The hook of hastd is installed on both nodes, and site.yaml has no `tell-peer`. The \
            copies are connected and full, and only the primary knows. One night the primary loses \
            its power supply. The other node has full copies of all disks and not one mark: `no \
            full copy` refuses the takeover, until a person says `--accept-stale` without any \
            means to know better.
            """,
        mend: """
            Write the command that reaches the peer into site.yaml, each node's with the other's \
            name, and try it by hand in both directions. A pair whose hook tells by other means \
            can allow it.
            """,
        example: """
            require:
              - carp: {interface: vlan50, vhid: 1, state: master, steady-for: 3s}
              - replica: {resources: '${disks}', fresh: true}
            # and in site.yaml, the command that reaches the peer:
            # tell-peer: [ssh, peer, /usr/local/sbin/failover, on, --hast]
            """
    )

    static func findings(in plan: LintedPlan) -> [Finding] {
        guard plan.acquires, let site = plan.site, site.tellPeer == nil,
            plan.conditions.contains(where: {
                $0.assurance == .fullCopy && $0.copies?.areMarked == true
            })
        else { return [] }
        return [
            Finding(
                message: "`replica` goes by marks, and site.yaml has no `tell-peer`",
                span: plan.header.span,
                help: "write `tell-peer: [ssh, …]` into site.yaml, the command that reaches the"
                    + " peer's `failover on --hast`"
            )
        ]
    }
}
