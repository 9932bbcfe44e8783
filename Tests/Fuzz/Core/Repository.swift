import Foundation

/// The repository whose files are the seeds: the one that the program was built from, or the
/// folder that it is told.
struct Repository {
    let root: URL

    init(_ path: String?) {
        root =
            path.map { URL(filePath: $0) }
            ?? URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent()
    }

    /// The bytes of a file; nil when there is none.
    func bytes(_ path: String) -> [UInt8]? {
        FileManager.default.contents(atPath: root.appending(path: path).path).map { [UInt8]($0) }
    }

    /// The text of a file; empty when there is none.
    func text(_ path: String) -> String { String(decoding: bytes(path) ?? [], as: UTF8.self) }

    /// What stands in a folder, in the order of the names.
    func names(in folder: String) -> [String] {
        let path = root.appending(path: folder).path
        return ((try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []).sorted()
    }

    /// The files beneath a folder by their paths from there, in order.
    func files(under folder: String, ending: String) -> [String] {
        let walk = FileManager.default.enumerator(atPath: root.appending(path: folder).path)
        return (walk?.allObjects ?? []).compactMap { $0 as? String }
            .filter { $0.hasSuffix(ending) }.sorted()
    }
}
