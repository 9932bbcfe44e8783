/// Two branches run side by side, and one rests on the other.
struct UnorderedBranches: LintRule {
    static let page = LintPage(
        code: "unordered-branches",
        summary: "Two branches run side by side, and one rests on the other.",
        why: "side by side, either may be first, and tests may never show the wrong order",
        story: """
            `stop-nfs` and `zpool-export` stand in one `parallel`. In the maintenance window nfsd \
            had no clients and was gone in a moment, so that all went well, five times. At 3 a.m. \
            it has two hundred. The export comes first, the pool is busy, and the release spends \
            its budget on something that an order would have spared. With `set-role` beside \
            `zpool-import`, the import searches disks that are not there yet.
            """,
        mend: """
            Let stand side by side what is of one layer: the disks, or the services. Where each \
            branch builds a stack of its own, from its disks up, that is in order, too.
            """,
        example: """
            - parallel: [stop-iscsi, stop-nfs]
            - zpool-export: tank
            """
    )

    static func findings(in plan: LintedPlan) -> [Finding] {
        plan.inversions.filter(\.isBeside).map { pair in
            let (upper, lower) = (plan.kind(pair.upper), plan.kind(pair.lower))
            let (first, second) = plan.acquires ? (lower, upper) : (upper, lower)
            return Finding(
                message: "\(upper) rests on \(lower), and they stand side by side",
                span: plan.nodes[pair.upper.index].span,
                help: "put them into one sequence: \(first), then \(second)"
            )
        }
    }
}
