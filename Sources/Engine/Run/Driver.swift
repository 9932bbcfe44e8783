/// What a run answers to an event: first the records, then the work.
public struct Turn: Sendable {
    /// What happened and what was decided, in order.
    public internal(set) var records: [Record] = []
    /// What the host is to do, in order.
    public internal(set) var work: [Work] = []
}

/// Carries events from a host to a run, and its work back, until the run is over.
public struct Driver {
    private var run: Run

    /// Drives a run of `plan`: a fresh one, or one whose engine died.
    public init(
        _ plan: Plan,
        terms: Run.Terms = .byHand,
        resuming: (past: Past, way: Resumption)? = nil
    ) {
        if let (past, way) = resuming {
            run = Run(plan, terms: terms, resuming: past, way)
        } else {
            run = Run(plan, terms: terms)
        }
    }

    /// Drives the run to its end on `host`; each record is handed on before the work it announces.
    public mutating func drive(
        _ host: inout some Host,
        from start: Instant,
        settled: Duration = .zero,
        observe: (Record) -> Void
    ) -> Ending {
        var event = Event(at: start, .begin(settled: settled))
        while true {
            let turn = run.handle(event)
            turn.records.forEach(observe)
            for work in turn.work { host.perform(work) }
            if let ending = run.ending { return ending }
            guard let next = host.next() else {
                preconditionFailure("the run waits for nothing and is not over")
            }
            event = next
        }
    }
}
