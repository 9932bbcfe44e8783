import Engine
import Simulation
import Steps

/// The reader of world files; a world that is read is played by the shipped plans.
struct WorldTarget: FuzzTarget {
    static let name = "world"
    private static let path = "world.yaml"

    let seeds: [Input]
    let tokens: [String]
    private let plans: [Plan]

    init(_ repository: Repository) {
        let cases = repository.names(in: "Tests/Cases").map { "Tests/Cases/\($0)/world.yaml" }
        let worlds = repository.names(in: "plans/worlds").filter { $0.hasSuffix(".yaml") }
        seeds = (worlds.map { "plans/worlds/\($0)" } + cases).compactMap { path in
            repository.bytes(path).map { Input([Input.Part(name: Self.path, bytes: $0)]) }
        }
        plans = ["master", "slave"].compactMap { ShippedPlan.load($0, repository).plan }
        let words = [
            "description", "standing", "disks", "pool", "interface", "vhid", "peer", "peer-after",
            "zfs", "hastd", "carp", "advskew", "peer-advskew", "carp-preempts", "resources",
            "pools", "services", "targets", "luns", "files", "devices", "processes", "ports",
            "operator", "tools", "latencies", "faults", "later", "releases", "dead", "stays",
            "after", "at", "takes", "fails", "hangs", "signal", "interrupt", "apply", "read",
        ]
        tokens = words.flatMap { [$0, "\($0): "] } + PlanWords.all
    }

    func read(_ input: Input, _ generator: inout SplitMix) throws(Finding) -> [String] {
        let plan = generator.pick(plans)
        let text = SourceText(name: Self.path, bytes: input[Self.path] ?? [])
        var diagnostics = Diagnostics()
        let world = WorldFile.read(text, for: plan, &diagnostics)
        try DiagnosticCheck.check(diagnostics.all, [text], isRefused: world == nil)
        let features = diagnostics.all.map { "\($0.code) \($0.message.prefix(12))" }
        guard let world else { return features }
        return features + [try Trial.run(plan, on: SimulatedHost(world))]
    }
}
