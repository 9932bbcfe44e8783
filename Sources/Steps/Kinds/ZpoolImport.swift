import Engine

/// `zpool-import`: imports a ZFS pool.
struct ZpoolImport: StepKind {
    static let reference = Reference(
        "zpool-import",
        "Imports a ZFS pool.",
        notes: """
            Done when `zpool list` shows the pool ONLINE or DEGRADED and, unless `mount: false`, \
            all of its file systems are mounted; the exit code does not count, since an import \
            whose mounts fail returns 1 in older and 0 in newer releases. `force` takes a pool \
            that the other node did not export: it belongs under a `guard:`. It does not \
            override multihost. Always with `cachefile=none`, so that no boot imports the pool \
            by itself; never with `-F` or `-m`, which lose data. On Linux an import that is not \
            told its `devices` waits up to 30 s for udev, and can take the pool from the disk \
            beneath DRBD while that is down; the links of volumes under /dev/zvol come a moment \
            after the import, so wait for the device before a target serves it. The default \
            timeout allows for \
            the activity test of multihost (20 to 25 s) and for HAST with a dead peer (20 s).
            """,
        fields: [
            .required("pool", .name, "the pool, by name"),
            .optional(
                "mount",
                .boolean,
                "whether to mount and share its file systems too",
                absent: "`true`"
            ),
            .optional(
                "force",
                .boolean,
                "whether to take a pool that was not exported",
                absent: "`false`"
            ),
            .optional(
                "devices",
                .paths,
                "the devices, or the folders of devices, to search",
                absent: "all devices of the host; on Linux it must be given"
            ),
        ],
        main: "pool",
        timeout: .seconds(90),
        undone: "by `zpool-export` with `force: true`",
        example: "- zpool-import: {pool: tank, force: true, mount: false, devices: [/dev/hast]}"
    )

    private let options: ImportOptions
    private let backend: any PoolBackend
    private let state: HostState
    private let imported: HostState

    init?(_ fields: inout Fields) {
        let pool = fields.name("pool")
        let mount = fields.boolean("mount") ?? true
        let force = fields.boolean("force") ?? false
        let devices = fields.paths("devices") ?? []
        let backend = Registry.pool.of(fields.platform)
        if backend.needsDevices && !fields.isGiven("devices") { fields.lack("devices") }
        guard let pool else { return nil }
        self.backend = backend
        options = ImportOptions(pool: pool, force: force, mount: mount, devices: devices)
        imported = backend.state(of: pool, is: .imported)
        state = mount ? backend.mountedState(of: pool) : imported
    }

    var summary: String {
        "import pool \(options.pool)" + (options.mount ? "" : " without mounting it")
    }
    var effect: Effect { .acquires }
    var reach: Reach? {
        let top: Layer = options.mount ? .datasets : .pool
        return Reach("pool \(options.pool)", on: .pool...top, isForced: options.force)
    }
    var goal: Goal { .condition(state) }

    func apply(_ seen: Answers) -> [Command] {
        options.mount && imported.judge(seen) == .holds
            ? backend.mount(options.pool) : backend.take(options)
    }

    func assess(_ command: Command, _ output: Output) -> Assessment {
        backend.take(options).contains(command)
            ? backend.assessImport(options, output) : .lookUnlessNotStarted(output)
    }

    var inverse: Inverse { .step(ZpoolExport(options.pool, force: true, backend)) }
}

extension ZpoolImport {
    var bearing: Bearing {
        Bearing(effect, reach.map { [$0] } ?? [], searching: options.devices)
    }
}

extension Assessment {
    /// The world decides, whatever the exit code was.
    static func lookUnlessNotStarted(_ output: Output) -> Assessment {
        if let refusal = output.refusal { return refusal }
        return .look
    }
}
