package import Engine
package import LocalHost

/// Brings about what is wanted of a pair: it holds the pair's lock, and does what the tenure of it
/// orders until nothing is left to do.
package final class Worker {
    private let installation: Installation
    private let pair: Signals.Pair
    private let folders: StateFolders
    private let spool: WantedSpool
    private var doorbell: Doorbell?
    private let syslog: Syslog?
    /// What a caller without a spool handed over.
    private let handed: Wanted?
    /// Nil where no lock is to be had, which was shouted about.
    private var lock: PairLock?
    private var tenure: Tenure
    private var orders: [Tenure.Order] = []
    /// The host of the tenure's own looks and pauses; nil while none is open.
    private var desk: LocalHost?

    /// A worker for `pair`; what its caller handed over counts where the spool tells nothing.
    package init(
        _ installation: Installation, _ pair: Signals.Pair, handed: Wanted? = nil
    ) {
        self.installation = installation
        self.pair = pair
        self.handed = handed
        folders = installation.folders
        spool = WantedSpool(pair.name, in: folders)
        syslog = installation.syslog
        tenure = Tenure(pair, clean: { [] })
    }

    /// Works until nothing is left to do, or at once not at all where another holds the lock.
    ///
    /// `inherited` is the lock that the caller handed over.
    package func work(under inherited: PairLock? = nil) {
        for fault in folders.prepare(pair.name) { shout(fault) }
        lock = inherited
        while lock != nil || takeLock() {
            do { doorbell = try Doorbell(pair.name, in: folders) } catch { shout(error) }
            let isForGood = serve()
            let isAlone = lock == nil
            // By itself and at once: whoever called has a reference to it, too.
            lock?.release()
            lock = nil
            // Whoever recorded something since, and found the lock taken, relies on this look.
            let survey = Survey(wanted: spool.newestWanted(), held: held)
            if isAlone || isForGood || !survey.isOpen { return }
        }
    }

    /// Takes the lock; false where another holds it.
    private func takeLock() -> Bool {
        switch PairLock.take(pair.name, in: folders, for: "a worker") {
        case .success(let taken): lock = taken
        case .failure(.held): return false
        case .failure(.failed(let fault)): shout(fault)
        }
        return true
    }
}

// MARK: - One stretch of work under the lock

extension Worker {
    /// Does what is ordered; gives whether that was all, also if something is wanted by now.
    private func serve() -> Bool {
        defer { desk = nil }
        lock?.note("between runs")
        tenure = Tenure(pair) { [installation, pair] in installation.cleanGoals(of: pair) }
        orders = []
        let runs = JournalShelf(pair.name, in: folders).runs()
        tell(.begin(recoverer.unfinished(of: runs), survey, lastRun(of: runs)))
        while true {
            while !orders.isEmpty {
                let order = orders.removeFirst()
                if case .leave(let isForGood) = order { return isForGood }
                carryOut(order)
            }
            guard let event = desk?.next() else {
                preconditionFailure("the pair's tenure waits for nothing and does not end")
            }
            hear(event)
        }
    }

    private func carryOut(_ order: Tenure.Order) {
        switch order {
        case .examine(let run):
            lock?.note("recovering")
            tell(.found(recoverer.remains(of: run)))
        case .close(let remains, let ending): recoverer.close(remains, ending)
        case .passOver(let run): recoverer.passOver(run)
        case .resume(let remains, let past, let way):
            desk = nil
            let ending = recoverer.resume(remains, past, way)
            tell(ending.map { .ended($0) } ?? .unnoted)
        case .report(let outcome): say(outcome.text, .warning)
        case .survey:
            lock?.note("between runs")
            tell(.surveyed(survey))
        case .work(let work):
            let host = desk ?? makeDesk()
            desk = host
            host.perform(work)
        case .run(let direction, let settled, let terms):
            desk = nil
            run(direction, settled: settled, terms: terms)
        case .clear(let wanted): spool.clear(through: wanted.serial)
        case .say(let text, let weight): say(text, weight)
        case .supersede, .leave: return
        }
    }

    private func hear(_ event: Event) {
        switch event.input {
        case .looked(let id, let look): tell(.looked(id, look), at: event.at)
        case .woke(let id): tell(.woke(id), at: event.at)
        case .gone(let id): tell(.gone(id), at: event.at)
        case .interrupt: tell(.interrupted, at: event.at)
        default: break
        }
    }

