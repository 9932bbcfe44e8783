package import Engine
package import LocalHost

/// Brings about what is wanted of a pair: it holds the pair's lock, recovers what an earlier engine
/// left, and does what the dispatcher orders until nothing is left to do.
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
    private var dispatcher: Dispatcher
    /// The plan's directions that a ring during a run named, for the run.
    private var orders: [Dispatcher.Order] = []
    private var isEnding = false
    /// The direction of the run that is taken up again, until it has heard of a newer signal.
    private var resumed: Plan.Direction?

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
        dispatcher = Dispatcher(pair, clean: [])
    }

    /// Works until nothing is left to do, or at once not at all where another holds the lock.
    ///
    /// `inherited` is the lock that the caller handed over.
    package func work(under inherited: PairLock? = nil) {
        for fault in folders.prepare(pair.name) { shout(fault) }
        lock = inherited
        while lock != nil || takeLock() {
            do { doorbell = try Doorbell(pair.name, in: folders) } catch { shout(error) }
            serve()
            let isAlone = lock == nil
            // By itself and at once: whoever called has a reference to it, too.
            lock?.release()
            lock = nil
            // Whoever recorded something since, and found the lock taken, relies on this look.
            if isAlone || isEnding || !isWanted { return }
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
    private func serve() {
        recover()
        dispatcher = Dispatcher(pair, clean: cleanGoals())
        // Before anything else, so that nothing begins under a hold.
        tell(.held(held))
        tell(.start(wanted: wanted, last: last))
        lock?.note("between runs")
        var desk: LocalHost?
        while true {
            while !orders.isEmpty {
                switch orders.removeFirst() {
                case .work(let work):
                    let host = desk ?? makeDesk()
                    desk = host
                    host.perform(work)
                case .run(let direction, let settled, let terms):
                    desk = nil
                    run(direction, settled: settled, terms: terms)
                    if isEnding { return clearOrders() }
                case .supersede: continue
                case .clear(let wanted): spool.clear(through: wanted.serial)
                case .say(let text, let weight): say(text, weight)
                case .leave: return
                }
            }
            guard let event = desk?.next() else {
                preconditionFailure("the dispatcher waits for nothing and does not leave")
            }
            hear(event)
            if isEnding { return }
        }
    }

    /// Does what can be done at once before it leaves: the records that are settled.
    private func clearOrders() {
        for case .clear(let wanted) in orders { spool.clear(through: wanted.serial) }
        orders = []
    }

    private func hear(_ event: Event) {
        switch event.input {
        case .looked(let id, let look): tell(.looked(id, look), at: event.at)
        case .woke(let id): tell(.woke(id), at: event.at)
        case .interrupt:
            say("the worker is told to end, and nothing is under way", .warning)
            isEnding = true
        default: break
        }
    }

    /// A host for the dispatcher's own looks and pauses.
    private func makeDesk() -> LocalHost {
        LocalHost(
            path: installation.site.path ?? LocalHost.usualPath, syslog: nil,
            catchingInterrupts: true, doorbell: doorbell,
            onRing: { [weak self] in
                if self?.rung() != nil { self?.giveWay() }
                // An answer that nobody waits for, so that the orders are looked at again.
                return .woke(WorkID(0))
            })
    }

    /// Reads anew what others may have changed; gives what a run under way is to hear of it.
    @discardableResult
    private func rung() -> Event.Input? {
        tell(.held(held))
        if let wanted { tell(.wanted(wanted)) }
        guard let takeover = Takeover(pair.name, in: folders).claim else { return nil }
        isEnding = true
        return .superseded(by: takeover)
    }

    /// What a person runs now counts more than what was wanted before.
    private func giveWay() {
        guard let wanted = spool.newestWanted() else { return }
        say("handed over to a person's run: \(wanted.source) is not followed", .warning)
        spool.clear(through: wanted.serial)
    }

    private func tell(_ input: Dispatcher.Input, at now: Instant = MonotonicClock.now) {
        orders += dispatcher.handle(input, at: now)
    }

    private var held: Held { Hold.held(pair.name, in: folders) }

    /// Whether anything is wanted that is not held.
    private var isWanted: Bool {
        spool.newestWanted().map { !held.covers($0.direction) } ?? false
    }

    private var wanted: Wanted? { spool.newestWanted() ?? handed }
}

// MARK: - Runs

extension Worker {
    private func run(_ direction: Plan.Direction, settled: Duration, terms: Run.Terms) {
        let ending: Ending
        switch installation.plan(direction, of: pair) {
        case .failure(let fault):
            say(fault.text, .failure)
            ending = Ending(.refused, reason: fault.text)
            LastEnding.note(ending, of: direction, pair: pair.name, in: folders)
        case .success(let sealed):
            lock?.note("\(sealed.plan.name) by signal \(pair[direction].signal)")
            var session = Session(
                sealed, site: installation.site, pair: pair.name, signal: pair[direction].signal,
                syslog: syslog)
            prepare(&session)
            // Whoever ends a worker wants no other attempt.
            session.observe = { [weak self] record in
                if case .interrupted = record.fact { self?.isEnding = true }
            }
            ending = session.run(terms: terms, settled: settled)
        }
        lock?.note("between runs")
        tell(.ended(ending))
    }

    private func prepare(_ session: inout Session) {
        session.doorbell = doorbell
        session.shout = { [weak self] in self?.shout($0) }
        session.onRing = { [weak self] in self?.ringDuringRun() }
    }

    private func ringDuringRun() -> Event.Input? {
        let taken = rung()
        if let taken { return taken }
        var by = turnOfResumedRun()
        orders.removeAll { order in
            guard case .supersede(let direction) = order else { return false }
            by = direction
            return true
        }
        return by.map { .superseded(by: Self.name(of: pair[$0].plan)) }
    }

    /// A run that is taken up again is no run of the dispatcher, and hears of a newer signal all
    /// the same.
    private func turnOfResumedRun() -> Plan.Direction? {
        guard let resumed, let wanted, wanted.direction != resumed else { return nil }
        self.resumed = nil
        return wanted.direction
    }

    /// The name of a plan by its file: `become-slave`.
    private static func name(of path: String) -> String {
        let file = path.split(separator: "/").last.map(String.init) ?? path
        return file.hasSuffix(".yaml") ? String(file.dropLast(5)) : file
    }

    private func recover() {
        lock?.note("recovering")
        var recoverer = Recoverer(
            pair.name, site: installation.site, catalog: installation.catalog, syslog: syslog)
        recoverer.shout = { [weak self] in self?.shout($0) }
        recoverer.prepare = { [weak self] session in
            self?.prepare(&session)
            self?.resumed = session.sealed.plan.direction
        }
        let wanted = wanted?.direction
        for outcome in recoverer.recover(isWanted: { $0 != nil && $0 == wanted }) {
            say(outcome.text, .warning)
        }
        resumed = nil
        orders = []
    }

    /// How the newest run of this boot ended.
    private var last: Dispatcher.Last {
        let noted = LastEnding(pair.name, in: folders)
        if let file = JournalShelf(pair.name, in: folders).newest(),
            file.heading.boot == BootID.current, let ending = file.ending,
            noted.map({ file.lastAt > $0.at }) ?? true
        {
            return .ended(file.heading.direction.flatMap(Plan.Direction.init(rawValue:)), ending)
        }
        return noted.map { .ended($0.direction, $0.ending) } ?? .none
    }

    /// What holds when nothing of a promotion is left.
    private func cleanGoals() -> [any Condition] {
        guard case .success(let sealed) = installation.plan(.release, of: pair) else { return [] }
        return sealed.plan.lastingGoals
    }

    private func shout(_ fault: StoreFault) { syslog?.send("\(fault)", level: "crit") }

    private func say(_ text: String, _ weight: Dispatcher.Weight) {
        let level: String? =
            switch weight {
            case .info: nil
            case .warning: "warning"
            case .failure: "err"
            }
        syslog?.send("\(pair.name): \(text)", level: level)
        // What it waits for now, for `status` and for whoever finds the lock taken.
        lock?.note(text)
    }
}
