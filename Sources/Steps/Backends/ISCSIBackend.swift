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

    /// The names of the targets as bytes.
    var names: [[UInt8]] { targets.map { Array($0.utf8) } }

    /// What of the host it is.
    var reaches: [Reach] {
        guard !targets.isEmpty else { return [.iscsi] }
        // Names of iSCSI are compared without regard to case (RFC 3722, RFC 7143 4.2.7.1).
        return targets.map {
            Reach(
                "target \($0)", of: Reach.iscsi.thing, identity: "target \($0.lowercased())")
        }
    }
}

/// How a host's iSCSI targets are looked at, started and stopped: those that a service names, else
/// all together.
protocol ISCSIBackend: Sendable {
    func serves(_ service: ISCSIService) -> Probe
    /// That nothing of it is served, and no volume held for it.
    func servesNothing(of service: ISCSIService) -> Probe
    /// What is still to do, by what was seen.
    func start(_ service: ISCSIService, _ seen: Answers) -> [Command]
    /// What is still to do, by what was seen.
    func stop(_ service: ISCSIService, _ seen: Answers) -> [Command]
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

    func stopped(_ service: ISCSIService) -> HostState {
        let what = Reach.named(service.targets)
        return HostState(
            what.isEmpty ? "iSCSI is not served" : "iSCSI does not serve \(what)",
            subject: "iscsi", servesNothing(of: service))
    }
}
