import Engine

/// The NFS server of FreeBSD: mountd(8), which holds the exports, and nfsd(8), which serves them.
///
/// Without /etc/exports `service mountd onestart` returns 1 and starts nothing, also when ZFS
/// shares file systems; nfsd's script starts rpcbind and mountd by force, with a warning (recorded
/// on FreeBSD 13.2).
struct FreeBSDNFS: NFSBackend {
    private static let rc = RCService()
    /// In the order of starting.
    private static let services = ["mountd", "nfsd"]
    private static let queries = services.map { Query.command(.serviceStatus($0)) }

    func server(is state: ServiceState) -> Probe {
        Probe(Self.queries) { answers throws(Unreadable) in
            for (name, query) in zip(Self.services, Self.queries) {
                guard let seen = try RCService.state(answers.output(of: query), asked: query) else {
                    return .never("this system has no service \(name)")
                }
                if !seen.is(state) { return .doesNot("\(name) is \(seen.rawValue)") }
            }
            return .holds
        }
    }

    var signs: [Query] { Self.queries }

    func isServing(_ seen: Answers) -> Bool {
        Self.services.allSatisfy { isKnown($0, as: .running, seen) }
    }

    func reread(_ seen: Answers) -> [Command] {
        isKnown("mountd", as: .running, seen) ? [Self.rc.reload("mountd")] : []
    }

    func start(_ seen: Answers) -> [Command] {
        // One that runs read its exports before the pool's file systems were mounted.
        var commands = reread(seen)
        if !isKnown("nfsd", as: .running, seen) {
            commands.append(Self.rc.bring("nfsd", to: .running))
        } else if commands.isEmpty {
            // An nfsd that runs is not started, and so forces nothing.
            commands = [Self.rc.force("mountd")]
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
        return (try? RCService.state(output, asked: query))?.is(state) == true
    }
}
