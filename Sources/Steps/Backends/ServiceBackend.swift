import Engine

/// Whether a service runs.
enum ServiceState: String, CaseIterable, Sendable { case running, stopped }

/// A service, or what of several its script is asked about.
struct ServiceName: Sendable, CustomStringConvertible {
    let name: String
    /// What follows the verb: a jail, a profile.
    let operand: String?

    init(_ name: String, operand: String? = nil) {
        self.name = name
        self.operand = operand
    }

    var description: String { operand.map { "\(name) \($0)" } ?? name }

    /// The field that names the operand.
    static let operandField = Field.optional(
        "operand",
        .name,
        "which of several the script acts on: `service NAME onestart OPERAND`",
        absent: "none"
    )

    /// Reads `name` and `operand`, which only scripts of rc take.
    static func read(_ fields: inout Fields, for backend: any ServiceBackend) -> ServiceName? {
        let name = fields.name("name")
        let operand = fields.name("operand")
        guard let name else { return nil }
        if let operand, !backend.takesOperands {
            fields.report(
                "operand",
                "systemd takes no operands",
                note: "what of several is meant is part of a unit's name there",
                help: "write the instance, if there is such a unit: `\(name)@\(operand)`"
            )
            return nil
        }
        return ServiceName(name, operand: operand)
    }
}

/// How services are looked at, started and stopped.
protocol ServiceBackend: Sendable {
    /// Whether a service can be named with an operand.
    var takesOperands: Bool { get }
    func service(_ name: ServiceName, is state: ServiceState) -> Probe
    /// Starts or stops a service, whether or not it is enabled at boot.
    func bring(_ name: ServiceName, to state: ServiceState) -> Command
    /// Makes a running service read its configuration again.
    func reload(_ name: String) -> Command
    /// What the end of a start or stop says.
    func assess(_ output: Output) -> Assessment
}

extension ServiceBackend {
    func bring(_ name: String, to state: ServiceState) -> Command {
        bring(ServiceName(name), to: state)
    }

    /// That a service runs, or does not.
    func state(of name: ServiceName, is state: ServiceState) -> HostState {
        HostState(
            "service \(name) is \(state.rawValue)",
            subject: "service \(name)",
            service(name, is: state)
        )
    }
}
