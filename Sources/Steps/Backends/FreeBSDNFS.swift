import Engine

/// The NFS server of FreeBSD: mountd(8), which holds the exports, and nfsd(8), which serves them.
struct FreeBSDNFS: NFSBackend {
    private static let rc = RCService()
    /// In the order of starting: nfsd's own script would force a start of mountd (rc.d/nfsd).
    private static let services = ["mountd", "nfsd"]
    private static let queries = services.map { Query.command(.serviceStatus($0)) }

    func server(is state: ServiceState) -> Probe {
        Probe(Self.queries) { answers throws(Unreadable) in
            for (name, query) in zip(Self.services, Self.queries) {
                guard let seen = try RCService.state(answers.output(of: query), asked: query) else {
                    return .never("this system has no service \(name)")
                }
                if seen != state { return .doesNot("\(name) is \(seen.rawValue)") }
            }
            return .holds
        }
    }

    func start(_ seen: Answers) -> [Command] {
        var commands = [Self.rc.bring("mountd", to: .running)]
        // One that runs read its exports before the pool's file systems were mounted.
        if isKnown("mountd", as: .running, seen) { commands = [Self.rc.reload("mountd")] }
        if !isKnown("nfsd", as: .running, seen) {
            commands.append(Self.rc.bring("nfsd", to: .running))
        }
        return commands
    }

    func stop(_ seen: Answers) -> [Command] {
        Self.services.reversed().filter { !isKnown($0, as: .stopped, seen) }
            .map { Self.rc.bring($0, to: .stopped) }
    }

    func assess(_ output: Output) -> Assessment { Self.rc.assess(output) }

    private func isKnown(_ name: String, as state: ServiceState, _ seen: Answers) -> Bool {
        let query = Query.command(.serviceStatus(name))
        guard let output = try? seen.output(of: query) else { return false }
        return (try? RCService.state(output, asked: query)) == state
    }
}
