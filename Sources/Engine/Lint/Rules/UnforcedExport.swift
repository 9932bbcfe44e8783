/// A release exports a pool only if nobody uses it.
struct UnforcedExport: LintRule {
    static let page = LintPage(
        code: "unforced-export",
        summary: "A release exports a pool only if nobody uses it.",
        why: "one open file on a mounted file system is enough to keep the pool, and the peer waits"
            + " for it",
        story: """
            An administrator looked for something on the old master in the afternoon, and the \
            shell still stands in a folder of the pool. The release stops NFS and iSCSI, and then \
            `zpool export` says `pool is busy`, at each attempt, until the budget is spent. The \
            node that was to give up keeps the pool, and the other one gives up waiting.
            """,
        mend: """
            Write `force: true` (`zpool export -f`): the file systems are unmounted though files \
            are open, and who had them open gets errors. Nothing that was synced is lost. A \
            release that is run by hand alone, by somebody who looks first, can allow it.
            """,
        example: """
            - parallel: [stop-iscsi, stop-nfs]
            - zpool-export: {pool: tank, force: true}
            """
    )

    static func findings(in plan: LintedPlan) -> [Finding] {
        guard plan.header.direction == .release else { return [] }
        let shy = plan.deeds.filter {
            $0.effect == .releases && $0.reach.layers.lowerBound == .pool && !$0.reach.isForced
        }
        return shy.map { deed in
            Finding(
                message: "\(deed.kind) gives up \(deed.reach.thing) only if nobody uses it",
                span: deed.span,
                help: deed.kind == "`execute`" ? "export with `-f`" : "write `force: true`"
            )
        }
    }
}
