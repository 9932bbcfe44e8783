/// The plan takes something that its counterpart does not give up.
struct CounterpartLacksRelease: LintRule {
    static let page = LintPage(
        code: "counterpart-lacks-release",
        summary: "The plan takes something that its counterpart does not give up.",
        why: "the counterpart must bring the node back from any state, and would leave this behind",
        story: """
            Samba was added to the master plan in spring. Nobody thought of the other one. At the \
            next failover the old master stops NFS and iSCSI and tries to export, and smbd has \
            files open on the pool. The release is stuck, the peer waits for the disks, and the \
            message names the pool and not Samba.
            """,
        mend: """
            Add the step to the counterpart that gives up what this one takes: `stop-service` for \
            `start-service`, `zpool-export` for `zpool-import` and `zfs-mount`, `set-role` with \
            `secondary` for `primary`, by the same names. `site.yaml` keeps the names alike.
            """,
        example: """
            - parallel:
                - stop-nfs
                - stop-service: samba_server
            - zpool-export: tank
            """
    )

    static func findings(in plan: LintedPlan) -> [Finding] {
        guard plan.acquires, let other = plan.counterpart, let steps = other.steps else {
            return []
        }
        let released = plan.deeds(from: steps).filter { $0.effect == .releases }.map(\.reach)
        let byThing = Dictionary(grouping: released, by: \.thing)
        let wholes = released.filter(\.isWhole)
        let kept = plan.deeds.filter { deed in
            guard deed.effect == .acquires else { return false }
            let names = [deed.reach.thing] + (deed.reach.service.map { [$0] } ?? [])
            let rivals =
                deed.reach.isWhole ? released : names.flatMap { byThing[$0] ?? [] }
            return !(rivals + wholes).contains { $0.covers(deed.reach) }
        }
        return kept.map { deed in
            Finding(
                message: "\(deed.kind) takes \(deed.reach.thing), and nothing in"
                    + " \(other.header.name) gives it up",
                span: deed.span,
                help: "add its release to \(other.header.name)"
            )
        }
    }
}
