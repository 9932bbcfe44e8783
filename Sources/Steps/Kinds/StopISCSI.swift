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
            """,
        fields: [Registry.iscsi.field],
        timeout: .seconds(60),
        undone: "not undone: what was given up is not taken back",
        example: "- stop-iscsi:"
    )

    private let backend: any ISCSIBackend
    private let state: HostState

    init?(_ fields: inout Fields) { self.init(Registry.iscsi.chosen(by: &fields)) }

    init(_ backend: any ISCSIBackend) {
        self.backend = backend
        state = backend.stopped()
    }

    var summary: String { "stop iSCSI" }
    var effect: Effect { .releases }
    var reach: Reach? { .iscsi }
    var goal: Goal { .condition(state) }
    func apply(_ seen: Answers) -> [Command] { backend.stop(seen) }
    func assess(_ command: Command, _ output: Output) -> Assessment { backend.assess(output) }
    var inverse: Inverse { .releasesOnly }
}
