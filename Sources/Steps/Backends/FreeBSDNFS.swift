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

    func serves(_ exports: NFSExports) -> Probe {
        let look = Query.command(.mounts)
        let server = server(is: .running)
        guard exports.named?.isEmpty != true, exports.named != nil || !exports.pools.isEmpty else {
            return server
        }
        return Probe(server.queries + exports.queries + [look]) { answers throws(Unreadable) in
            let verdict = server.judge(answers)
            guard verdict == .holds, let wanted = try exports.wanted(answers) else {
                return verdict
            }
            if let pool = wanted.missingPool {
                return .doesNot("mountd and nfsd run, but pool \(pool) is not imported")
            }
            let exported = try Self.mounts(answers.output(of: look), asked: look)
            let lacking = wanted.paths.filter { path in
                path.ancestry.lazy.compactMap { exported[$0] }.first != true
            }
            guard let first = lacking.first else { return .holds }
            let rest = lacking.count > 1 ? " and \(lacking.count - 1) more are" : " is"
            return .doesNot("mountd and nfsd run, but \(first[...].text)\(rest) not exported")
        }
    }

    func servesNothing(of exports: NFSExports) -> Probe {
        exports.isPart ? servesNothing(ofExports: exports.names) : server(is: .stopped)
    }

    /// Each mount point, and whether the kernel exports it (sbin/mount/mount.c, prmount: `tank on
    /// /tank (zfs, NFS exported, local)`).
    static func mounts(
        _ output: Output, asked query: Query
    ) throws(Unreadable) -> [[UInt8]: Bool] {
        guard output.succeeded else { throw Unreadable(query, output) }
        var mounts: [[UInt8]: Bool] = [:]
        for line in ByteLines(output.standardOutput) {
            guard let (place, flags) = Self.parts(of: line) else { throw Unreadable(query, output) }
            mounts[Array(place)] = flags.split(separator: UInt8(ascii: ",")).contains { flag in
                flag.trimmed.equals("NFS exported") || flag.trimmed.equals("NFS exported)")
            }
        }
        guard !mounts.isEmpty else { throw Unreadable(query, output) }
        return mounts
    }

    /// The mount point of a line, and its flags.
    private static func parts(of line: Bytes) -> (place: Bytes, flags: Bytes)? {
        guard let open = line.lastIndex(of: UInt8(ascii: "(")) else { return nil }
        var rest = line[..<open].trimmed
        while let blank = rest.firstIndex(of: UInt8(ascii: " ")) {
            rest = rest[blank...]
            if rest.starts(with: " on /".utf8) {
                return (rest.dropFirst(4), line[(open + 1)...])
            }
            rest = rest.dropFirst()
        }
        return nil
    }

    private func server(is state: ServiceState) -> Probe {
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

    func start(_ exports: NFSExports, _ seen: Answers) -> [Command] {
        // One that runs read its exports before the pool's file systems were mounted.
        let sharing = exports.isPart ? [NFSExports.sharing] : exports.share(seen)
        var commands = (isServing(seen) ? sharing : []) + reread(seen)
        if !isKnown("nfsd", as: .running, seen) {
            commands.append(Self.rc.bring("nfsd", to: .running))
        } else if commands.isEmpty {
            // An nfsd that runs is not started, and so forces nothing.
            commands = [Self.rc.force("mountd")]
        }
        return commands
    }

    func stop(_ exports: NFSExports, _ seen: Answers) -> [Command] {
        if exports.isPart { return stop(exports: exports.names, seen) }
        return Self.services.reversed().filter { !isKnown($0, as: .stopped, seen) }
            .map { Self.rc.bring($0, to: .stopped) }
    }

    func assess(_ output: Output) -> Assessment { Self.rc.assess(output) }

    private func isKnown(_ name: String, as state: ServiceState, _ seen: Answers) -> Bool {
        let query = Query.command(.serviceStatus(name))
        guard let output = try? seen.output(of: query) else { return false }
        return (try? RCService.state(output, asked: query))?.is(state) == true
    }
}
