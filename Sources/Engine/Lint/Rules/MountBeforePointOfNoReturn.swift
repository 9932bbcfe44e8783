/// Clients can write while the run may still be taken back.
struct MountBeforePointOfNoReturn: LintRule {
    static let page = LintPage(
        code: "mount-before-point-of-no-return",
        summary: "Clients can write while the run may still be taken back.",
        why: "once it is mounted or served, others write; a roll-back would take it from under"
            + " them",
        story: """
            The peer is dead. The import mounts the file systems, NFS starts, and the waiting \
            clients write at once. ctld then fails over one bad line of its configuration. The \
            plan rolls back: it stops NFS, exports under open files, and demotes the disks. What \
            the clients wrote in that minute is on this node alone. The peer comes back with its \
            older copy and takes over, and that minute is gone, or a split-brain.
            """,
        mend: """
            Import with `mount: false`, write `point-of-no-return` behind it, and mount and start \
            services after that. From there on a failure is retried and not taken back, and at \
            the end a person is called.
            """,
        example: """
            - zpool-import: {pool: tank, mount: false}
            - point-of-no-return: clients may write from here on
            - zfs-mount: tank
            - parallel: [start-nfs, start-iscsi]
            """
    )

    static func findings(in plan: LintedPlan) -> [Finding] {
        guard plan.acquires else { return [] }
        let point = plan.nodes.indices.first {
            if case .pointOfNoReturn = plan.nodes[$0].kind {
                plan.nodes[$0].parent == plan.steps
            } else {
                false
            }
        }
        // Without a point of no return all stand before it; to tell of the first is enough.
        let early = plan.stacked.filter { deed in
            deed.reach.layers.upperBound >= .datasets && point.map { deed.id.index < $0 } ?? true
        }
        return early.prefix(point == nil ? 1 : early.count).map { deed in
            let isImport = deed.reach.layers.lowerBound == .pool
            return Finding(
                message: "\(deed.kind) lets clients write, and "
                    + (point == nil
                        ? "the plan has no point of no return" : "can still be taken back"),
                span: deed.span,
                help: (isImport ? "write `mount: false`, and `zfs-mount`" : "put it")
                    + " behind `- point-of-no-return: clients may write from here on`"
            )
        }
    }
}
