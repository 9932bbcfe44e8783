import Engine

/// `start-service`: starts one service.
struct StartService: StepKind {
    static let reference = Reference(
        "start-service",
        "Starts a service.",
        notes: """
            On FreeBSD by `service NAME onestart`: `start` alone does nothing, and returns 0, \
            for a service that rc.conf does not enable. Done when `onestatus` says that it runs. \
            On Linux by `systemctl start`: done when systemd says that the unit is active, which \
            for a unit that leaves no process behind, `active (exited)`, proves nothing.
            """,
        fields: [
            .required("name", .name, "the service"),
            Registry.service.field,
        ],
        main: "name",
        timeout: .seconds(60),
        undone: "by `stop-service`, whatever ran before",
        example: "- start-service: samba_server"
    )

    private let name: String
    private let backend: any ServiceBackend
    private let state: HostState

    init?(_ fields: inout Fields) {
        let name = fields.name("name")
        backend = Registry.service.chosen(by: &fields)
        guard let name else { return nil }
        self.name = name
        state = backend.state(of: name, is: .running)
    }

    var summary: String { "start service \(name)" }
    var effect: Effect { .acquires }
    var reach: Reach? { Reach("service \(name)", on: .services) }
    var goal: Goal { .condition(state) }
    func apply(_ seen: Answers) -> [Command] { [backend.bring(name, to: .running)] }
    func assess(_ command: Command, _ output: Output) -> Assessment { backend.assess(output) }
    var inverse: Inverse { .step(StopService(name, backend)) }
}
