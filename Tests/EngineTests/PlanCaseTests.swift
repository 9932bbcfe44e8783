import Engine
import Foundation
import Testing

/// The case folders `Tests/Cases/load-*`: a plan, what stands beside it, and what loading it says;
/// those of the lint are held by `LintCaseTests`, with real kinds of steps.
///
/// `settings.txt` holds settings of the command line, `name=value` a line. `expected.txt` is
/// rewritten when `UPDATE_CASES=1` is set.
@Suite struct PlanCaseTests {
    static let root = URL(filePath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().appending(path: "Cases")

    static let names: [String] = {
        let all = try? FileManager.default.contentsOfDirectory(atPath: root.path)
        let own = (all ?? []).filter { $0.hasPrefix("load-") && !$0.hasPrefix("load-lint-") }
        return own.sorted()
    }()

    @Test func thereAreCases() {
        #expect(Self.names.count >= 30)
    }

    @Test(arguments: names) func loads(_ name: String) throws {
        let folder = Self.root.appending(path: name)
        let loaded = PlanLoader.load(
            "plan.yaml",
            settings: settings(folder),
            catalog: TestCatalog.catalog,
            platform: .freebsd
        ) { path in
            let file = folder.appending(path: path)
            if path.hasSuffix("folder.yaml") { return .failure(.init("is a folder")) }
            return (try? Data(contentsOf: file)).map { .success([UInt8]($0)) }
        }
        var text = DiagnosticText.render(loaded.diagnostics, sources: loaded.sources)
        if let plan = loaded.plan {
            text += (text.isEmpty ? "" : "\n") + PlanOutline.text(of: plan)
        }
        #expect((loaded.plan == nil) == loaded.diagnostics.contains { $0.severity == .error })
        let golden = folder.appending(path: "expected.txt")
        if ProcessInfo.processInfo.environment["UPDATE_CASES"] == "1" {
            try Data(text.utf8).write(to: golden)
        }
        let expected = try String(contentsOf: golden, encoding: .utf8)
        #expect(text == expected, "\(name): see its expected.txt")
    }

    private func settings(_ folder: URL) -> [(name: String, text: String)] {
        let file = folder.appending(path: "settings.txt")
        let lines = (try? String(contentsOf: file, encoding: .utf8)) ?? ""
        return lines.split(separator: "\n").map { line in
            let parts = line.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            return (String(parts[0]), parts.count > 1 ? String(parts[1]) : "")
        }
    }
}
