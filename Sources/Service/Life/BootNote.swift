import LocalHost

/// Lines in a file beside a pair's lock, which count in this boot alone: the first line names it.
struct BootNote {
    private static let sizeLimit = 1 << 20
    private let path: String

    init(_ name: String, of pair: String, in folders: StateFolders) {
        path = "\(folders.runtime(of: pair))/\(name)"
    }

    /// The lines behind the boot's; none where there is no such file, or that of another boot.
    var lines: [String] {
        guard case .success(let bytes?) = StoreFile.read(path, limit: Self.sizeLimit) else {
            return []
        }
        let lines = String(decoding: bytes, as: UTF8.self).split(separator: "\n").map(String.init)
        return lines.first == BootID.current ? Array(lines.dropFirst()) : []
    }

    /// Writes these lines instead, whole or not at all.
    func replace(with lines: [String]) -> StoreFault? {
        let text = ([BootID.current] + lines).map { $0 + "\n" }.joined()
        return StoreFile.replace(path, with: Array(text.utf8))
    }

    /// Forgets all of it.
    func clear() { StoreFile.remove(path) }
}
