/// The journals lie on what the plan moves.
struct StateFolderMoves: LintRule {
    static let page = LintPage(
        code: "state-folder-moves",
        summary: "The journals lie on the pool that the plan moves.",
        why: "the run's own journal keeps the pool busy, and goes away with it",
        story: """
            site.yaml puts `folders: {state: /tank/failover}`, since the pool is large and \
            mirrored. The release stops all services and exports: `pool is busy`, by the journal \
            that this very run has open, at each attempt until it is stuck. Or the export is \
            forced: then the run has no journal any more, and after a crash nobody can tell how \
            far it came. On the other node the folder is empty, or someone else's.
            """,
        mend: """
            Leave `state` and `runtime` on a disk of the node itself, as they are when site.yaml \
            says nothing (`/var/db/failover`, `/var/lib/failover`). The rule goes by the name of \
            the pool in the path, since a plan does not know what is mounted where: a path that \
            only looks so can be allowed.
            """,
        example: """
            - zpool-import: {pool: tank, mount: false}     # and in site.yaml no `folders`
            """
    )

    static func findings(in plan: LintedPlan) -> [Finding] {
        let folders = [plan.site?.stateFolder, plan.site?.runtimeFolder].compactMap(\.self)
        var told: Set<String> = []
        return plan.stepNodes.flatMap { id, step -> [Finding] in
            let things = step.step.bearing.reaches.filter { $0.layers.contains(.datasets) }
            return folders.compactMap { folder in
                guard let thing = things.first(where: { lies(folder, on: $0) })?.thing,
                    told.insert(folder).inserted
                else { return nil }
                return Finding(
                    message: "the folder \(folder) of site.yaml lies on \(thing), which"
                        + " \(step.title) moves",
                    span: plan.nodes[id.index].span,
                    help: "put it on a disk of this node under `folders:` of site.yaml"
                )
            }
        }
    }

    /// Folders in which nobody mounts a pool that moves, so that its name there means nothing.
    private static let ofTheNode: Set<Substring> = [
        "etc", "home", "opt", "root", "run", "usr", "var",
    ]

    /// Whether a path seems to lie below the mount point of a pool, which by itself has its name:
    /// `/tank/failover`, `/mnt/tank/failover`.
    private static func lies(_ folder: String, on reach: Reach) -> Bool {
        guard reach.thing.hasPrefix("pool ") else { return false }
        let pool = reach.thing.dropFirst(5)
        let parts = folder.split(separator: "/")
        guard let first = parts.first, first != pool else { return !parts.isEmpty }
        return !ofTheNode.contains(first) && parts.dropLast().contains(pool)
    }
}
