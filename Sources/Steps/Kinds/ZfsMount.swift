import Engine

/// `zfs-mount`: mounts the file systems of a pool.
struct ZfsMount: StepKind {
    static let reference = Reference(
        "zfs-mount",
        "Mounts and shares the file systems of a pool that was imported unmounted.",
        notes: """
            Done when every file system of the pool with `canmount=on` and a mount point of its \
            own is mounted: an export of one that is not would serve the root disk. It says \
            `zfs mount -a` and `zfs share -a`, as an import without `mount: false` does, which \
            act on all pools of the host, and make a running mountd read its exports again. \
            Clients may write from here on, so it belongs behind the point of no return.
            """,
        fields: [.required("pool", .name, "the pool")],
        main: "pool",
        timeout: .seconds(60),
        undone: "by `zfs-unmount` with `force: true`",
        example: "- zfs-mount: tank"
    )

    private let pool: String
    private let backend: any PoolBackend
    private let state: HostState

    init?(_ fields: inout Fields) {
        guard let pool = fields.name("pool") else { return nil }
        self.pool = pool
        backend = Registry.pool.of(fields.platform)
        state = backend.mounts(of: pool, are: .mounted)
    }

    var summary: String { "mount the file systems of pool \(pool)" }
    var effect: Effect { .acquires }
    var reach: Reach? { Reach("pool \(pool)", on: .datasets) }
    var goal: Goal { .condition(state) }
    func apply(_ seen: Answers) -> [Command] { backend.mount(pool) }
    var inverse: Inverse { .step(ZfsUnmount(pool, force: true, backend)) }
}
