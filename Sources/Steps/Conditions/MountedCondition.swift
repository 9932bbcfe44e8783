import Engine

/// `mounted`: whether the file systems of a pool are in the tree.
struct MountedCondition: HostStateKind {
    static let reference = Reference(
        "mounted",
        "The file systems of a ZFS pool are mounted, all of them, or none.",
        notes: """
            `mounted` wants every file system with `canmount=on` and a mount point of its own; \
            one that is missing makes it false, since an export of it would serve the folder on \
            the root disk beneath. `unmounted` wants none with a mount point to be mounted. \
            `none` and `legacy` mount points are not looked at.
            """,
        fields: [
            .required("pool", .pool, "the pool"),
            .optional(
                "state",
                .choice(MountState.words),
                "what is wanted",
                absent: "`mounted`"
            ),
        ],
        main: "pool",
        timeout: .seconds(60),
        undone: "nothing to undo",
        example: "- mounted: tank"
    )

    let state: HostState
    let claim: String?

    init?(_ fields: inout Fields) {
        let pool = fields.pool("pool")
        let wanted = fields.choice("state", of: MountState.self) ?? .mounted
        guard let pool else { return nil }
        claim = "mounted=\(wanted.rawValue)"
        state = Registry.pool.of(fields.platform).mounts(of: pool, are: wanted)
    }
}
