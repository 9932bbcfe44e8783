import Engine

/// `zfs-unmount`: unmounts the file systems of a pool.
struct ZfsUnmount: StepKind {
    static let reference = Reference(
        "zfs-unmount",
        "Unmounts the file systems of a pool, and leaves it imported.",
        notes: """
            Each file system that is seen to be mounted is unmounted by itself, the deepest \
            first; those of other pools stay. `legacy` ones are left to umount(8), or to the \
            export of the pool, which needs no unmounting before it.
            """,
        fields: [
            .required("pool", .pool, "the pool"),
            .optional(
                "force",
                .boolean,
                "whether to unmount file systems that are in use",
                absent: "`false`"
            ),
        ],
        main: "pool",
        timeout: .seconds(60),
        undone: "not undone: what was given up is not taken back",
        example: "- zfs-unmount: {pool: tank, force: true}"
    )

    private let pool: String
    private let force: Bool
    private let backend: any PoolBackend
    private let state: HostState

    init?(_ fields: inout Fields) {
        let pool = fields.pool("pool")
        let force = fields.boolean("force") ?? false
        guard let pool else { return nil }
        self.init(pool, force: force, Registry.pool.of(fields.platform))
    }

    init(_ pool: String, force: Bool, _ backend: any PoolBackend) {
        self.pool = pool
        self.force = force
        self.backend = backend
        state = backend.mounts(of: pool, are: .unmounted)
    }

    var summary: String { "unmount the file systems of pool \(pool)" }
    var effect: Effect { .releases }
    var reach: Reach? { Reach("pool \(pool)", on: .datasets) }
    var goal: Goal { .condition(state) }
    func apply(_ seen: Answers) -> [Command] {
        // Nothing is tried that would only hang.
        state.canNeverHold(seen) ? [] : backend.unmount(pool, force: force, seen)
    }
    var inverse: Inverse { .releasesOnly }
}
