import Engine

/// `start-service`: starts one service.
struct StartService: StepKind {
    static let reference = Reference(
        "start-service",
        "Starts a service.",
        notes: """
            Done when it has run for `steady-for`: a service that dies a few seconds after its \
            start counts as not started. On FreeBSD by `service NAME onestart`: `start` alone \
            does nothing, and returns 0, for a service that rc.conf does not enable. Looked at by \
            `onestatus`. With `operand` the script is asked about one of several: `{name: jail, \
            operand: web}`. On Linux by `systemctl start`; looked at by whether systemd says that \
            the unit is active, which for a unit that leaves no process behind, `active \
            (exited)`, proves nothing.
            """,
        fields: [
            .required("name", .name, "the service"),
            ServiceName.operandField,
            .optional(
                "steady-for",
                .duration,
                "how long it must run without a break",
                absent: "5s, or half of the step's `timeout` where that is less"
            ),
            Registry.service.field,
        ],
        main: "name",
        timeout: .seconds(60),
        undone: "by `stop-service`, whatever ran before",
        example: "- start-service: samba_server"
    )

    private let name: ServiceName
    private let backend: any ServiceBackend
    private let state: any Condition
    /// What crashes after its start does so within seconds, as a rule.
    private static let trial = Duration.seconds(5)

    init?(_ fields: inout Fields) {
        backend = Registry.service.chosen(by: &fields)
        let name = ServiceName.read(&fields, for: backend)
        let trial = fields.timeout.map { min(Self.trial, $0 / 2) } ?? Self.trial
        let steadyFor = fields.duration("steady-for") ?? trial
        guard let name else { return nil }
        self.name = name
        let runs = backend.state(of: name, is: .running)
        state = steadyFor > .zero ? Steady(runs, for: steadyFor) : runs
    }

    var summary: String { "start service \(name)" }
    var effect: Effect { .acquires }
    var reach: Reach? { .service("\(name)") }
    var bearing: Bearing {
        Bearing(effect, [.service("\(name)")], better: OwnKind(service: name.name)?.start)
    }
    var goal: Goal { .condition(state) }
    func apply(_ seen: Answers) -> [Command] { [backend.bring(name, to: .running)] }
    func assess(_ command: Command, _ output: Output) -> Assessment { backend.assess(output) }
    var inverse: Inverse { .step(StopService(name, backend)) }
}
