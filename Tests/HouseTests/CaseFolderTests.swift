import Engine
import Steps
import Testing

/// Every kind of the catalog has its case folders, for each situation that it can come into.
@Suite struct CaseFolderTests {
    private static let catalog = Catalog.builtin
    private static let steps = catalog.steps.map(\.reference.name)
    private static let conditions = catalog.conditions.map { $0.reference.name }

    @Test(arguments: steps)
    func `a step has a case for each of its situations`(_ name: String) throws {
        for situation in situations(of: try example(of: name)) {
            check("run-\(name)-\(situation)", mentions: [name])
        }
    }

    @Test(arguments: conditions)
    func `a condition is required, refuses, decides and guards in cases`(_ name: String) {
        check("run-\(name)-refuses", mentions: ["require:", "- \(name):"])
        check(
            "run-\(name)-decides",
            mentions: ["require:", "- \(name):", "when: {\(name):", "guard:"]
        )
    }

    @Test func `each case says in a comment what it shows`() {
        let plans = Repository.files(under: "Tests/Cases", ending: "plan.yaml")
        for path in plans where path.hasPrefix("Tests/Cases/run-") {
            #expect(Repository.text(path).hasPrefix("# "), "\(path)")
        }
    }

    /// The situations that a step can come into, by what it is made of.
    private func situations(of node: StepNode) -> [String] {
        switch node.step.apply(.none).first?.action {
        case nil: ["success", "times-out"] + (waits(node.step) ? ["already"] : [])
        case .log: ["success"]
        case .ask: ["success", "fails", "times-out"]
        case .tool, .fenceSelf:
            ["success", "already", "fails", "in-doubt"]
                + (node.step.effect == .releases ? ["stuck"] : ["undo-fails"])
        }
    }

    /// Whether a step without commands waits for something that can be so already.
    private func waits(_ step: any Step) -> Bool {
        guard case .condition(let goal) = step.goal else { return false }
        return !goal.queries.isEmpty
    }

    private func check(_ folder: String, mentions words: [String]) {
        let path = "Tests/Cases/\(folder)"
        #expect(Repository.exists("\(path)/expected.txt"), "there is no \(path)")
        let plan = Repository.text("\(path)/plan.yaml")
        for word in words { #expect(plan.contains(word), "\(path)/plan.yaml: \(word)") }
    }

    /// The step that the reference gives as an example.
    private func example(of name: String) throws -> StepNode {
        let reference = try #require(Self.catalog.step(named: name)?.reference)
        let body = "steps:\n" + reference.example
        for head in ["", Self.acquires, Self.releases] {
            let loaded = PlanLoader.load("a", catalog: Self.catalog, platform: .freebsd) { path in
                switch path {
                case "a": .success(Array("plan: a\n\(head)\(body)".utf8))
                case "b": .success(Array("plan: b\n\(Self.releases)steps: [{log: x}]".utf8))
                case "c": .success(Array("plan: c\n\(Self.acquires)steps: [{log: x}]".utf8))
                default: nil
                }
            }
            for node in loaded.plan?.nodes ?? [] {
                if case .step(let step) = node.kind, step.kind == name { return step }
            }
        }
        throw Missing(name: name)
    }

    private static let acquires = "direction: acquire\ncounterpart: b\n"
    private static let releases = "direction: release\ncounterpart: c\nif-stuck: park\n"

    /// The example of a kind is no plan.
    private struct Missing: Error { let name: String }
}
