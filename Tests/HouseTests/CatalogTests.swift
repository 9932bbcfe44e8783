import Engine
import Steps
import Testing

/// Every kind of the catalog can be learned from.
@Suite struct CatalogTests {
    private static let catalog = Catalog.builtin
    private static let conditions = catalog.conditions.map { $0.reference }
    private static let steps = catalog.steps.map(\.reference)

    @Test(arguments: (steps + conditions).map(\.name))
    func `a kind has its reference text`(_ name: String) throws {
        let reference = try #require((Self.steps + Self.conditions).first { $0.name == name })
        #expect(reference.summary.last == ".")
        #expect(reference.summary.first?.isUppercase == true)
        #expect(!reference.undone.isEmpty)
        #expect(reference.timeout > .zero)
        for field in reference.fields {
            #expect(!field.summary.isEmpty, "\(name).\(field.name)")
            #expect(field.summary.last != ".", "\(name).\(field.name)")
            #expect(field.absent?.isEmpty != true, "\(name).\(field.name)")
        }
        #expect(reference.fields.contains { $0.name == reference.main } || reference.main == nil)
    }

    @Test(arguments: steps.map(\.name))
    func `the example of a step loads`(_ name: String) throws {
        let reference = try #require(Self.steps.first { $0.name == name })
        let body = "  " + reference.example.split(separator: "\n").joined(separator: "\n  ")
        #expect(load("steps:\n\(body)\n") == [])
    }

    @Test(arguments: conditions.map(\.name))
    func `the example of a condition loads`(_ name: String) throws {
        let reference = try #require(Self.conditions.first { $0.name == name })
        let body = "  " + reference.example.split(separator: "\n").joined(separator: "\n  ")
        #expect(load("require:\n\(body)\nsteps: [{log: x}]\n") == [])
    }

    /// The errors of a plan with this body, whichever way the plan goes.
    private func load(_ body: String) -> [String] {
        var errors: [String] = []
        for direction in ["acquire", "release"] {
            let other = direction == "acquire" ? "release" : "acquire"
            let files = [
                "a.yaml": head("a", direction, counterpart: "b.yaml") + body,
                "b.yaml": head("b", other, counterpart: "a.yaml") + "steps: [{log: x}]\n",
            ]
            let loaded = PlanLoader.load("a.yaml", catalog: Self.catalog, platform: .freebsd) {
                files[$0].map { .success(Array($0.utf8)) }
            }
            errors = loaded.diagnostics.filter { $0.severity == .error }.map(\.message)
            if errors.isEmpty { break }
        }
        return errors
    }

    private func head(_ name: String, _ direction: String, counterpart: String) -> String {
        "plan: \(name)\ndirection: \(direction)\ncounterpart: \(counterpart)\n"
            + (direction == "release" ? "if-stuck: park\n" : "")
    }
}
