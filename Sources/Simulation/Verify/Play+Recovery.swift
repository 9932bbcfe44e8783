import Engine

/// What a node keeps of a run whose engine died, and what is done about it there.
extension Play {
    /// The name of the one run of which a node keeps the journal.
    static let runName = "last"

    /// Tells what is known of the run that an earlier engine left.
    mutating func examine(on side: Side) {
        guard let journal = nodes[side].journal else { return }
        let plan = subject[journal.direction]
        var past = Past(plan)
        for record in journal.records { past.take(record) }
        var remains = Remains(Self.runName, plan: plan.name, journal.direction, .whole(past))
        remains.isOfThisBoot = journal.boot == nodes[side].boot
        remains.timesNoted = journal.resumptions
        remains.timesTold = journal.records.count { record in
            if case .resumed = record.fact { true } else { false }
        }
        remains.isLossy = journal.isFull
        hear(.found(remains), on: side)
    }

    mutating func close(_ remains: Remains, _ ending: Ending, on side: Side) {
        tell(side, .run) { "\(remains.plan) is closed: \(ending.words)" }
        let end = Record(at: now, .ended(ending))
        nodes[side].journal?.records.append(end)
        guard remains.isLast else { return }
        let before = nodes[side].lastRun
        nodes[side].lastRun = before.after(ending, of: remains.direction)
    }

    mutating func resume(_ past: Past, _ way: Resumption, on side: Side) {
        guard let direction = nodes[side].journal?.direction else { return }
        nodes[side].journal?.resumptions += 1
        let run = Run(past.plan, terms: .moreFollow, resuming: past, way)
        start(run, direction, isResumed: true, settled: .zero, on: side)
    }

    /// The engine dies: its commands go on by themselves.
    mutating func killEngine(on side: Side) {
        guard nodes[side].isAtWork else { return }
        tell(side, .mishap) { "the engine is killed" }
        nodes[side].leave()
        pair[side] = pair[side].orphaned()
        attend(side)
    }
}
