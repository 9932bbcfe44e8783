public import Engine

/// What stands at one path.
public struct FileEntry: Hashable, Sendable {
    /// The absolute path.
    public var path: String
    /// What stands there.
    public var kind: PathKind
    /// The bytes, for a file.
    public var bytes: [UInt8]

    /// Creates an entry.
    public init(_ path: String, _ kind: PathKind = .file, bytes: [UInt8] = []) {
        self.path = path
        self.kind = kind
        self.bytes = bytes
    }
}

extension World {
    /// What stands at `path`; the folders above a listed path are there too.
    func kind(at path: String) -> PathKind {
        for index in files.indices where files[index].path == path { return files[index].kind }
        for index in files.indices where lies(files[index].path, below: path) { return .folder }
        return isLinux && path == Kstat.pools ? .folder : .absent
    }

    /// Whether something stands at `path` itself.
    func stands(at path: String) -> Bool {
        for index in files.indices where files[index].path == path { return true }
        return false
    }

    /// Whether it is a part of the world what stands at `path`, or whether anything does.
    func plays(_ path: String) -> Bool {
        if path == Kstat.pools { return isLinux }
        if path == Self.exports { return true }
        if path.hasPrefix(Self.marks) || path.hasPrefix(HastResource.devices) { return true }
        if services.contains(where: { $0.pidFile == path }) { return true }
        guard isLinux else { return path == Self.ctlConf }
        return path.hasPrefix(DrbdResource.devices) || path.hasPrefix(Self.volumes)
            || NfsServer.files.contains(path) || Lio.files.contains(path) || Kstat.isState(path)
            || virtualHosts.contains { $0.vrrp?.trackFile == path }
    }

    /// Puts a file at a path, over what stood there.
    mutating func create(_ entry: FileEntry) {
        if let index = files.firstIndex(where: { $0.path == entry.path }) {
            files[index] = entry
        } else {
            files.append(entry)
        }
        fileChanged(entry.path)
    }

    /// Takes away what stands at a path; a pool that loses too many devices suspends.
    mutating func remove(_ path: String) {
        guard let index = files.firstIndex(where: { $0.path == path }) else { return }
        files.remove(at: index)
        fileChanged(path)
        for pool in pools.indices where pools[pool].devices.contains(path) {
            guard pools[pool].isImported else { continue }
            let missing = missingDevices(ofPool: pool)
            pools[pool].isSuspended = missing > pools[pool].redundancy
        }
    }
}

/// Whether a path lies below a folder.
private func lies(_ path: String, below folder: String) -> Bool {
    let count = folder.utf8.count
    guard path.utf8.count > count, path.hasPrefix(folder) else { return false }
    return path.utf8.dropFirst(count).first == UInt8(ascii: "/") || folder.hasSuffix("/")
}