    /// A host for the tenure's own looks and pauses.
    private func makeDesk() -> LocalHost {
        LocalHost(
            path: installation.site.path ?? LocalHost.usualPath,
            lookTimeout: installation.site.lookTimeout, syslog: nil,
            catchingInterrupts: true, doorbell: doorbell,
            onRing: { [weak self] in
                self.map { $0.tell(.surveyed($0.survey)) }
                // An answer that nobody waits for, so that the orders are looked at.
                return .woke(WorkID(0))
            })
    }

    private func tell(_ input: Tenure.Input, at now: Instant = MonotonicClock.now) {
        orders += tenure.handle(input, at: now)
    }
}

// MARK: - Runs

extension Worker {
    private func run(_ direction: Plan.Direction, settled: Duration, terms: Run.Terms) {
        let ending: Ending
        var required: [any Condition] = []
        switch installation.plan(direction, of: pair) {
        case .failure(let fault):
            say(fault.text, .failure)
            ending = Ending(.refused, reason: fault.text)
            LastEnding.note(
                ending, of: direction, run: nil, pair: pair.name, in: folders)
        case .success(let sealed):
            if let remark = sealed.remark { say(remark, .failure) }
            required = sealed.plan.require
            lock?.note("\(sealed.plan.name) by signal \(pair[direction].signal)")
            var session = Session(
                sealed, site: installation.site, pair: pair.name, signal: pair[direction].signal,
                syslog: syslog)
            prepare(&session)
            ending = session.run(terms: terms, settled: settled)
        }
        lock?.note("between runs")
        tell(.ended(ending, required: required))
    }

    private func prepare(_ session: inout Session) {
        session.doorbell = doorbell
        session.shout = { [weak self] in self?.shout($0) }
        session.onRing = { [weak self] in self?.ringDuringRun() }
        session.observe = { [weak self] record in
            if case .interrupted = record.fact { self?.tell(.interrupted) }
        }
    }

    /// What a ring means to the run under way; all else waits until it is over.
    private func ringDuringRun() -> Event.Input? {
        tell(.surveyed(survey))
        var news: Event.Input?
        orders.removeAll { order in
            guard case .supersede(let plan) = order else { return false }
            news = .superseded(by: plan)
            return true
        }
        return news
    }

    private func shout(_ fault: StoreFault) { syslog?.send("\(fault)", level: "crit") }

    private func say(_ text: String, _ weight: Dispatcher.Weight) {
        syslog?.send("\(pair.name): \(text)", level: weight.level)
        // What it waits for now, for `status` and for whoever finds the lock taken.
        lock?.note(text)
    }
}

// MARK: - The store

extension Worker {
    private var recoverer: Recoverer {
        var recoverer = Recoverer(
            pair.name, site: installation.site, catalog: installation.catalog, syslog: syslog)
        recoverer.shout = { [weak self] in self?.shout($0) }
        recoverer.prepare = { [weak self] in self?.prepare(&$0) }
        return recoverer
    }

    private var held: Held { Hold.held(pair.name, in: folders) }

    private var survey: Survey {
        Survey(
            wanted: spool.newestWanted() ?? handed, held: held,
            claim: Takeover(pair.name, in: folders).claim)
    }

    /// What the last run of this boot says, the newest of these, also where only its journal tells
    /// it.
    private func lastRun(of runs: [String]) -> LastRun {
        let noted = LastEnding(pair.name, in: folders)
        let before = noted?.lastRun ?? LastRun()
        let isKnown = runs.first.map { RecoveryNote(pair.name, in: folders).closed.contains($0) }
        guard isKnown != true,
            let file = JournalShelf(pair.name, in: folders).newestReadable(of: runs),
            file.heading.boot == BootID.current, let ending = file.ending,
            noted.map({ file.lastAt > $0.at }) ?? true
        else { return before }
        let direction = file.heading.direction.flatMap(Plan.Direction.init(rawValue:))
        return before.after(ending, of: direction)
    }
}

extension Dispatcher.Weight {
    /// The level of syslog(3) of such a line; nil for the site's own.
    var level: String? {
        switch self {
        case .info: nil
        case .warning: "warning"
        case .failure: "err"
        }
    }
}
