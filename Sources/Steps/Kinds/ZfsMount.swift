import Engine

/// `zfs-mount`: mounts the file systems of a pool.
struct ZfsMount: StepKind {
    static let reference = Reference(
        "zfs-mount",
        "Mounts and shares the file systems of a pool that was imported unmounted.",
        notes: """
            Skipped when every file system is mounted that `zfs mount -a` would mount: with \
            `canmount=on` and a mount point of its own. What that leaves out without a word is \
            told as a warning, with its reason: no key is loaded, it is `zoned` or `jailed`, a \
            receive of it broke off, or it is redacted. It says `zfs mount -a` and `zfs share -a`, \
            as an import without `mount: false` does, which act on all pools of the host. When \
            some of the pool is mounted then, the step is done, and what could not be mounted, \
            such as on a folder with files in it, is a warning, too: one file system does not \
            keep the others from their clients. What must not be missing stands in `must-mount`: \
            then the step fails. An NFS server that runs already is made to read its exports \
            again, and told of. Clients may write from here on, so it belongs behind the point \
            of no return.
            """,
        fields: [.required("pool", .pool, "the pool"), Mounting.field],
        main: "pool",
        timeout: .seconds(60),
        undone: "by `zfs-unmount` with `force: true`",
        example: "- zfs-mount: tank"
    )

    private let pool: String
    private let backend: any PoolBackend
    private let mounting: Mounting

    init?(_ fields: inout Fields) {
        let pool = fields.pool("pool")
        guard let mounting = Mounting(&fields, of: pool) else { return nil }
        self.pool = mounting.pool
        self.mounting = mounting
        backend = Registry.pool.of(fields.platform)
    }

    var summary: String { "mount the file systems of pool \(pool)" }
    var effect: Effect { .acquires }
    var reach: Reach? { Reach("pool \(pool)", on: .datasets) }
    var goal: Goal { .condition(state(mounting.whole)) }
    var enough: (any Condition)? { state(mounting.enough) }

    private func state(_ probe: Probe) -> HostState {
        HostState(
            "the file systems of pool \(pool) are mounted", subject: "mounts of \(pool)", probe)
    }

    func apply(_ seen: Answers) -> [Command] { mounting.apply(seen) }
    func assess(_ command: Command, _ output: Output) -> Assessment {
        mounting.assess(command, output)
    }
    func leftOver(_ seen: Answers, said: [String]) -> [String] {
        mounting.leftOver(seen, said: said)
    }
    func caution(_ seen: Answers) -> String? { mounting.caution(seen) }
    var inverse: Inverse { .step(ZfsUnmount(pool, force: true, backend)) }
}
