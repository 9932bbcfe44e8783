import Engine

/// How a host's NFS server is looked at, started and stopped, with all of its exports.
protocol NFSBackend: Sendable {
    func server(is state: ServiceState) -> Probe
    /// By what it shows whether it serves already.
    var signs: [Query] { get }
    /// Whether they show that it does.
    func isServing(_ seen: Answers) -> Bool
    /// Makes what is known to run read its exports again.
    func reread(_ seen: Answers) -> [Command]
    /// What is still to do, by what was seen.
    func start(_ seen: Answers) -> [Command]
    /// What is still to do, by what was seen.
    func stop(_ seen: Answers) -> [Command]
    /// What the end of a command says.
    func assess(_ output: Output) -> Assessment
    /// What a person must know who starts it, by what was seen, if anything.
    func caution(_ seen: Answers) -> String?
}

extension NFSBackend {
    func caution(_ seen: Answers) -> String? { nil }

    /// That NFS is served, or is not.
    func state(is state: ServiceState) -> HostState {
        HostState(
            state == .running ? "NFS is served" : "NFS is not served",
            subject: "nfs",
            server(is: state)
        )
    }
}
