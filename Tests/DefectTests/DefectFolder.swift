import Engine
import Foundation
import LocalHost
import Planting
import Simulation

/// What `Tests/Defects` has, and the shipped plans with some of it in them.
enum DefectFolder {
    static let root = URL(filePath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent()

    static func text(_ path: String) -> String? {
        FileManager.default.contents(atPath: root.appending(path: path).path)
            .map { String(decoding: $0, as: UTF8.self) }
    }

    /// The names of the diffs of a folder, in order.
    static func names(_ folder: String) -> [String] {
        let path = root.appending(path: "Tests/Defects/\(folder)").path
        let files = (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []
        return files.filter { $0.hasSuffix(".patch") }.map { String($0.dropLast(6)) }.sorted()
    }

    static func defect(_ folder: String, _ name: String) -> Defect? {
        text("Tests/Defects/\(folder)/\(name).patch").flatMap { Defect(name: name, text: $0) }
    }

    /// A witness is a diff with a sentence: what the sound plans are changed by as well.
    static func witness(_ name: String) -> Diff? {
        text("Tests/Defects/witnesses/\(name).patch").map { Diff($0) }
    }

    /// The shipped plans as they are with these changes; nil when one of them has no place.
    static func subject(_ diffs: [Diff]) -> Subject? {
        var changed: [String: [UInt8]] = [:]
        for diff in diffs {
            for path in diff.paths {
                let full = root.appending(path: path).path
                let old = changed[full].map { String(decoding: $0, as: UTF8.self) } ?? text(path)
                guard let new = old.flatMap({ diff.applied(to: $0, of: path) }) else { return nil }
                changed[full] = Array(new.utf8)
            }
        }
        let overlay = changed
        return Subject(folder: root.appending(path: "plans").path) { path in
            overlay[path].map { .success($0) } ?? FileReader.read(path)
        }
    }
}
