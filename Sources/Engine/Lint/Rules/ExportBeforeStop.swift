/// A pool is given up while something uses it.
struct ExportBeforeStop: LintRule {
    static let page = LintPage(
        code: "export-before-stop",
        summary: "A pool is given up while something uses it.",
        why: "whoever uses the pool keeps it busy, and even a forced export may not get past that",
        story: """
            The release exports the pool first. nfsd still has files open there, and a ctld still \
            serves its volumes, so `pool is busy` is all it says, at each attempt, until the two \
            minutes are over. The run ends stuck, or the node reboots itself. The peer has had \
            the address all the while, waits for disks that nobody lets go, and gives up as well.
            """,
        mend: """
            Stop what serves from the pool first: `stop-iscsi`, `stop-nfs`, `stop-service`. They \
            can go side by side. `zfs-unmount`, if it is there at all, comes between them and the \
            export.
            """,
        example: """
            - parallel: [stop-iscsi, stop-nfs]
            - zpool-export: {pool: tank, force: true}
            """
    )

    static func findings(in plan: LintedPlan) -> [Finding] {
        plan.earlyReleases { $0 > .replicas }
    }
}
