/// A replica is promoted without a wait for the peer to let it go.
struct PromoteWithoutWait: LintRule {
    static let page = LintPage(
        code: "promote-without-wait",
        summary: "A replica is promoted without a wait for the peer to let it go.",
        why: "the replication may not refuse a second primary: hastd waits for a while, and then"
            + " starts anyway",
        story: """
            One network card fails, and the address moves. The peer is alive and well, and its \
            release plan is still stopping NFS. This node makes its disks primary at once. hastd \
            ends the worker of the secondary, waits some seconds for the peer to become secondary, \
            says `Remote node is still primary, starting anyway`, and there are two. What is \
            written on either side from then on is on that side alone, and when the two connect \
            again, it is a split-brain.
            """,
        mend: """
            Before `set-role` with `primary`, wait until the worker of the secondary is gone: one \
            exists only while the peer is primary and connected. Wait for each disk, and as long \
            as the release plan of the peer may take. A wait that has a `when`, or that may fail, \
            does not count.
            """,
        example: """
            - for-each: disk
              in: ${disks}
              at-once: all
              steps:
                - wait-for-process:
                    title: "hastd: ${disk} (secondary)"
                    state: absent
                  timeout: 130s
                - set-role: {resource: '${disk}', role: primary}
            """
    )

    static func findings(in plan: LintedPlan) -> [Finding] {
        guard plan.acquires else { return [] }
        let bold = plan.deeds.filter {
            $0.effect == .acquires && $0.reach.layers.lowerBound == .replicas
                && !$0.care.hasPeerLetGo
        }
        let wait =
            plan.platform == .linux
            ? "a `wait-for-role` with `peer: not-primary` before it"
            : "a `wait-for-process` of the secondary's worker, `state: absent`, before it, or a"
                + " `wait-for-role` with `peer: not-primary`"
        return bold.map { deed in
            Finding(
                message: "\(deed.kind) takes \(deed.reach.thing) without a wait for the peer to let"
                    + " it go",
                span: deed.span,
                help: "put " + wait
            )
        }
    }
}
