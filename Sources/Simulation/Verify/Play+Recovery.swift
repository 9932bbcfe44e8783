import Engine

/// What a worker does about the run that an earlier engine left.
extension Play {
    /// What a closed run left running has so long to be gone.
    private static let orphanPatience = Duration.seconds(60)
    /// The id of the pause that ends with it; no dispatcher comes near.
    static let orphanAlarm = WorkID(1 << 20)

    mutating func recover(on side: Side) {
        guard let journal = nodes[side].journal, !journal.isEnded else {
            return dispatch(on: side)
        }
        let plan = subject[journal.direction]
        var past = Past(plan)
        for record in journal.records { past.take(record) }
        guard journal.boot == nodes[side].boot else {
            return close(Recovery.cutOff(past, of: plan), on: side)
        }
        let isWanted = nodes[side].wanted?.direction == journal.direction
        let choice = Recovery.Choice.automatic(isWanted: isWanted)
        if journal.isFull {
            let ending = Ending(.left, reason: "its journal does not tell how it went on")
            return close(ending, ending: past.orphans, on: side)
        }
        guard journal.resumptions < Recovery.limit else {
            return close(Recovery.exhausted(past, of: plan), ending: past.orphans, on: side)
        }
        switch Recovery.decide(past, of: plan, choice) {
        case .close(let ending): close(ending, ending: past.orphans, on: side)
        case .refuse: dispatch(on: side)
        case .resume(let way):
            nodes[side].journal?.resumptions += 1
            let run = Run(plan, terms: .moreFollow, resuming: past, way)
            start(run, journal.direction, isResumed: true, settled: .zero, on: side)
        }
    }

    /// Closes a run that is not taken up; what it left running is ended first.
    private mutating func close(
        _ ending: Ending, ending orphans: Orphans = Orphans([]), on side: Side
    ) {
        guard let direction = nodes[side].journal?.direction else { return }
        tell(side, .run) { "\(subject[direction].name) is closed: \(ending.words)" }
        let isOfThisBoot = nodes[side].journal?.boot == nodes[side].boot
        let end = Record(at: now, .ended(ending))
        nodes[side].journal?.records.append(end)
        if isOfThisBoot { noteStuck(direction, ending, on: side) }
        let orphans = orphans.work
        guard !orphans.isEmpty else { return dispatch(on: side) }
        nodes[side].orphans = orphans.count
        let until = now + Self.orphanPatience
        give(.sleep(Self.orphanAlarm, until: until), base: nodes[side].base, to: side)
        for orphan in orphans { give(orphan, base: nodes[side].base, to: side) }
    }

    mutating func noteStuck(_ direction: Plan.Direction, _ ending: Ending, on side: Side) {
        nodes[side].isStuck = ending.leavesStuck(by: direction, before: nodes[side].isStuck)
    }

    mutating func orphansAreLeft(on side: Side) {
        guard nodes[side].orphans > 0 else { return }
        nodes[side].orphans = 0
        dispatch(on: side)
    }

    mutating func orphanIsGone(on side: Side) {
        guard nodes[side].orphans > 0 else { return }
        nodes[side].orphans -= 1
        if nodes[side].orphans == 0 { dispatch(on: side) }
    }

    /// The engine dies: its commands go on by themselves.
    mutating func killEngine(on side: Side) {
        guard nodes[side].isAtWork else { return }
        tell(side, .mishap) { "the engine is killed" }
        nodes[side].leave()
        pair[side] = pair[side].orphaned()
        guard nodes[side].isAwaited, nodes[side].wanted != nil else { return }
        schedule.enter(.worker(side, boot: nodes[side].boot), at: now + Self.loneliness)
    }
}
