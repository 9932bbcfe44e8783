import Engine

/// `stop-service`: stops one service.
struct StopService: StepKind {
    static let reference = Reference(
        "stop-service",
        "Stops a service.",
        notes: """
            On FreeBSD by `service NAME onestop`, which waits for the processes to end without a \
            limit of its own. Done when `onestatus` says that it does not run. On Linux by \
            `systemctl stop`: done when the unit is inactive or has failed, no job is to start it \
            again, and a failed one has no process left.
            """,
        fields: [
            .required("name", .name, "the service"),
            ServiceName.operandField,
            Registry.service.field,
        ],
        main: "name",
        timeout: .seconds(60),
        undone: "not undone: what was given up is not taken back",
        example: "- stop-service: samba_server"
    )

    private let name: ServiceName
    private let backend: any ServiceBackend
    private let state: HostState

    init?(_ fields: inout Fields) {
        let backend = Registry.service.chosen(by: &fields)
        let name = ServiceName.read(&fields, for: backend)
        guard let name else { return nil }
        self.init(name, backend)
    }

    init(_ name: ServiceName, _ backend: any ServiceBackend) {
        self.name = name
        self.backend = backend
        state = backend.state(of: name, is: .stopped)
    }

    var summary: String { "stop service \(name)" }
    var effect: Effect { .releases }
    var reach: Reach? { .service("\(name)") }
    var bearing: Bearing {
        Bearing(effect, [.service("\(name)")], better: OwnKind(service: name.name)?.stop)
    }
    var goal: Goal { .condition(state) }
    func apply(_ seen: Answers) -> [Command] { [backend.bring(name, to: .stopped)] }
    func assess(_ command: Command, _ output: Output) -> Assessment { backend.assess(output) }
    var inverse: Inverse { .releasesOnly }
}
