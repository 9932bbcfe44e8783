import Engine

/// Some of the exports of the kernel's server, while it goes on serving the others.
extension LinuxNFS {
    /// Gives up what clients hold there: locks, and from Linux 6.9 on what they have open, too
    /// (fs/nfsd/nfsctl.c, write_unlock_fs).
    private static let unlock = "/proc/fs/nfsd/unlock_filesystem"

    func servesNothing(ofExports paths: [[UInt8]]) -> Probe {
        Probe([.text(Self.threads), .text(Self.table), .text(Self.held)]) {
            answers throws(Unreadable) in
            let held = try Self.exports(in: Self.held, answers)
            if let path = paths.first(where: held.contains) {
                return .doesNot("the kernel holds the export \(path[...].text)")
            }
            // What stands in the table is served by threads alone.
            guard try Self.count(answers) > 0 else { return .holds }
            let table = try Self.exports(in: Self.table, answers)
            return paths.first(where: table.contains).map {
                .doesNot("\($0[...].text) is exported")
            } ?? .holds
        }
    }

    func stop(exports paths: [[UInt8]], _ seen: Answers) -> [Command] {
        let entries = (try? Self.entries(seen)) ?? []
        let taken = entries.filter { paths.contains($0.path) }
            .map { Command.tool("exportfs", "-u", $0.client + ":" + $0.path[...].operand) }
        let held = (try? Self.exports(in: Self.held, seen)) ?? []
        let open = paths.filter { path in
            held.contains(path) || entries.contains { $0.path == path }
        }
        return taken + [.tool("exportfs", "-f")]
            + open.map { path in
                .tool("awk", "BEGIN { print ARGV[2] > ARGV[1] }", Self.unlock, path[...].operand)
            }
    }

    /// The lines of the table: a folder, a tab, a client with its options.
    private static func entries(
        _ answers: Answers
    ) throws(Unreadable) -> [(path: [UInt8], client: String)] {
        ByteLines(try answers.text(of: table) ?? []).compactMap { line in
            guard line.first == UInt8(ascii: "/"), let tab = line.firstIndex(of: UInt8(ascii: "\t"))
            else { return nil }
            let client = line[(tab + 1)...].prefix { $0 != UInt8(ascii: "(") }
            guard let first = client.first, first != UInt8(ascii: "-") else { return nil }
            return (ExportsFile.unescaped(line[..<tab]), Self.bracketed(client.operand))
        }
    }

    /// An address of IPv6 as exportfs takes it: `[2001:db8::]/32`.
    private static func bracketed(_ client: String) -> String {
        guard client.contains(":") else { return client }
        let parts = client.split(separator: "/", maxSplits: 1)
        return "[\(parts[0])]" + (parts.count > 1 ? "/\(parts[1])" : "")
    }
}
