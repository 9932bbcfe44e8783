import Engine
import Service
import Simulation
import Steps

/// The journal of a run that was really run, in a simulated world.
struct RecordedRun {
    private static let eventLimit = 20_000

    let heading: String
    /// The lines of the records, each with its end.
    let records: String

    /// The runs of the cases, and those of the shipped plans in the worlds beside them.
    static func all(_ repository: Repository) -> [RecordedRun] {
        let names = repository.names(in: "Tests/Cases").filter { $0.hasPrefix("run-") }
        let worlds = repository.names(in: "plans/worlds").filter { $0.hasSuffix(".yaml") }
        var runs = worlds.flatMap { world in
            ["master", "slave"].compactMap { name in
                let loaded = ShippedPlan.load(name, repository)
                return make(
                    loaded, ShippedPlan.path(name), repository.bytes("plans/worlds/\(world)"))
            }
        }
        runs += names.compactMap { name in
            let folder = "Tests/Cases/\(name)"
            let loaded = PlanLoader.load(
                "plan.yaml", catalog: .builtin, platform: .freebsd
            ) { path in repository.bytes("\(folder)/\(path)").map { .success($0) } }
            return make(loaded, "plan.yaml", repository.bytes("\(folder)/world.yaml"))
        }
        return runs
    }

    private static func make(
        _ loaded: PlanLoader.Loaded, _ path: String, _ world: [UInt8]?
    ) -> RecordedRun? {
        guard let plan = loaded.plan else { return nil }
        let sealed = SealedPlan(
            plan, path: path, site: nil, settings: [],
            sources: loaded.sources)
        let heading = JournalHeading(
            sealed, run: RunName(), boot: "0", pair: "default", signal: "master")
        let text = SourceText(name: "world.yaml", bytes: world ?? [])
        var faults = Diagnostics()
        guard
            let world = WorldFile.read(
                text, for: plan, &faults)
        else { return nil }
        var host = SimulatedHost(world, tellsProcesses: true)
        var run = Run(plan)
        var event = Event(at: .zero, .begin(settled: .zero))
        let lines = JSONLines()
        var records = ""
        for _ in 0..<eventLimit {
            let turn = run.handle(event)
            for record in turn.records { records += lines.line(record) }
            for work in turn.work { host.perform(work) }
            guard run.ending == nil, let next = host.next() else { break }
            event = next
        }
        // A name and a time of its own would make each start of the program another seed.
        return RecordedRun(heading: stable(lines.line(heading)), records: records)
    }

    /// The heading with a name, time and process that are the same for ever.
    private static func stable(_ line: String) -> String {
        guard var object = Plain.object(line) else { return line }
        object["run"] = "20261122T031500.123Z-4711"
        object["time"] = "2026-11-22T03:15:00.123Z"
        object["pid"] = 4711
        return Plain.line(object) + "\n"
    }
}
