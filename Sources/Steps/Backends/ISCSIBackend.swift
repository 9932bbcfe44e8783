import Engine

/// What must be served before iSCSI counts as started.
struct ISCSIService: Hashable, Sendable {
    /// The names of the targets; empty for any one.
    var targets: [String] = []
    /// The address on which the target listens.
    var portal = "127.0.0.1"
    /// The file that says what is served; nil for that of the host.
    var config: String?
    /// The port of iSCSI (RFC 7143).
    static let port = 3260
}

/// How a host's iSCSI targets are looked at, started and stopped, all together.
protocol ISCSIBackend: Sendable {
    func serves(_ service: ISCSIService) -> Probe
    func servesNothing() -> Probe
    /// What is still to do, by what was seen.
    func start(_ service: ISCSIService, _ seen: Answers) -> [Command]
    /// What is still to do, by what was seen.
    func stop(_ seen: Answers) -> [Command]
    /// What the end of a command says.
    func assess(_ output: Output) -> Assessment
    /// What the end of a start says, in the light of what was seen before it.
    func assess(_ output: Output, of service: ISCSIService, after seen: Answers) -> Assessment
    /// What a person must know of what is served.
    func leftOver(_ service: ISCSIService, _ seen: Answers) -> [String]
}

extension ISCSIBackend {
    func leftOver(_ service: ISCSIService, _ seen: Answers) -> [String] { [] }

    func assess(_ output: Output, of service: ISCSIService, after seen: Answers) -> Assessment {
        assess(output)
    }

    func started(_ service: ISCSIService) -> HostState {
        HostState("iSCSI is served", subject: "iscsi", serves(service))
    }

    func stopped() -> HostState {
        HostState("iSCSI is not served", subject: "iscsi", servesNothing())
    }
}
