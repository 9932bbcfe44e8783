package import Engine
package import LocalHost

/// One round of looks at what is to hold while a pair is served here, and what follows from them.
///
/// `watch` has it made by a process of its own, since a look at a pool that hangs must not keep it
/// from hearing signals. It has the lock of rounds, and that of the pair only while a plan of the
/// site's own runs. Where anybody is at work on the pair it looks at nothing.
package struct MonitorRound {
    private let installation: Installation
    private let pair: Signals.Pair
    private let folders: StateFolders
    private let reception: Reception
    private let tellReceipt: (Reception.Receipt) -> Void
    private let syslog: Syslog?

    package init(
        _ reception: Reception, _ pair: Signals.Pair,
        tell: @escaping (Reception.Receipt) -> Void
    ) {
        self.reception = reception
        tellReceipt = tell
        self.pair = pair
        installation = reception.installation
        folders = installation.folders
        syslog = installation.syslog
    }

    /// Whether there is anything to look at: the pair watches something and is served here, nobody
    /// is at work on it, nothing else is wanted of it, and no person keeps it as it is.
    package static func isDue(_ pair: Signals.Pair, in folders: StateFolders) -> Bool {
        guard !pair.watched.isEmpty,
            LastEnding(pair.name, in: folders)?.lastRun.isServing == true,
            PairLock.holder(of: pair.name, in: folders) == nil
        else { return false }
        let wanted = WantedSpool(pair.name, in: folders).newestWanted()
        return wanted == nil && Hold.held(pair.name, in: folders) != .all
    }

    private var isDue: Bool { Self.isDue(pair, in: folders) }

    /// Looks, and does what follows; nothing where another round is under way.
    package func run() {
        let lock = PairLock.take(pair.name, in: folders, for: "a round of looks", .monitor)
        guard case .success(let lock) = lock else { return }
        defer { withExtendedLifetime(lock) {} }
        guard isDue, let items = Self.items(of: pair, installation) else { return }
        let note = BreakNote(pair.name, in: folders)
        var monitor = Monitor(items, breaks: note.breaks)
        let began = MonotonicClock.now
        let verdicts = look(monitor.looks)
        let took = MonotonicClock.now - began
        // What is seen in the middle of a run is no news.
        guard isDue else { return }
        let before = monitor.breaks
        let deeds = monitor.take(verdicts, at: WallClock.milliseconds)
        // Before it is told, so that a process that dies tells it no more often than once too few.
        if monitor.breaks != before, let fault = note.note(monitor.breaks) {
            syslog?.send("\(fault)", level: "err")
        }
        for deed in deeds { carryOut(deed) }
        // The next one waits for the lock; what is broken was waited for, and may hold again.
        guard verdicts.allSatisfy({ $0 == .holds }) else { return }
        MonotonicClock.pause(MonitorRounds.rest(after: took))
    }

    /// What is to hold; nil where the goals of the acquire plan are meant and it is at fault, which
    /// its next signal tells.
    package static func items(
        of pair: Signals.Pair, _ installation: Installation
    ) -> [Monitor.Item]? {
        guard pair.watchesGoals else { return pair.watchedItems(goals: []) }
        let acquire = try? installation.plan(.acquire, of: pair).get()
        return acquire.map { pair.watchedItems(goals: $0.plan.lastingGoals) }
    }

    private func look(_ looks: [(condition: any Condition, patience: Duration)]) -> [Verdict] {
        let host = LocalHost(
            path: installation.site.path ?? LocalHost.usualPath,
            lookTimeout: installation.site.lookTimeout, syslog: nil)
        var verdicts = looks.map { _ in Verdict.unknown("nothing could be looked at") }
        for (index, look) in looks.enumerated() {
            let until = host.now + look.patience
            host.perform(
                .await(
                    WorkID(index), look.condition, until: until,
                    seenBy: until + installation.site.lookTimeout))
        }
        var open = looks.count
        while open > 0, let event = host.next() {
            guard case .looked(let id, let look) = event.input else { continue }
            verdicts[id.number] = look.verdict
            open -= 1
        }
        return verdicts
    }
}

// MARK: - What follows

extension MonitorRound {
    private func carryOut(_ deed: Monitor.Deed) {
        switch deed {
        case .tell(let text, let weight): tell("while it serves, \(text)", weight)
        case .release(let why, let isNews): release(why, isNews: isNews)
        case .run(let path, let why): run(path, why: why)
        }
    }

    private func tell(_ text: String, _ weight: Dispatcher.Weight) {
        syslog?.send("\(pair.name): \(text)", level: weight.level)
        notify("pair \(pair.name): \(text)")
    }

    private func notify(_ text: String) {
        let complaint = syslog?.line("nobody is notified: ", level: "warning")
        guard let fault = Notification(installation.site, of: text)?.send(complaint: complaint)
        else { return }
        syslog?.send("nobody is notified: \(fault)", level: "warning")
    }

    /// Gives the pair up as `failover switch` does, if the peer can take it over.
    private func release(_ why: String, isNews: Bool) {
        let refusals = Handover(installation, pair).refusals()
        guard refusals.isEmpty else {
            let text = "not given up, since nobody would serve: \(refusals.joined(separator: "; "))"
            if isNews { tell(text, .failure) }
            return
        }
        tell("given up: not so: \(why)", .failure)
        let yielding = AddressYielding(installation, pair)
        tell(yielding.yield(), .info)
        let receipt = reception.take(
            .release, of: pair, from: "what is watched", at: MonotonicClock.now)
        tellReceipt(receipt)
    }

    /// Runs a plan of the site's own, under the lock of the pair.
    private func run(_ path: String, why: String) {
        switch installation.plan(watched: path, of: pair) {
        case .failure(let fault): tell(fault.text, .failure)
        case .success(let sealed):
            // Whoever is at work now has its own way with the pair.
            let lock = PairLock.take(
                pair.name, in: folders, for: "\(sealed.plan.name), since not so: \(why)")
            guard case .success(let lock) = lock else { return }
            let start = MonotonicClock.now
            run(sealed, since: start)
            lock.release()
            if hasNews(since: start), let fault = reception.wake(pair) {
                syslog?.send("\(fault)", level: "crit")
            }
        }
    }

    private func run(_ sealed: SealedPlan, since start: Instant) {
        var session = Session(
            sealed, site: installation.site, pair: pair.name, signal: "watch", syslog: syslog)
        session.mends = true
        session.shout = { syslog?.send("\($0)", level: "crit") }
        session.doorbell = try? Doorbell(pair.name, in: folders)
        var isTold = false
        session.onRing = {
            if let claim = Takeover(pair.name, in: folders).claim {
                return .superseded(by: claim)
            }
            guard !isTold, hasNews(since: start) else { return nil }
            isTold = true
            return .superseded(by: "a signal")
        }
        _ = session.run(terms: .byHand)
    }

    /// Whether a signal came in that is to be acted on.
    private func hasNews(since start: Instant) -> Bool {
        guard let wanted = WantedSpool(pair.name, in: folders).newestWanted() else { return false }
        return wanted.at >= start && !Hold.held(pair.name, in: folders).covers(wanted.direction)
    }
}
