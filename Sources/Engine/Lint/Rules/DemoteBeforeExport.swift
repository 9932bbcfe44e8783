/// A disk is taken away from under an open pool.
struct DemoteBeforeExport: LintRule {
    static let page = LintPage(
        code: "demote-before-export",
        summary: "A disk is taken away from under an open pool.",
        why: "HAST does not refuse it, as DRBD does: the devices vanish under the open pool, and"
            + " ZFS suspends it",
        story: """
            The release demotes the disks and exports then. hastctl returns 0 and the devices are \
            gone, with the writes that were on their way. ZFS suspends the pool. `zpool export` \
            now waits for a disk that is not there, cannot be killed, and holds up every other \
            zpool command. Only a reboot helps, and what clients had written but not synced is \
            lost.
            """,
        mend: """
            Export the pool first, and demote when a look shows that it is gone: `set-role` behind \
            `zpool-export`, in a sequence.
            """,
        example: """
            - zpool-export: {pool: tank, force: true}
            - set-role: {resource: disk0, role: secondary}
            """
    )

    static func findings(in plan: LintedPlan) -> [Finding] {
        plan.earlyReleases { $0 == .replicas }
    }
}
