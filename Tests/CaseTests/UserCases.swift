import Engine
import Foundation
import Simulation
import Steps

/// Cases as a user writes them: those of `Tests/Cases/test-*`, and the shipped ones.
struct UserCases {
    static let tests = URL(filePath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent()
    static let root = tests.appending(path: "Cases")
    static let shipped = tests.deletingLastPathComponent().appending(path: "plans")

    /// The folders of cases that show what is told of them.
    static let folders: [String] = {
        let all = try? FileManager.default.contentsOfDirectory(atPath: root.path)
        return (all ?? []).filter { $0.hasPrefix("test-") }.sorted()
    }()

    /// The shipped cases, of both pairs.
    static let files: [String] = ["cases", "drbd/cases"].flatMap { folder in
        let all = try? FileManager.default.contentsOfDirectory(
            atPath: shipped.appending(path: folder).path)
        return (all ?? []).filter { $0.hasSuffix(".yaml") }.sorted().map { "\(folder)/\($0)" }
    }

    /// Loads the case of a folder; where it has no `become-*.yaml` of its own the shipped one is
    /// read, and for a site one that settles what has no default.
    static func load(_ folder: String, recording: Bool = false) -> CaseFile.Loaded {
        CaseFile.load("case.yaml", recording: recording, catalog: .builtin) { path in
            var file = root.appending(path: folder).appending(path: path)
            let isThere = FileManager.default.fileExists(atPath: file.path)
            if !isThere, path == "site.yaml" {
                let site = "parameters: {if-export-fails: park}\ntell-peer: [/usr/bin/tell]\n"
                return .success(Array(site.utf8))
            }
            if !isThere, path.hasPrefix("become-") { file = shipped.appending(path: path) }
            return (try? Data(contentsOf: file)).map { .success([UInt8]($0)) }
        }
    }

    /// A shipped case, or other text in its place.
    static func shipped(_ name: String, as text: String? = nil) throws -> TestCase {
        let loaded = loadShipped(name, as: text)
        if let testCase = loaded.testCase, loaded.diagnostics.isEmpty { return testCase }
        throw Case.Fault(
            description: DiagnosticText.render(loaded.diagnostics, sources: loaded.sources))
    }

    private static func loadShipped(_ name: String, as text: String?) -> CaseFile.Loaded {
        CaseFile.load(name, catalog: .builtin) { file in
            if file == name, let text { return .success(Array(text.utf8)) }
            let bytes = try? Data(contentsOf: shipped.appending(path: file))
            return bytes.map { .success([UInt8]($0)) }
        }
    }

    /// The text of a shipped case.
    static func text(_ name: String) throws -> String {
        try String(contentsOf: shipped.appending(path: name), encoding: .utf8)
    }
}
