import Foundation

/// The repository that this test was built from.
enum Repository {
    /// The top folder.
    static let root = URL(filePath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent()

    /// Folders that hold no text of ours.
    private static let foreign: Set<String> = [".git", ".build"]

    /// The files under a folder whose name ends so, by their paths from the top, in order.
    static func files(under folder: String = "", ending: String) -> [String] {
        let top = root.appending(path: folder).path
        guard let walk = FileManager.default.enumerator(atPath: top) else { return [] }
        var found: [String] = []
        for case let path as String in walk {
            if foreign.contains(where: { path == $0 || path.hasPrefix($0 + "-") }) {
                walk.skipDescendants()
            } else if path.hasSuffix(ending) {
                found.append(folder.isEmpty ? path : "\(folder)/\(path)")
            }
        }
        return found.sorted()
    }

    /// The text of a file; empty when there is none.
    static func text(_ path: String) -> String {
        let bytes = FileManager.default.contents(atPath: root.appending(path: path).path)
        return String(decoding: bytes ?? Data(), as: UTF8.self)
    }

    static func exists(_ path: String) -> Bool {
        FileManager.default.fileExists(atPath: root.appending(path: path).path)
    }

    /// All Swift files, with what a rule needs to see of them.
    static let sources: [SourceFile] = ["Sources", "Tests"].flatMap {
        files(under: $0, ending: ".swift").map { SourceFile($0, text: text($0)) }
    }
}
