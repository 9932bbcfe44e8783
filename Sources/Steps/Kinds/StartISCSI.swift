import Engine

/// `start-iscsi`: serves iSCSI from this host.
struct StartISCSI: StepKind {
    static let reference = Reference(
        "start-iscsi",
        "Starts the iSCSI target service of this host.",
        notes: """
            With ctld: all targets of /etc/ctl.conf are served, those of other pools too, \
            whether or not rc.conf enables ctld. Done when ctld runs, `ctladm portlist` shows \
            the targets online, each with all units that its file gives it, `ctladm devlist` none \
            of size 0, and the port answers. Where the file is not to be read, one unit is enough, \
            and the step warns. A start that returns 0 proves nothing, since ctld serves units of \
            size 0 where the pool is not there, a reload goes on without what could not be made, \
            and a newer ctld goes to the background first. \
            A ctld that runs already is made to read its configuration again, which brings in \
            units whose pool was not there before and leaves other sessions alone. If other \
            pools serve iSCSI too, name the `targets` of this one: else the units of all count, \
            and what takes it back stops all. What `stop-iscsi` closed of them is opened again.

            With lio: by `targetctl restore`, whatever systemd thinks of the unit around it. That \
            clears all targets of the host first, those of other pools too, and returns 0 when it \
            left something out: done when the kernel's own tree shows the targets enabled, each \
            with all units that the saved configuration gives it, and the port answers. Where that \
            file is not to be read, one unit is enough, and the step warns; what targetctl says \
            that it left out fails it then. Named `targets` are put up one by one out of that \
            file, by `targetcli restoreconfig`, and all others are left alone; each unit takes \
            that tool a moment, so give many a longer `timeout`. It knows a backstore by its name \
            alone: one whose name a backstore of another kind has, too, is not put up.

            With tgt: the daemon is started where it does not run (`tgt.service`), else made to \
            read its configuration again, of named `targets` alone. A target without its volume \
            is put up anew under its sessions, which `tgt-admin` by itself does not do, nor say. \
            Keep both from starting at boot: they would put up targets without volumes, and let \
            initiators in.

            A `config` of its own can lie on the pool, so that both nodes serve by the same file: \
            the step then stands behind `zfs-mount`. ctld is started by itself then (`ctld -f`); \
            one that runs already reads the file again that it was started with.
            """,
        fields: [
            .optional(
                "targets",
                .names,
                "the targets that must be online, by name",
                absent: "any one is enough"
            ),
            .optional(
                "portal",
                .name,
                "the address on which the target listens",
                absent: "`127.0.0.1`"
            ),
            .optional(
                "config",
                .path,
                "the file that says what is served; it may lie on the pool",
                absent: "the host's: /etc/ctl.conf, that of targetctl, /etc/tgt/targets.conf"
            ),
            Registry.iscsi.field,
        ],
        timeout: .seconds(60),
        undone: "by `stop-iscsi` with the same `targets`, whatever ran before",
        example: "- start-iscsi: {targets: [\"iqn.2012-06.com.example:target0\"]}"
    )

    private let backend: any ISCSIBackend
    private let service: ISCSIService
    private let state: HostState

    init?(_ fields: inout Fields) {
        var service = ISCSIService()
        service.targets = fields.names("targets") ?? []
        service.portal = fields.name("portal") ?? service.portal
        service.config = fields.path("config")
        backend = Registry.iscsi.chosen(by: &fields)
        self.service = service
        state = backend.started(service)
    }

    var summary: String { "start iSCSI" }
    var effect: Effect { .acquires }
    var reach: Reach? { service.reaches.first }
    var bearing: Bearing { Bearing(effect, service.reaches) }
    var goal: Goal { .condition(state) }
    func apply(_ seen: Answers) -> [Command] { backend.start(service, seen) }
    func assess(_ command: Command, _ output: Output, after seen: Answers) -> Assessment {
        backend.assess(output, of: service, after: seen)
    }
    func leftOver(_ seen: Answers, said: [String]) -> [String] { backend.leftOver(service, seen) }
    var inverse: Inverse { .step(StopISCSI(backend, service)) }
}
