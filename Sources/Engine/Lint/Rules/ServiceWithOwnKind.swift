/// A service is started or stopped by its name, though a kind of step does more.
struct ServiceWithOwnKind: LintRule {
    static let page = LintPage(
        code: "service-with-own-kind",
        summary: "A service is started or stopped by its name, though there is a step of its own.",
        why: "the step of its own looks at what is served, and not only at whether a process runs",
        story: """
            The plan says `start-service: nfsd`. nfsd has run since the boot, so that the step is \
            done at once. mountd read /etc/exports before the pool was there and never again: the \
            run ends well, and clients get `Permission denied`, or the empty folder beneath the \
            mount point.
            """,
        mend: """
            Write the step that knows the service: `start-nfs` for nfsd and mountd, `start-iscsi` \
            for ctld, LIO and tgt, `set-role` and `restart-hastd` for hastd. The orders of the \
            layers are held for those, too.
            """,
        example: """
            - zfs-mount: tank
            - parallel: [start-nfs, start-iscsi]
            """
    )

    static func findings(in plan: LintedPlan) -> [Finding] {
        plan.stepNodes.compactMap { id, step in
            guard let better = step.step.bearing.better else { return nil }
            return Finding(
                message: "`\(step.kind)` is to \(step.step.summary), for which there is \(better)",
                span: plan.nodes[id.index].span,
                help: "write \(better)"
            )
        }
    }
}
