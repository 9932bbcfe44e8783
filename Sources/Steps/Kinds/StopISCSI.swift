import Engine

/// `stop-iscsi`: serves no iSCSI from this host any more.
struct StopISCSI: StepKind {
    static let reference = Reference(
        "stop-iscsi",
        "Stops the iSCSI target service of this host.",
        notes: """
            With ctld: every target of the host goes, those of other pools too, and every \
            session is dropped; units that ctld did not set up stay. Done when no process of \
            ctld is left, one that has yet to apply its configuration included, and the kernel \
            has no iSCSI port left: a ctld that was killed leaves its units behind, which keep \
            the pool busy, and its ports. It is started and stopped once more then, which ends \
            the units, and each port is removed by `ctladm port -r`, since nothing else does it. \
            With lio: `targetctl clear` takes down all that the kernel's target has, and the \
            step is done when no target is enabled and no backstore holds a device. With tgt: \
            the daemon lets nobody in any more, puts all out and drops its targets; it goes on \
            running, which holds nothing.

            With `targets` only those go, and what other pools serve stays; initiators are put \
            out, so let the address go first. With ctld: `ctladm port -o off`, and each of their \
            logical units closes its volume (`ha_role=secondary`, ctl(4)) until `start-iscsi` \
            opens it; a unit behind another target, too, is left. With lio: `targetcli` \
            disables and deletes them, and each backstore of theirs; its package is \
            `targetcli-fb`. With tgt: `tgt-admin --offline` and `--delete`.
            """,
        fields: [
            .optional(
                "targets", .names, "the targets that are taken down, by name", absent: "all"),
            Registry.iscsi.field,
        ],
        timeout: .seconds(60),
        undone: "not undone: what was given up is not taken back",
        example: "- stop-iscsi:"
    )

    private let backend: any ISCSIBackend
    private let service: ISCSIService
    private let state: HostState

    init?(_ fields: inout Fields) {
        var service = ISCSIService()
        service.targets = fields.names("targets") ?? []
        self.init(Registry.iscsi.chosen(by: &fields), service)
    }

    init(_ backend: any ISCSIBackend, _ service: ISCSIService) {
        self.backend = backend
        self.service = service
        state = backend.stopped(service)
    }

    var summary: String {
        "stop iSCSI" + (service.targets.isEmpty ? "" : " of \(Reach.named(service.targets))")
    }
    var effect: Effect { .releases }
    var reach: Reach? { service.reaches.first }
    var bearing: Bearing { Bearing(effect, service.reaches) }
    var goal: Goal { .condition(state) }
    func apply(_ seen: Answers) -> [Command] { backend.stop(service, seen) }
    func assess(_ command: Command, _ output: Output) -> Assessment { backend.assess(output) }
    var inverse: Inverse { .releasesOnly }
}
