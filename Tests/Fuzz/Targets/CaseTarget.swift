import Engine
import Simulation
import Steps

/// The reader of cases, and of the lines behind `--fault`; a case that is read is played, compared
/// with what it expects, and recorded.
struct CaseTarget: FuzzTarget {
    static let name = "case"
    private static let path = "case.yaml"

    let seeds: [Input]
    let tokens: [String]
    private let plans: [String: [UInt8]]

    init(_ repository: Repository) {
        let shipped = repository.names(in: "plans/cases").map { "plans/cases/\($0)" }
        let cases = repository.names(in: "Tests/Cases").filter { $0.hasPrefix("test-") }
            .map { "Tests/Cases/\($0)/case.yaml" }
        seeds = (shipped + cases).compactMap { path in
            repository.bytes(path).map { Input([Input.Part(name: Self.path, bytes: $0)]) }
        }
        var plans = ["site.yaml": Array("parameters: {if-export-fails: park}\n".utf8)]
        for name in ["become-master.yaml", "become-slave.yaml"] {
            plans[name] = repository.bytes("plans/\(name)")
        }
        self.plans = plans
        let words = [
            "plan", "set", "world", "faults", "later", "seed", "expect", "ending", "sequence",
            "exactly", "undone", "never", "within", "after", "warnings", "left", "next", "damage",
            "roles", "services", "address", "#2", "hangs", "late after 3s", "fails-before exit 3",
            "fails-after", "peer-dies after 2s", "signal x after 3s", "interrupt", "zpool import",
        ]
        tokens = words.flatMap { [$0, "\($0): ", "\n  - \($0)"] } + PlanWords.all
    }

    func read(_ input: Input, _ generator: inout SplitMix) throws(Finding) -> [String] {
        let loaded = CaseFile.load(Self.path, catalog: .builtin) { path in
            if path == Self.path { return input[Self.path].map { .success($0) } }
            let name = path.split(separator: "/").last.map(String.init) ?? ""
            return plans[name].map { .success($0) }
        }
        try DiagnosticCheck.check(
            loaded.diagnostics, loaded.sources, isRefused: loaded.testCase == nil)
        var features = loaded.diagnostics.map { "\($0.code) \($0.message.prefix(12))" }
        features += try readLines(of: input)
        guard let testCase = loaded.testCase else { return features }
        // A world can make a run try again for hours; that it ends is asked of the target `world`.
        features.append(try Trial.run(testCase.plan, on: SimulatedHost(testCase.world)))
        let run = testCase.play()
        let differences = testCase.differences(from: run)
        let text = differences.flatMap(\.lines).joined(separator: "\n")
        try expect(differences.isEmpty == text.isEmpty, "a difference shows nothing")
        try recorded(Recording(run).text)
        return features + differences.map(\.key)
    }

    /// What is recorded is read back without a fault.
    private func recorded(_ text: String) throws(Finding) {
        var faults = Diagnostics()
        let source = SourceText(name: Self.path, bytes: Array(text.utf8))
        let node = YAML.read(source, source: 0, &faults)
        let why = faults.all.first?.message ?? ""
        try expect(node?["expect"] != nil && !faults.hasErrors, "a recording is no YAML: \(why)")
    }

    private func readLines(of input: Input) throws(Finding) -> [String] {
        let lines = input.text(Self.path).split(whereSeparator: \.isNewline).prefix(8).map { line in
            SourceText(
                name: "--fault", bytes: Array(printable(line.drop { " -".contains($0) }).utf8))
        }
        var diagnostics = Diagnostics()
        let troubles = Troubles.read(Array(lines), in: .pair(Pair(), .takingOver), &diagnostics)
        try DiagnosticCheck.check(diagnostics.all, Array(lines), isRefused: troubles == nil)
        return diagnostics.all.map { "line \($0.code) \($0.message.prefix(12))" }
    }
}
