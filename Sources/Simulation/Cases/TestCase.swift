public import Engine

/// A plan, the world it runs in, what goes wrong there, and what is expected of it.
public struct TestCase: Sendable {
    /// The file, as it was named.
    public let path: String
    /// What the case tells, if its author says so.
    public let description: String?
    /// The plan.
    public let plan: Plan
    /// The world at the start, its troubles included.
    public let world: World
    /// What was added to the world.
    let troubles: Troubles
    /// What should come of it; nil in a case that was not recorded yet.
    let expectation: Expectation?

    /// The file's name without its folder and its ending.
    public var name: String {
        let file = path.split(separator: "/").last.map(String.init) ?? path
        return file.split(separator: ".").first.map(String.init) ?? file
    }

    /// Runs the plan in the world; with a seed, at another pace than the world's own.
    public func play(seed: UInt64? = nil) -> CaseRun {
        var world = world.limited(by: plan)
        if let seed { world.latencies.seed = seed }
        var host = SimulatedHost(world)
        var records: [Record] = []
        var driver = Driver(plan)
        let start = host.now
        let ending = driver.drive(&host, from: start) { records.append($0) }
        return CaseRun(
            plan: plan, records: records, ending: ending, host: host, took: host.now - start,
            missed: troubles.missed(on: host))
    }
}

/// What came of a case.
public struct CaseRun {
    /// The plan that ran.
    public let plan: Plan
    /// All that was recorded.
    public let records: [Record]
    /// How it ended.
    public let ending: Ending
    /// The host at the end.
    public let host: SimulatedHost
    /// How long it took, in simulated time.
    public let took: Duration
    /// The troubles that struck nothing, and why.
    public let missed: [Troubles.Missed]

    /// The steps that were taken back, each by its kind and what a person reads of it.
    var undone: [(words: [String], label: String)] {
        records.compactMap { record in
            guard case .stepEnded(let node, .back, .undone) = record.fact,
                case .step(let step) = plan[node].kind
            else { return nil }
            let label = plan[node].label
            return ([step.kind] + label.split(separator: " ").map(String.init), label)
        }
    }
}
