import Engine
import Foundation
import Steps
import Testing

/// The case folders `Tests/Cases/load-lint-*`: a plan, what the lint says of it, and a plan that is
/// nearly the same and breaks no rule. `UPDATE_CASES=1` rewrites `expected.txt`.
@Suite struct LintCaseTests {
    static let prefix = "load-lint-"

    static let names: [String] = {
        let all = try? FileManager.default.contentsOfDirectory(atPath: Case.root.path)
        return (all ?? []).filter { $0.hasPrefix(prefix) }.sorted()
    }()

    @Test(arguments: names) func `a case says what is expected`(_ name: String) throws {
        let loaded = load(name, "plan.yaml")
        let text = DiagnosticText.render(loaded.diagnostics, sources: loaded.sources)
        let golden = Case.root.appending(path: "\(name)/expected.txt")
        if ProcessInfo.processInfo.environment["UPDATE_CASES"] == "1" {
            try Data(text.utf8).write(to: golden)
        }
        let expected = try String(contentsOf: golden, encoding: .utf8)
        #expect(text == expected, "\(name): see its expected.txt")
        #expect(!text.isEmpty, "\(name) shows nothing")
    }

    @Test(arguments: Lint.pages.filter { $0.subject == .plan }.map(\.code))
    func `each rule has a plan that breaks it alone, and one that does not`(_ code: String) {
        let name = Self.prefix + code
        let codes = load(name, "plan.yaml").diagnostics.map(\.code)
        #expect(Set(codes) == [code])
        let near = load(name, "near-miss.yaml")
        #expect(near.plan != nil)
        #expect(near.diagnostics.map { "\($0.code): \($0.message)" } == [])
    }

    @Test(arguments: Lint.pages.filter { $0.subject == .plan })
    func `what a plan means is not told, and only what can be meant`(_ page: LintPage) {
        let name = Self.prefix + page.code
        let text = Self.allowing(page.code, in: Self.text(name, "plan.yaml"))
        let loaded = load(name, "plan.yaml", text)
        let told = loaded.diagnostics.map(\.code)
        #expect(page.refusal == nil ? told == [] : told.contains("unknown-rule"))
    }

    @Test func `a plan allows what it means, and nothing else`() {
        let near = load("load-lint-allow", "near-miss.yaml")
        #expect(near.plan != nil && near.diagnostics.isEmpty)
        // The same without the word is told of: the word is what silences it.
        let broken = load("load-lint-limits-above-timeout", "plan.yaml")
        #expect(broken.diagnostics.map(\.code) == ["limits-above-timeout"])
    }

    /// Loads a file of a case under the name by which its counterpart knows it.
    private func load(
        _ name: String, _ file: String, _ text: String? = nil
    ) -> PlanLoader.Loaded {
        PlanLoader.load("plan.yaml", catalog: .builtin, platform: .freebsd) { path in
            if path == "plan.yaml", let text { return .success([UInt8](text.utf8)) }
            let place = Case.root.appending(path: "\(name)/\(path == "plan.yaml" ? file : path)")
            return (try? Data(contentsOf: place)).map { .success([UInt8]($0)) }
        }
    }

    private static func text(_ name: String, _ file: String) -> String {
        let place = Case.root.appending(path: "\(name)/\(file)")
        return (try? String(contentsOf: place, encoding: .utf8)) ?? ""
    }

    /// The plan with one more code under its `allow`.
    private static func allowing(_ code: String, in text: String) -> String {
        text.contains("\nallow: [")
            ? text.replacing("\nallow: [", with: "\nallow: [\(code), ", maxReplacements: 1)
            : "allow: [\(code)]\n" + text
    }
}
