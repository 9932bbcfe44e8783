import Engine

/// A run that must come to an end: on any host, in a bounded number of events.
enum Trial {
    /// A step has its attempts, its looks and its undo; a run has so many events at most for each.
    private static let eventsPerNode = 4000
    private static let eventsAtLeast = 20_000

    /// Plays the run to its end, of which it answers with the kind.
    static func run(
        _ plan: Plan, on host: some Host, resuming: (past: Past, way: Resumption)? = nil
    ) throws(Finding) -> String {
        var host = host
        var run = resuming.map { Run(plan, resuming: $0.past, $0.way) } ?? Run(plan)
        var event = Event(at: .zero, .begin(settled: .zero))
        let limit = max(eventsAtLeast, plan.nodes.count * eventsPerNode)
        for _ in 0..<limit {
            let turn = run.handle(event)
            for work in turn.work { host.perform(work) }
            try check(turn, plan)
            if let ending = run.ending {
                try check(ending, plan)
                return "ends \(ending.kind.rawValue)"
            }
            guard let next = host.next() else {
                throw Finding("a run waits for nothing and is not over")
            }
            try expect(next.at >= event.at, "the host's clock goes back")
            event = next
        }
        throw Finding("a run does not end in \(limit) events")
    }

    private static func check(_ turn: Turn, _ plan: Plan) throws(Finding) {
        guard plan.direction == .release else { return }
        for record in turn.records {
            if case .phase(.rollingBack) = record.fact {
                throw Finding("a release is taken back")
            }
        }
    }

    private static func check(_ ending: Ending, _ plan: Plan) throws(Finding) {
        let isRolledBack = ending.kind == .rolledBack || ending.kind == .interrupted
        try expect(
            plan.direction != .release || !isRolledBack, "a release ends \(ending.kind.rawValue)")
    }
}
