/// A takeover takes something before what it rests on.
struct AcquireOutOfOrder: LintRule {
    static let page = LintPage(
        code: "acquire-out-of-order",
        summary: "A takeover takes something before what it rests on.",
        why: "replicas carry the pool, the pool its file systems, and those the services",
        story: """
            `start-nfs` stands before `zfs-mount`. mountd finds the folder of the mount point, \
            empty, on the root disk, and exports that one. Clients that come back see an empty \
            file system: one job finds nothing to do and reports success, another one fills the \
            root disk. Each step did what it was told, and no exit code was wrong.
            """,
        mend: """
            Go up through the layers: `set-role`, `zpool-import`, `zfs-mount`, then services. The \
            address is no part of this order.
            """,
        example: """
            - zpool-import: {pool: tank, mount: false}
            - point-of-no-return: clients may write from here on
            - zfs-mount: tank
            - start-nfs
            """
    )

    static func findings(in plan: LintedPlan) -> [Finding] {
        guard plan.acquires else { return [] }
        return plan.inversions.filter { !$0.isBeside }.map { pair in
            Finding(
                message: "\(plan.kind(pair.upper)) stands before \(plan.kind(pair.lower)), on which"
                    + " it rests",
                span: plan.nodes[pair.upper.index].span,
                help: "put \(plan.kind(pair.upper)) behind \(plan.kind(pair.lower))"
            )
        }
    }
}
