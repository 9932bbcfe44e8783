import Engine
import Service
import Simulation
import Steps

/// The plan loader: plan, counterpart, site, settings; what loads also runs to an end.
struct PlanTarget: FuzzTarget {
    static let name = "plan"
    /// The part with the settings of the command line, `name=text`, a line for each.
    private static let settings = "settings.txt"
    /// A plan of more nodes is not run.
    private static let runLimit = 120

    let seeds: [Input]
    let tokens = PlanWords.all

    init(_ repository: Repository) {
        let cases = "Tests/Cases"
        let names = repository.names(in: cases).filter { !$0.hasPrefix("signals-") }
        seeds =
            Self.shipped(repository)
            + names.compactMap { name in
                let folder = "\(cases)/\(name)"
                let files = repository.names(in: folder).filter {
                    $0.hasSuffix(".yaml") && $0 != "world.yaml" || $0 == Self.settings
                }
                guard files.contains("plan.yaml") else { return nil }
                let rest = files.filter { $0 != "plan.yaml" }
                return Input(
                    (["plan.yaml"] + rest).map { ($0, repository.text("\(folder)/\($0)")) })
            }
    }

    private static func shipped(_ repository: Repository) -> [Input] {
        let names = ["become-master.yaml", "become-slave.yaml"]
        return [names, names.reversed()].map { names in
            Input((names + ["site.yaml"]).map { ($0, repository.text("plans/\($0)")) })
        }
    }

    func read(_ input: Input, _ generator: inout SplitMix) throws(Finding) -> [String] {
        let loaded = load(input)
        try DiagnosticCheck.check(
            loaded.diagnostics, loaded.sources, isRefused: loaded.plan == nil)
        var features = loaded.diagnostics.map { "\($0.code) \($0.note?.prefix(12) ?? "")" }
        guard let plan = loaded.plan else { return features }
        features += plan.nodes.map { Self.word($0.kind) }
        try checkSame(plan, input)
        try checkSealed(plan, input, loaded)
        guard plan.nodes.count <= Self.runLimit else { return features }
        let pair = Pair(plan)
        let world = World.pair(pair, Standing(for: plan.direction))
        features.append(try Trial.run(plan, on: SimulatedHost(world)))
        features.append(try Trial.run(plan, on: UnkindHost(&generator)))
        return features
    }

    private func load(_ input: Input) -> PlanLoader.Loaded {
        PlanLoader.load(
            input.parts[0].name, settings: Self.settings(input), catalog: .builtin,
            platform: .freebsd, read: Files(input).read)
    }

    private static func settings(_ input: Input) -> [(name: String, text: String)] {
        input.text(settings).split(separator: "\n").map { line in
            let parts = line.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            return (String(parts[0]), parts.count > 1 ? String(parts[1]) : "")
        }
    }

    private static func word(_ kind: PlanNode.Kind) -> String {
        switch kind {
        case .step(let step): step.kind
        case .group(let group): group.atOnce > 1 ? "parallel" : "sequence"
        case .pointOfNoReturn: "point-of-no-return"
        }
    }

    private func checkSame(_ plan: Plan, _ input: Input) throws(Finding) {
        let again = load(input).plan
        try expect(again?.digest == plan.digest, "a plan loads again to another digest")
        try expect(
            again?.nodes.map(\.label) == plan.nodes.map(\.label),
            "a plan loads again to other steps")
        for node in plan.nodes {
            try expect(Text.isPrintable(node.label), "a label steers a terminal: \(node.label)")
        }
    }

    /// A journal that begins with the plan gives the same plan back.
    private func checkSealed(
        _ plan: Plan, _ input: Input, _ loaded: PlanLoader.Loaded
    ) throws(Finding) {
        let sealed = SealedPlan(
            plan, path: input.parts[0].name, site: nil, settings: Self.settings(input),
            sources: loaded.sources)
        let heading = JournalHeading(
            sealed, run: RunName(), boot: "a", pair: "default", signal: nil)
        let line = Array(JSONLines().line(heading).utf8)
        guard case .success(let file) = JournalFile.read(line) else {
            throw Finding("a heading that was written cannot be read")
        }
        guard case .success(let made) = file.heading.reload(.builtin) else {
            throw Finding("a sealed plan cannot be made again")
        }
        try expect(made.digest == plan.digest, "a sealed plan is another one")
    }
}
