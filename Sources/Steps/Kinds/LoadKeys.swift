import Engine

/// `load-keys`: loads the keys of a pool's encrypted file systems and volumes.
struct LoadKeys: StepKind {
    static let reference = Reference(
        "load-keys",
        "Loads the keys of an encrypted pool that lie in a file or at an address.",
        notes: """
            `zfs load-key` of each file system and volume with a key of its own whose \
            `keylocation` is `file://` or `https://`. Nobody is ever asked for a key: what has \
            `keylocation=prompt` is a warning, as is a key that cannot be had, and `zfs-mount` \
            mounts what has its keys. A key that must not be missing stands in `must-load`: then \
            the step fails. Between `zpool-import` with `mount: false` and `zfs-mount`. An export \
            of the pool forgets the keys.
            """,
        fields: [
            .required("pool", .pool, "the pool"),
            .optional(
                "must-load", .names,
                "file systems or volumes without whose key the step has failed, by name",
                absent: "a key that cannot be loaded is a warning"),
        ],
        main: "pool",
        timeout: .seconds(60),
        undone: "by `zfs unload-key` of those that nothing uses any more",
        example: "- load-keys: {pool: tank, must-load: [tank/secret]}"
    )

    private let pool: String
    private let must: [String]
    private let backend: any PoolBackend

    init?(_ fields: inout Fields) {
        let pool = fields.pool("pool")
        must = fields.datasets("must-load", of: pool)
        backend = Registry.pool.of(fields.platform)
        guard let pool else { return nil }
        self.pool = pool
    }

    var summary: String { "load the keys of pool \(pool)" }
    var effect: Effect { .acquires }
    var reach: Reach? { Reach("pool \(pool)", on: .pool) }
    var goal: Goal { .condition(state(isWhole: true)) }
    var enough: (any Condition)? { state(isWhole: false) }

    private func state(isWhole: Bool) -> HostState {
        HostState(
            "the keys of pool \(pool) are loaded", subject: "keys of \(pool)",
            backend.keysLoaded(of: pool, must: must, isWhole: isWhole))
    }

    func apply(_ seen: Answers) -> [Command] { backend.loadKeys(of: pool, seen) }
    func assess(_ command: Command, _ output: Output) -> Assessment {
        .partlyUnlessDone(command, output)
    }
    func leftOver(_ seen: Answers, said: [String]) -> [String] {
        backend.missingKeys(of: pool, seen, said: said)
    }
    var inverse: Inverse { .step(UnloadKeys(pool: pool, backend: backend)) }
}

/// What takes `load-keys` back.
struct UnloadKeys: Step {
    let pool: String
    let backend: any PoolBackend

    var summary: String { "unload the keys of pool \(pool)" }
    var effect: Effect { .releases }
    var reach: Reach? { Reach("pool \(pool)", on: .pool) }
    var goal: Goal {
        .condition(
            HostState(
                "the keys of pool \(pool) are not loaded", subject: "keys of \(pool)",
                backend.keysUnloaded(of: pool)))
    }
    func apply(_ seen: Answers) -> [Command] { backend.unloadKeys(of: pool, seen) }
    var inverse: Inverse { .releasesOnly }
}
