import Engine

/// `pool`: whether a ZFS pool is imported.
struct PoolCondition: HostStateKind {
    static let reference = Reference(
        "pool",
        "A ZFS pool is imported and usable, or is not imported.",
        notes: """
            Imported means ONLINE or DEGRADED. A pool that is SUSPENDED, FAULTED or UNAVAIL is \
            neither usable nor absent, so neither state holds. Where `zpool list` hangs on a \
            suspended pool, the kernel is asked by itself (a sysctl on FreeBSD, a file on \
            Linux). On FreeBSD nothing but a reboot ends that, and nothing waits for it.
            """,
        fields: [
            .required("pool", .pool, "the pool"),
            .optional(
                "state",
                .choice(PoolState.words),
                "what is wanted",
                absent: "`imported`"
            ),
        ],
        main: "pool",
        timeout: .seconds(90),
        undone: "nothing to undo",
        example: "- pool: tank"
    )

    let state: HostState
    let claim: String?

    init?(_ fields: inout Fields) {
        let pool = fields.pool("pool")
        let wanted = fields.choice("state", of: PoolState.self) ?? .imported
        guard let pool else { return nil }
        claim = "pool=\(wanted.rawValue)"
        state = Registry.pool.of(fields.platform).state(of: pool, is: wanted)
    }
}
