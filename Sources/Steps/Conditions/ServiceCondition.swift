import Engine

/// `service`: whether a service runs.
struct ServiceCondition: HostStateKind {
    static let reference = Reference(
        "service",
        "A service runs, or is stopped.",
        notes: """
            On FreeBSD by `service NAME onestatus`, which answers for services that rc.conf does \
            not enable too, by its words (`is running`, `is not running`): of a script with \
            several daemons all must run, or none. What a script says otherwise, or not at all, \
            cannot be told, whatever its exit code; `execute` with a `check` can. On Linux by \
            `systemctl show`: a unit that is `activating` or `deactivating` neither runs nor is \
            stopped, a job that is queued counts, and one that has failed is stopped unless it \
            has processes left. The name is that of a unit, `.service` unless it says otherwise.
            """,
        fields: [
            .required("name", .name, "the service"),
            ServiceName.operandField,
            .optional(
                "state",
                .choice(ServiceState.words),
                "what is wanted",
                absent: "`running`"
            ),
            Registry.service.field,
        ],
        main: "name",
        timeout: .seconds(60),
        undone: "nothing to undo",
        example: "- service: {name: nfsd, state: stopped}"
    )

    let state: HostState
    let claim: String?

    init?(_ fields: inout Fields) {
        let wanted = fields.choice("state", of: ServiceState.self) ?? .running
        let backend = Registry.service.chosen(by: &fields)
        let name = ServiceName.read(&fields, for: backend)
        guard let name else { return nil }
        claim = "service=\(wanted.rawValue)"
        state = backend.state(of: name, is: wanted)
    }
}
