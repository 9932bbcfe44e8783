import Engine

/// `zpool-import`: imports a ZFS pool.
struct ZpoolImport: StepKind {
    static let reference = Reference(
        "zpool-import",
        "Imports a ZFS pool.",
        notes: """
            Done when `zpool list` shows the pool ONLINE or DEGRADED and, unless `mount: false`, \
            its file systems are mounted as by `zfs-mount`; the exit code does not count, since \
            an import whose mounts fail returns 1 in older and 0 in newer releases. `force` \
            takes a pool that the other node did not export: it belongs under a `guard:`. It \
            does not override multihost. Always with `cachefile=none`, so that no boot imports \
            the pool by itself; one that is imported already, by hand perhaps, is given it. \
            Never with `-F`, which loses data, and not with `-l`, since nobody is there to type: \
            keys are loaded by `load-keys`. On Linux an import that is not told its `devices` \
            waits up to 30 s for udev, and can take the pool from the disk beneath DRBD while \
            that is down; the links of volumes under /dev/zvol come a moment after the import, \
            so wait for the device before a target serves it. The default timeout allows for the \
            activity test of multihost (20 to 25 s) and for HAST with a dead peer (20 s).
            """,
        fields: [
            .required("pool", .pool, "the pool, by name"),
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
            Mounting.field,
            .optional(
                "altroot", .path,
                "the folder under which it is mounted, for as long as it is imported (`-R`); one"
                    + " that is imported elsewhere makes the step fail",
                absent: "the root"
            ),
            .optional(
                "missing-log", .boolean,
                "whether to import without a log device that is missing (`-m`): what was written"
                    + " there alone, at most the last seconds of synchronous writes, is lost",
                absent: "`false`"
            ),
            .optional(
                "id", .name,
                "its number, as `zpool import` shows it, where several pools have its name",
                absent: "it is searched by its name"
            ),
        ],
        main: "pool",
        timeout: .seconds(90),
        undone: "by `zpool-export` with `force: true`",
        example: "- zpool-import: {pool: tank, force: true, mount: false, devices: [/dev/hast]}"
    )

    private let options: ImportOptions
    private let backend: any PoolBackend
    private let imported: HostState
    private let mounting: Mounting?

    init?(_ fields: inout Fields) {
        let pool = fields.pool("pool")
        let mount = fields.boolean("mount") ?? true
        let force = fields.boolean("force") ?? false
        let devices = fields.paths("devices") ?? []
        let backend = Registry.pool.of(fields.platform)
        if backend.needsDevices && !fields.isGiven("devices") { fields.lack("devices") }
        let mounting = Mounting(&fields, of: pool)
        let altroot = fields.path("altroot")
        let withoutLog = fields.boolean("missing-log") ?? false
        let id = fields.name("id")
        if let id, UInt64(id) == nil {
            fields.report(
                "id", "`\(id)` is not the number of a pool",
                note: "`zpool import` shows it behind `id:`", help: "write the digits alone")
        }
        guard let pool else { return nil }
        if !mount && fields.isGiven("must-mount") {
            fields.report(
                "must-mount", "`must-mount` stands beside `mount: false`",
                note: "nothing is mounted then", help: "write it into `zfs-mount`")
        }
        self.backend = backend
        options = ImportOptions(
            pool: pool, force: force, mount: mount, devices: devices, altroot: altroot,
            withoutLog: withoutLog, id: id)
        imported = backend.state(of: pool, is: .imported)
        self.mounting = mount ? mounting : nil
    }

    var summary: String {
        "import pool \(options.pool)" + (options.mount ? "" : " without mounting it")
    }
    var effect: Effect { .acquires }
    var reach: Reach? {
        let top: Layer = options.mount ? .datasets : .pool
        return Reach("pool \(options.pool)", on: .pool...top, isForced: options.force)
    }
    var goal: Goal { .condition(state(backend.isPlaced(options), mounting?.whole)) }
    var enough: (any Condition)? {
        let place = backend.isPlaced(options)
        let isThere = Probe(place.queries) { seen in
            if case .never(let why) = place.judge(seen) { .never(why) } else { .holds }
        }
        return state(isThere, mounting?.enough)
    }

    private func state(_ place: Probe, _ mounts: Probe?) -> HostState {
        let pool = backend.pool(options.pool, is: .imported).and(place)
        return HostState(
            "pool \(options.pool) is imported" + (mounts == nil ? "" : " and mounted"),
            subject: "pool \(options.pool)", mounts.map { pool.and($0) } ?? pool)
    }

    func apply(_ seen: Answers) -> [Command] {
        guard imported.judge(seen) == .holds else { return backend.take(options) }
        switch backend.isPlaced(options).judge(seen) {
        case .never: return []
        case .holds: return mounting?.apply(seen) ?? []
        case .doesNot, .unknown: return backend.place(options) + (mounting?.apply(seen) ?? [])
        }
    }

    /// A pool that was imported before stays so.
    func isTakenBack(_ command: Command) -> Bool { !backend.place(options).contains(command) }

    func assess(_ command: Command, _ output: Output) -> Assessment {
        backend.take(options).contains(command)
            ? backend.assessImport(options, output) : .partlyUnlessDone(command, output)
    }

    func leftOver(_ seen: Answers, said: [String]) -> [String] {
        backend.misplaced(options, seen) + (mounting?.leftOver(seen, said: said) ?? [])
    }
    func caution(_ seen: Answers) -> String? { mounting?.caution(seen) }

    var inverse: Inverse { .step(ZpoolExport(options.pool, force: true, backend)) }
}

extension ZpoolImport {
    var bearing: Bearing {
        Bearing(effect, reach.map { [$0] } ?? [], searching: options.devices)
    }
}
