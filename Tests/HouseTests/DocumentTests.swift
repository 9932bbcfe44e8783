import Engine
import Foundation
import Steps
import Testing

/// What people read and copy is whole.
@Suite struct DocumentTests {
    private static var documents: [String] {
        Repository.files(ending: ".md")
    }

    @Test(arguments: documents)
    func `links lead somewhere`(_ path: String) throws {
        let link = try Regex(
            "\\]\\(([^)#\\s]+)(#[^)]*)?\\)", as: (Substring, Substring, Substring?).self)
        let folder = path.split(separator: "/").dropLast().joined(separator: "/")
        for match in Repository.text(path).matches(of: link) {
            let target = String(match.1)
            guard !target.contains("://"), !target.hasPrefix("mailto:") else { continue }
            let place = folder.isEmpty ? target : "\(folder)/\(target)"
            #expect(Repository.exists(place), "\(path): \(target)")
        }
    }

    @Test(arguments: Repository.files(under: "plans", ending: ".yaml").filter { isPlan($0) })
    func `the shipped plans load without a word`(_ path: String) {
        let loaded = PlanLoader.load(path, catalog: .builtin, platform: nil) { path in
            guard Repository.exists(path) else { return nil }
            return .success(Array(Repository.text(path).utf8))
        }
        #expect(loaded.diagnostics.map(\.message) == [])
        #expect(loaded.plan != nil)
    }

    private static func isPlan(_ path: String) -> Bool {
        let parts = path.split(separator: "/").dropFirst()
        return (parts.count == 1 || parts.count == 2 && parts.first == "drbd")
            && !["site.yaml", "signals.yaml"].contains(parts.last)
    }

    @Test(.enabled(if: Repository.exists(".git")))
    func `nothing that a build makes is tracked`() throws {
        let git = Process()
        git.executableURL = URL(filePath: "/usr/bin/env")
        git.arguments = [
            "git", "-C", Repository.root.path, "ls-files", ".build", "Package.resolved",
        ]
        let output = Pipe()
        git.standardOutput = output
        try git.run()
        git.waitUntilExit()
        let tracked = try output.fileHandleForReading.readToEnd() ?? Data()
        #expect(git.terminationStatus == 0)
        #expect(String(decoding: tracked, as: UTF8.self).isEmpty)
    }
}
