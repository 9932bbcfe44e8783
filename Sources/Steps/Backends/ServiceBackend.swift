import Engine

/// Whether a service runs.
enum ServiceState: String, CaseIterable, Sendable { case running, stopped }

/// How services are looked at, started and stopped.
protocol ServiceBackend: Sendable {
    func service(_ name: String, is state: ServiceState) -> Probe
    /// Starts or stops a service, whether or not it is enabled at boot.
    func bring(_ name: String, to state: ServiceState) -> Command
    /// Makes a running service read its configuration again.
    func reload(_ name: String) -> Command
    /// What the end of a start or stop says.
    func assess(_ output: Output) -> Assessment
}

extension ServiceBackend {
    /// That a service runs, or does not.
    func state(of name: String, is state: ServiceState) -> HostState {
        HostState(
            "service \(name) is \(state.rawValue)",
            subject: "service \(name)",
            service(name, is: state)
        )
    }
}
