import Engine

/// Some of the exports of FreeBSD, while nfsd goes on serving the others.
///
/// mountd takes its lists as they are: what ZFS shares is taken off them by `zfs unshare`, which
/// leaves the property alone. A line of /etc/exports stands, and its export ends with the mount.
extension FreeBSDNFS {
    private static let mounts = Query.command(.mounts)
    private static let nfsd = Query.command(.serviceStatus("nfsd"))

    func servesNothing(ofExports paths: [[UInt8]]) -> Probe {
        Probe(signs + [Self.mounts, .text(NFSExports.file)]) { answers throws(Unreadable) in
            if try RCService.state(answers.output(of: Self.nfsd), asked: Self.nfsd) == .stopped {
                return .holds
            }
            return try Self.exported(paths, answers).first.map {
                .doesNot("\($0.path[...].text) is exported")
            } ?? .holds
        }
    }

    func stop(exports paths: [[UInt8]], _ seen: Answers) -> [Command] {
        guard let exported = try? Self.exported(paths, seen) else {
            return paths.map { .tool("zfs", "unshare", $0[...].operand) }
        }
        let unshared = exported.filter { !$0.isListed }
            .map { Command.tool("zfs", "unshare", $0.path[...].operand) }
        return unshared + (unshared.isEmpty ? [] : reread(seen))
            + exported.filter(\.isListed)
            .map { .tool("zfs", "unmount", "-f", $0.path[...].operand) }
    }

    /// Those of the folders that are file systems and exported, and whether a line of /etc/exports
    /// exports something of it. The export of any other folder ends with the mount around it.
    private static func exported(
        _ paths: [[UInt8]], _ answers: Answers
    ) throws(Unreadable) -> [(path: [UInt8], isListed: Bool)] {
        let mounts = try mounts(answers.output(of: Self.mounts), asked: Self.mounts)
        let listed = ExportsFile.paths(try answers.text(of: NFSExports.file) ?? [])
        let places = Set(listed.compactMap { $0.ancestry.first { mounts[$0] != nil } })
        return paths.filter { mounts[$0] == true }.map { ($0, places.contains($0)) }
    }
}
