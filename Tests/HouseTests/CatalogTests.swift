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
        #expect(load("steps:\n\(body)\n", reference) == [])
    }

    @Test(arguments: conditions.map(\.name))
    func `the example of a condition loads`(_ name: String) throws {
        let reference = try #require(Self.conditions.first { $0.name == name })
        let body = "  " + reference.example.split(separator: "\n").joined(separator: "\n  ")
        #expect(load("require:\n\(body)\nsteps: [{log: x}]\n", reference) == [])
    }

    /// The errors of a plan with this body; a plan that takes or gives needs its counterpart.
    private func load(_ body: String, _ reference: Reference) -> [String] {
        var faults: [[String]] = []
        for head in [
            "plan: a\n", "plan: a\ndirection: acquire\ncounterpart: b.yaml\n",
            "plan: a\ndirection: release\ncounterpart: b.yaml\nif-stuck: park\n",
        ] {
            let files = [
                "a.yaml": head + body,
                "b.yaml": head.contains("acquire")
                    ? "plan: b\ndirection: release\ncounterpart: a.yaml\nif-stuck: park\n"
                        + "steps: [{log: x}]\n"
                    : "plan: b\ndirection: acquire\ncounterpart: a.yaml\nsteps: [{log: x}]\n",
            ]
            let loaded = PlanLoader.load("a.yaml", catalog: Self.catalog, platform: .freebsd) {
                files[$0].map { .success(Array($0.utf8)) }
            }
            let errors = loaded.diagnostics.filter { $0.severity == .error }
            if errors.isEmpty { return [] }
            faults.append(errors.map(\.message))
        }
        return faults.first ?? []
    }
}
