import Engine

/// What a play asks of a host beside the engine's work.
extension SimulatedHost {
    /// What a look would see at this moment; nothing is waited for.
    mutating func see(_ condition: any Condition) -> Verdict {
        let answers = condition.queries.map { query in
            answer(query) ?? .missing(why: "it does not answer")
        }
        return condition.judge(Answers(condition.queries, answers))
    }

    /// Lets a command of a person take its effect at once; gives when it has ended.
    mutating func run(_ command: Command) -> Instant {
        guard case .tool(let argv) = command.action else { return now }
        let takes = world.latencies.takes(world.tool(for: argv), argv, of: world.tools)
        alter { _ = $0.run(argv) }
        return Instant(nanoseconds: now.nanoseconds + takes)
    }
}
