import Engine

/// `zpool-export`: exports a ZFS pool.
struct ZpoolExport: StepKind {
    static let reference = Reference(
        "zpool-export",
        "Exports a ZFS pool, so that the other node can import it.",
        notes: """
            Done when `zpool list` does not know the pool any more. Its file systems are \
            unshared and unmounted on the way. Stop NFS and iSCSI first: `force` unmounts under \
            users, but a served volume or a client's open file still keeps the pool busy. A \
            pool that is SUSPENDED cannot be exported on FreeBSD, not even with its devices back: \
            the step fails at once and says that only a reboot of this machine helps, which \
            `if-stuck: fence-self` is. On Linux its `zpool export` may hang and resist being \
            killed: then its devices coming back and `zpool clear`, or a reboot, help. An export \
            that is refused leaves the file systems unmounted; `zfs mount -a` brings them back.
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
        example: "- zpool-export: {pool: tank, force: true}"
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
        state = backend.state(of: pool, is: .absent)
    }

    var summary: String { "export pool \(pool)" }
    var effect: Effect { .releases }
    var reach: Reach? { Reach("pool \(pool)", on: .pool ... .datasets, isForced: force) }
    var goal: Goal { .condition(state) }

    func apply(_ seen: Answers) -> [Command] {
        // Nothing is tried that would only hang.
        state.canNeverHold(seen) ? [] : backend.release(pool, force: force)
    }

    func assess(_ command: Command, _ output: Output) -> Assessment {
        backend.assessExport(pool, output)
    }

    var inverse: Inverse { .releasesOnly }
}
