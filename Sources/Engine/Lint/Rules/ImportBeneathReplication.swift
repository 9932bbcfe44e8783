/// An import searches where the disks beneath the replication are.
struct ImportBeneathReplication: LintRule {
    static let page = LintPage(
        code: "import-beneath-replication",
        summary: "An import can find the pool on the disks beneath the replication.",
        why: "the label of the pool is on the disk itself, too: imported from there, no write"
            + " reaches the peer",
        story: """
            One resource of ten did not come up, and the import was told to search all of /dev. It \
            finds nine disks under the replication and the tenth beneath it, or all ten beneath \
            it. The pool is there and clients write. Nothing of that is replicated; when the \
            resource comes up it synchronizes over the blocks that were written around it, and \
            both copies are a mixture.
            """,
        mend: """
            Name under `devices` the folder or the devices of the replication alone: \
            `[/dev/hast]`, or the `/dev/drbd…` of each resource. A pool that lies on something \
            above the replication (a mapping of dm-crypt on DRBD) names those devices, one by one, \
            or allows it.
            """,
        example: """
            - zpool-import: {pool: tank, mount: false, devices: [/dev/hast]}
            """
    )

    static func findings(in plan: LintedPlan) -> [Finding] {
        let replicates = plan.deeds.contains {
            $0.effect == .acquires && $0.reach.layers.lowerBound == .replicas
        }
        guard plan.acquires, replicates else { return [] }
        return plan.stepNodes.compactMap { id, step in
            guard let searched = step.step.bearing.searched else { return nil }
            let broad = searched.filter { !isAbove($0) }
            guard searched.isEmpty || !broad.isEmpty else { return nil }
            let places = broad.isEmpty ? "all devices of the host" : listed(broad)
            return Finding(
                message: "\(step.title) searches \(places), where the disks beneath the"
                    + " replication can be found",
                span: plan.nodes[id.index].span,
                help: plan.platform == .linux
                    ? "write `devices:` and the /dev/drbd… of each resource"
                    : "write `devices: [/dev/hast]`"
            )
        }
    }

    /// Whether nothing beneath a replication is found at a path: the devices of HAST and DRBD, and
    /// single devices that something above them may have made.
    private static func isAbove(_ path: String) -> Bool {
        let parts = path.split(separator: "/")
        guard parts.first == "dev", parts.count > 1 else { return false }
        if parts[1] == "hast" || parts[1].hasPrefix("drbd") { return true }
        let isSingle = parts.count > 2 && parts[1] == "mapper" || parts[1].hasPrefix("dm-")
        return isSingle || parts[1].hasPrefix("md")
    }
}
