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
        if files.isEmpty { return .absent }
        let folder = path.hasSuffix("/") ? path : path + "/"
        return files.contains { $0.path.hasPrefix(folder) } ? .folder : .absent
    }

    /// Puts a file at a path, over what stood there.
    mutating func create(_ entry: FileEntry) {
        if let index = files.firstIndex(where: { $0.path == entry.path }) {
            files[index] = entry
        } else {
            files.append(entry)
        }
    }

    /// Takes away what stands at a path; a pool that loses too many devices suspends.
    mutating func remove(_ path: String) {
        guard let index = files.firstIndex(where: { $0.path == path }) else { return }
        files.remove(at: index)
        for pool in pools.indices where pools[pool].devices.contains(path) {
            guard pools[pool].isImported else { continue }
            let missing = missingDevices(of: pools[pool])
            pools[pool].isSuspended = missing > pools[pool].redundancy
        }
    }
}
