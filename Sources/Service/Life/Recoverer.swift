package import Engine
package import LocalHost

/// Does on this machine what is to be done about the runs of a pair that an engine began and did
/// not end.
///
/// What that is, `Salvage` decides. That a run is taken up is noted beside the lock before anything
/// is done for it, since a journal on a full or read-only disk cannot say so itself.
package struct Recoverer {
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
    private var note: RecoveryNote { RecoveryNote(pair, in: folders) }

    /// Whether the newest run of a pair was begun in this boot and is neither over nor dealt with.
    package static func hasUnfinished(_ pair: String, in folders: StateFolders) -> Bool {
        let shelf = JournalShelf(pair, in: folders)
        guard let run = shelf.runs().first,
            !RecoveryNote(pair, in: folders).closed.contains(run),
            case .success(let file) = shelf.read(run)
        else { return false }
        return file.ending == nil && file.heading.boot == BootID.current
    }

    /// Deals with every unfinished run, the oldest first.
    ///
    /// `wants` is what the pair is wanted to be now; `choice` is a person's, for the newest.
    package func recover(
        choice: Recovery.Choice? = nil, wants: Plan.Direction?
    ) -> [Salvage.Outcome] {
        var salvage = Salvage(unfinished(of: shelf.runs()), choice: choice, wants: wants)
        var orders = salvage.begin()[...]
        var outcomes: [Salvage.Outcome] = []
        var host: LocalHost?
        while true {
            while let order = orders.popFirst() {
                var answer: Salvage.Input?
                switch order {
                case .examine(let run): answer = .found(remains(of: run))
                case .work(let work):
                    let desk =
                        host
                        ?? LocalHost(
                            path: site.path ?? LocalHost.usualPath, lookTimeout: site.lookTimeout,
                            syslog: syslog)
                    host = desk
                    desk.perform(work)
                case .close(let remains, let ending): close(remains, ending)
                case .passOver(let run): passOver(run)
                case .resume(let remains, let past, let way):
                    answer = resume(remains, past, way).map { .ended($0) } ?? .unnoted
                case .report(let outcome): outcomes.append(outcome)
                case .finish: return outcomes
                }
                if let answer { orders += salvage.handle(answer, at: MonotonicClock.now) }
            }
            guard let event = host?.next() else {
                preconditionFailure("the recovery waits for nothing and is not over")
            }
            switch event.input {
            case .gone(let id): orders += salvage.handle(.gone(id), at: event.at)
            case .woke(let id): orders += salvage.handle(.woke(id), at: event.at)
            default: continue
            }
        }
    }
}

// MARK: - The store

extension Recoverer {
    /// Those of these runs, the newest first, that are to be dealt with, the oldest first.
    func unfinished(of runs: [String]) -> [String] {
        let (unfinished, over) = shelf.sorted(runs, besides: note.closed)
        // What the newest left says what may follow it, so that it is read until that is noted.
        note.add(over.filter { $0 != runs.first }, .closed)
        return unfinished
    }

    /// What is known of an unfinished run.
    func remains(of run: String) -> Remains {
        let file: JournalFile
        switch shelf.read(run) {
        case .failure(let fault): return Remains(run, plan: "", nil, .nothing(why: fault.text))
        case .success(let read): file = read
        }
        let heading = file.heading
        let direction = heading.direction.flatMap(Plan.Direction.init(rawValue:))
        var remains = Remains(run, plan: heading.plan, direction, file.reading(catalog))
        remains.isOfThisBoot = heading.boot == BootID.current
        remains.isNewest = shelf.runs().first == run
        remains.timesNoted = note.count(.resumed, of: run)
        remains.timesTold = file.resumptions
        remains.isLossy = file.isCut || note.count(.lossy, of: run) > 0
        remains.damaged = file.damaged
        remains.lastAt = file.lastAt
        remains.terms = heading.reason == .signal ? .moreFollow : .byHand
        return remains
    }

    func passOver(_ run: String) { note.add(run, .closed) }

    /// Writes the ending of a run that is not taken up.
    func close(_ remains: Remains, _ ending: Ending) {
        if remains.isLast {
            LastEnding.note(
                ending, of: remains.direction, run: remains.run, pair: pair, in: folders)
        }
        note.add(remains.run, .closed)
        let size = (try? shelf.read(remains.run).get())?.size ?? 0
        let journal = Journal(path: shelf.path(of: remains.run), resuming: size, shout: shout)
        let at = remains.isOfThisBoot ? MonotonicClock.now : remains.lastAt
        journal.take(Record(at: at, .ended(ending)))
        journal.close()
    }

    /// Takes a run up; nil when that cannot be noted.
    func resume(_ remains: Remains, _ past: Past, _ way: Resumption) -> Ending? {
        guard case .success(let file) = shelf.read(remains.run), note.add(remains.run, .resumed)
        else { return nil }
        let heading = file.heading
        let sealed = SealedPlan(
            past.plan, path: heading.path, site: heading.site,
            settings: heading.settings.map { ($0.name, $0.text) },
            sources: [], acceptsStale: heading.acceptsStale)
        var session = Session(
            sealed, site: site, pair: pair, signal: heading.signal, syslog: syslog)
        session.shout = shout
        prepare(&session)
        let takeover = Session.Takeover(
            run: heading.run, past: past, way: way, size: file.size)
        return session.run(terms: remains.terms, resuming: takeover)
    }
}

extension JournalFile {
    /// How much of it can be understood.
    fileprivate func reading(_ catalog: Catalog) -> Remains.Reading {
        switch heading.reload(catalog) {
        case .failure(let unfit): return .unfit(why: unfit.why, Orphans(records))
        case .success(let plan):
            var past = Past(plan)
            for record in records { past.take(record) }
            return .whole(past)
        }
    }

    /// How often the run was taken up, as far as the journal was written.
    fileprivate var resumptions: Int {
        records.count { record in
            if case .resumed = record.fact { true } else { false }
        }
    }

    /// The time of the last record.
    var lastAt: Instant { records.last?.at ?? .zero }
}

extension Salvage.Outcome {
    /// What a person should know.
    package var text: String {
        switch deed {
        case .leftAlone(let why): why
        case .closed(let ending): "run \(run) of \(plan) is closed: \(ending.sentence)"
        case .takenUp(let ending): "run \(run) of \(plan) was taken up: \(ending.sentence)"
        }
    }
}
