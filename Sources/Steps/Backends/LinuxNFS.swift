import Engine

/// The NFS server of Linux: threads of the kernel, which ask rpc.mountd(8) for the exports.
///
/// Its unit is `active (exited)` whatever became of the threads, and then a start of it does
/// nothing; so the threads are counted, and started by a restart. While there are any, what a
/// client of NFSv4 has open holds the pool, whatever exportfs(8) has taken back: they are stopped
/// first, and the kernel drops its exports with the last one (fs/nfsd/nfssvc.c).
struct LinuxNFS: NFSBackend {
    private static let systemd = Systemd()
    private static let unit = "nfs-server"
    static let threads = "/proc/fs/nfsd/threads"
    private static let grace = "/proc/fs/nfsd/nfsv4gracetime"
    /// What the kernel holds.
    static let held = "/proc/fs/nfsd/exports"
    /// What rpc.mountd would tell it (exportfs(8)).
    static let table = "/var/lib/nfs/etab"

    func serves(_ exports: NFSExports) -> Probe {
        let queries: [Query] = [
            .text(Self.threads), .text(Self.table), .text(Self.grace), .processes,
        ]
        return Probe(queries + exports.queries) { answers throws(Unreadable) in
            let count = try Self.count(answers)
            guard count > 0 else {
                // What follows from a start is told with it (`caution`).
                _ = try answers.text(of: Self.grace)
                return .doesNot("the kernel has no thread that serves NFS")
            }
            guard try Self.hasMountd(answers) else {
                return .doesNot(
                    "\(count) threads serve NFS, but no rpc.mountd tells them what is exported")
            }
            let exported = try Self.exports(in: Self.table, answers)
            guard let wanted = try exports.wanted(answers) else {
                return exported.isEmpty
                    ? .doesNot("\(count) threads serve NFS, but nothing is exported") : .holds
            }
            return wanted.lack(among: exported).map {
                .doesNot("\(count) threads serve NFS, but \($0)")
            } ?? .holds
        }
    }

    func servesNothing(of exports: NFSExports) -> Probe {
        exports.isPart ? servesNothing(ofExports: exports.names) : Self.stopped
    }

    private static let stopped = Probe([.text(threads), .text(held), Systemd.unit(unit)]) {
        answers throws(Unreadable) in
        let count = try count(answers)
        if count > 0 { return .doesNot("\(count) threads of the kernel serve NFS") }
        if let path = try exports(in: held, answers).first {
            return .doesNot(
                "no thread serves NFS, but the kernel holds the export \(path[...].text)")
        }
        return Systemd.pending(unit, answers).map { .doesNot("no thread serves NFS, but \($0)") }
            ?? .holds
    }

    var signs: [Query] { [.text(Self.threads)] }

    func isServing(_ seen: Answers) -> Bool { ((try? Self.count(seen)) ?? 0) > 0 }

    func reread(_ seen: Answers) -> [Command] {
        isServing(seen) ? [.tool("exportfs", "-ra")] : []
    }

    func start(_ exports: NFSExports, _ seen: Answers) -> [Command] {
        if let count = try? Self.count(seen), count > 0, (try? Self.hasMountd(seen)) == true {
            return exports.share(seen) + [.tool("exportfs", "-ra")]
        }
        return [.tool("systemctl", "restart", SystemdUnit.fullName(Self.unit))]
    }

    func stop(_ exports: NFSExports, _ seen: Answers) -> [Command] {
        if exports.isPart { return stop(exports: exports.names, seen) }
        var commands: [Command] = []
        if (try? Self.count(seen)) != 0 {
            commands = [.tool("rpc.nfsd", "0")]
        } else if (try? Self.exports(in: Self.held, seen))?.isEmpty == false {
            commands = [.tool("exportfs", "-ua"), .tool("exportfs", "-f")]
        }
        return commands + [Self.systemd.bring(Self.unit, to: .stopped)]
    }

    func assess(_ output: Output) -> Assessment { Self.systemd.assess(output) }

    func caution(_ seen: Answers) -> String? {
        // Only a server that starts has one.
        guard (try? Self.count(seen)) == 0, case .text(let bytes?) = seen[.text(Self.grace)],
            let seconds = bytes[...].firstLine.number, seconds > 0
        else { return nil }
        return "clients of NFSv4 may have to wait for \(seconds) s once NFS is served: so long the"
            + " server only lets them claim what they had open (nfsv4gracetime)"
    }

    /// How many threads serve; none where the kernel's server was never loaded.
    static func count(_ answers: Answers) throws(Unreadable) -> Int {
        guard let text = try answers.text(of: threads) else { return 0 }
        guard let count = text[...].firstLine.number else {
            throw Unreadable("\(threads) says `\(text[...].firstLine.text)`")
        }
        return count
    }

    private static func hasMountd(_ answers: Answers) throws(Unreadable) -> Bool {
        try answers.processes().contains { $0.runs("rpc.mountd") || $0.runs("nfsv4.exportd") }
    }

    /// The folders in a list of exports, whose remarks begin with `#`.
    static func exports(
        in path: String, _ answers: Answers
    ) throws(Unreadable) -> [[UInt8]] {
        ByteLines(try answers.text(of: path) ?? []).compactMap { line in
            guard let first = line.first, first != UInt8(ascii: "#") else { return nil }
            return ExportsFile.unescaped(line.prefix { $0 != UInt8(ascii: "\t") })
        }
    }
}

extension ArraySlice<UInt8> {
    /// The first line, without blanks at its ends.
    fileprivate var firstLine: Bytes { prefix { $0 != UInt8(ascii: "\n") }.trimmed }
}
