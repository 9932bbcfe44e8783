import Engine
import Foundation
import Steps
import Testing

/// The signals that people copy from the page load as they stand, and so does the shipped file.
@Suite struct SignalsPageTests {
    private static let page = Repository.text("docs/signals.md")

    /// The blocks of YAML.
    static let blocks = page.components(separatedBy: "```yaml\n").dropFirst().map { part in
        part.components(separatedBy: "```").first ?? ""
    }

    @Test func `the page has blocks`() {
        #expect(Self.blocks.count >= 4)
    }

    @Test(arguments: blocks) func `every block loads without a word`(_ block: String) {
        #expect(Self.faults("plans/signals.yaml", block) == [])
        #expect(Self.faults("plans/signals.yaml", block + "x: 1\n") != [])
    }

    @Test func `the shipped signals load without a word, with their plans`() {
        #expect(Self.faults("plans/signals.yaml", nil) == [])
        #expect(Self.faults("plans/drbd/signals.yaml", nil) == [])
    }

    /// Each key that the loader knows is explained.
    @Test func `the page has every key of the loader`() {
        let faulty = "x: 1\nacquire: {x: 1, retry: {x: 1}}\nrelease: {x: 1}\n"
        let loaded = Self.load("plans/signals.yaml", faulty)
        let keys = loaded.diagnostics.compactMap(\.note).filter { $0.hasPrefix("its keys are") }
        #expect(keys.count == 4)
        for key in keys.joined().split(separator: "`").map(String.init)
        where key.first?.isLetter == true && !key.contains(" ") {
            #expect(Self.page.contains("`\(key)`"), "\(key)")
        }
    }

    private static func load(_ path: String, _ text: String?) -> Signals.Loaded {
        Signals.load(path, catalog: .builtin, platform: nil) { read($0, path, text) }
    }

    private static func faults(_ path: String, _ text: String?) -> [String] {
        let loaded = load(path, text)
        var faults = loaded.diagnostics
        var all: [[Plan]] = []
        for pair in loaded.signals?.pairs ?? [] {
            let plans = Plan.Direction.allCases.map { direction in
                pair.plan(
                    for: direction, site: loaded.sitePath, catalog: .builtin, platform: nil
                ) { read($0, path, text) }
            }
            faults += plans.flatMap(\.diagnostics)
            faults += pair.faults(acquire: plans[0], release: plans[1])
            all.append(plans.compactMap(\.plan))
        }
        faults += loaded.signals?.faults(between: all) ?? []
        return faults.map(\.message)
    }

    private static func read(
        _ path: String, _ replaced: String, _ text: String?
    ) -> Result<[UInt8], PlanLoader.ReadFault>? {
        if path == replaced, let text { return .success(Array(text.utf8)) }
        guard Repository.exists(path) else { return nil }
        return .success(Array(Repository.text(path).utf8))
    }
}
