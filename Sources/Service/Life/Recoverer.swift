package import Engine
package import LocalHost

/// Takes up, or closes, the runs of a pair that an engine began and did not end.
///
/// Whoever holds the lock of a pair does this first. That a run is taken up is noted beside the
/// lock before anything is done for it: when its engine dies again it is taken up again, a few
/// times, unless the journal could not tell of the last time.
package struct Recoverer {
    /// What became of an unfinished run.
    package struct Outcome {
        package let run: String
        package let plan: String
        /// How it ended; nil when it was left as it is.
        package let ending: Ending?
        /// What a person should know.
        package let text: String
        package let direction: Plan.Direction?
    }

    /// What a closed run left running has so long to be gone.
    private static let orphanPatience = Duration.seconds(60)

    package let pair: String
    package let site: Site
    package let catalog: Catalog
    package let syslog: Syslog?
    package var shout: (StoreFault) -> Void = { _ in }
    /// Prepares the session of a run that is taken up: its doorbell, its display.
    package var prepare: (inout Session) -> Void = { _ in }

    package init(_ pair: String, site: Site, catalog: Catalog, syslog: Syslog?) {
        self.pair = pair
        self.site = site
        self.catalog = catalog
        self.syslog = syslog
    }

    private var folders: StateFolders { StateFolders(site) }
    private var shelf: JournalShelf { JournalShelf(pair, in: folders) }

    /// Whether the newest run of a pair was begun in this boot and is neither over nor dealt with.
    package static func hasUnfinished(_ pair: String, in folders: StateFolders) -> Bool {
        let shelf = JournalShelf(pair, in: folders)
        guard let run = shelf.runs().first, case .success(let file)? = shelf.read(run) else {
            return false
        }
        return file.ending == nil && file.heading.boot == BootID.current
            && RecoveryNote(pair, in: folders).count(.closed, of: run) == 0
    }

    /// Deals with every unfinished run, the oldest first.
    ///
    /// `isWanted` says whether what is wanted of the pair now is this direction; `choice` is a
    /// person's, for the newest of them.
    package func recover(
        choice: Recovery.Choice? = nil, isWanted: (Plan.Direction?) -> Bool
    ) -> [Outcome] {
        let note = RecoveryNote(pair, in: folders)
        let all = shelf.unfinished()
        var outcomes: [Outcome] = []
        for (index, item) in all.enumerated() where note.count(.closed, of: item.run) == 0 {
            switch item.file {
            case .failure(let fault):
                outcomes.append(
                    Outcome(
                        run: item.run, plan: "", ending: nil,
                        text: "the journal of run \(item.run) is left as it is: \(fault.text)",
                        direction: nil))
                note.add(item.run, .closed)
            case .success(let file):
                let isNewest = index == all.count - 1 && shelf.runs().first == item.run
                outcomes.append(
                    recover(file, isNewest: isNewest, choice: choice, note, isWanted: isWanted))
            }
        }
        return outcomes
    }

    private func recover(
        _ file: JournalFile,
        isNewest: Bool,
        choice: Recovery.Choice?,
        _ note: RecoveryNote,
        isWanted: (Plan.Direction?) -> Bool
    ) -> Outcome {
        let isOfThisBoot = file.heading.boot == BootID.current
        let plan: Plan
        switch file.heading.reload(catalog) {
        case .success(let made): plan = made
        case .failure(let unfit):
            // Numbers of processes mean nothing in another boot.
            let orphans = Orphans(isOfThisBoot ? file.records : [])
            let warnings = orphans.warnings(besides: end(orphans))
            let why = "its sealed plan does not fit: \(unfit.why)"
            return close(file, note, Self.left(why, warnings))
        }
        var past = Past(plan)
        for record in file.records { past.take(record) }
        guard isOfThisBoot else {
            return close(file, note, Recovery.cutOff(past, of: plan))
        }
        let times = note.count(.resumed, of: file.heading.run)
        switch decide(past, of: plan, file, isNewest, times, choice, isWanted) {
        case .close(let decided):
            let ending = ended(past.orphans, decided)
            if isNewest {
                LastEnding.note(ending, of: plan.direction, pair: pair, in: folders)
            }
            return close(file, note, ending)
        case .refuse(let why):
            return Outcome(
                run: file.heading.run, plan: plan.name, ending: nil, text: why,
                direction: plan.direction)
        case .resume(let way):
            guard note.add(file.heading.run, .resumed) else {
                let warnings = past.orphans.warnings(besides: end(past.orphans))
                let why = "that it is taken up cannot be noted"
                return close(file, note, Self.left(why, warnings))
            }
            return resume(file, plan, past, way)
        }
    }

    private func decide(
        _ past: Past,
        of plan: Plan,
        _ file: JournalFile,
        _ isNewest: Bool,
        _ times: Int,
        _ choice: Recovery.Choice?,
        _ isWanted: (Plan.Direction?) -> Bool
    ) -> Recovery.Decision {
        guard isNewest else { return .close(Self.left("a newer run followed it")) }
        guard times <= file.resumptions else {
            return .close(Self.left("it was taken up before, and its journal does not tell how"))
        }
        guard choice != nil || times < Recovery.limit else {
            return .close(Recovery.exhausted(past, of: plan))
        }
        guard RecoveryNote(pair, in: folders).count(.lossy, of: file.heading.run) == 0 else {
            return .close(Self.left("its journal could not be written to the end"))
        }
        guard file.damaged.isEmpty else {
            let lines = file.damaged.prefix(3).map(String.init).joined(separator: ", ")
            return .close(Self.left("its journal is damaged in line \(lines)"))
        }
        let choice = choice ?? .automatic(isWanted: isWanted(plan.direction))
        return Recovery.decide(past, of: plan, choice)
    }

    /// Ends what a run left running, and names in its ending only what could not be ended.
    private func ended(_ orphans: Orphans, _ ending: Ending) -> Ending {
        let left = orphans.warnings(besides: end(orphans))
        let gone = orphans.warnings().filter { !left.contains($0) }
        return Ending(
            ending.kind, reason: ending.reason,
            warnings: ending.warnings.filter { !gone.contains($0) },
            remaining: ending.remaining, handOver: ending.handOver)
    }

    /// Ends what a run left running that is only closed, so that it does not come late; gives what
    /// is gone.
    private func end(_ orphans: Orphans) -> [WorkID] {
        let orphans = orphans.work
        guard !orphans.isEmpty else { return [] }
        let host = LocalHost(path: site.path ?? LocalHost.usualPath, syslog: syslog)
        for orphan in orphans { host.perform(orphan) }
        let alarm = WorkID(Int.max)
        host.perform(.sleep(alarm, until: host.now + Self.orphanPatience))
        var gone: [WorkID] = []
        while gone.count < orphans.count, let event = host.next() {
            switch event.input {
            case .gone(let id): gone.append(id)
            case .woke(alarm): return gone
            default: continue
            }
        }
        return gone
    }

    private func resume(
        _ file: JournalFile, _ plan: Plan, _ past: Past, _ way: Resumption
    ) -> Outcome {
        let heading = file.heading
        let sealed = SealedPlan(
            plan, path: heading.path, site: heading.site,
            settings: heading.settings.map { ($0.name, $0.text) },
            sources: [], acceptsStale: heading.acceptsStale)
        var session = Session(
            sealed, site: site, pair: pair, signal: heading.signal, syslog: syslog)
        session.shout = shout
        prepare(&session)
        let takeover = Session.Takeover(run: heading.run, past: past, way: way)
        let terms: Run.Terms = heading.reason == .signal ? .moreFollow : .byHand
        let ending = session.run(terms: terms, resuming: takeover)
        return Outcome(
            run: heading.run, plan: plan.name, ending: ending,
            text: "run \(heading.run) of \(plan.name) was taken up: \(ending.sentence)",
            direction: plan.direction)
    }

    private func close(
        _ file: JournalFile, _ note: RecoveryNote, _ ending: Ending
    ) -> Outcome {
        let heading = file.heading
        note.add(heading.run, .closed)
        let journal = Journal(
            path: shelf.path(of: heading.run), isResumed: true, shout: shout)
        let at = file.heading.boot == BootID.current ? MonotonicClock.now : file.lastAt
        journal.take(Record(at: at, .ended(ending)))
        journal.close()
        return Outcome(
            run: heading.run, plan: heading.plan, ending: ending,
            text: "run \(heading.run) of \(heading.plan) is closed: \(ending.sentence)",
            direction: heading.direction.flatMap(Plan.Direction.init(rawValue:)))
    }

    private static func left(_ why: String, _ warnings: [String] = []) -> Ending {
        Ending(
            .left, reason: "the engine died in the middle of it, and it cannot be taken up: \(why)",
            warnings: warnings)
    }
}

extension JournalFile {
    /// How often the run was taken up, as far as the journal was written.
    fileprivate var resumptions: Int {
        records.count { record in
            if case .resumed = record.fact { true } else { false }
        }
    }

    /// The time of the last record.
    var lastAt: Instant { records.last?.at ?? .zero }
}
