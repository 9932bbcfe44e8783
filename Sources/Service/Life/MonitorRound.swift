package import Engine
package import LocalHost

/// One round of looks at what is to hold while a pair is served here, and what follows from them.
///
/// `watch` has it made by a process of its own, since a look at a pool that hangs must not keep it
/// from hearing signals. It has the lock of rounds, and that of the pair only while a plan of the
/// site's own runs or the address is yielded. Where anybody is at work on the pair it looks at
/// nothing.
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
        PairLock.holder(of: pair.name, in: folders) == nil && isServed(pair, in: folders)
    }

    private var isDue: Bool { Self.isDue(pair, in: folders) }

    /// The same whoever is at work: for the one who has the lock.
    private static func isServed(_ pair: Signals.Pair, in folders: StateFolders) -> Bool {
        guard !pair.watched.isEmpty,
            LastEnding(pair.name, in: folders)?.lastRun.isServing == true
        else { return false }
        let wanted = WantedSpool(pair.name, in: folders).newestWanted()
        return wanted == nil && Hold.held(pair.name, in: folders) != .all
    }

    /// Looks, and does what follows; nothing where another round is under way.
    package func run() {
        let lock = PairLock.take(pair.name, in: folders, for: "a round of looks", .monitor)
        guard case .success(let lock) = lock else { return }
        defer { withExtendedLifetime(lock) {} }
        let began = MonotonicClock.now
        let items = Self.items(of: pair, installation)
        let note = BreakNote(pair.name, in: folders)
        var monitor = Monitor(items, breaks: note.breaks)
        // Those of which a release was refused in this round.
        var kept: Set<Int> = []
        while isDue, let deed = pass(&monitor, besides: kept) {
            switch deed {
            case .tell: continue
            case .run(let path, let item): run(path, why: monitor.name(of: item))
            case .release(let item, let isNews):
                if release(items[item], monitor.name(of: item), isNews: isNews) { return }
                kept.insert(item)
            }
        }
        // The next one waits for the lock; what is broken was waited for, and may hold again.
        guard monitor.breaks.isEmpty else { return }
        MonotonicClock.pause(MonitorRounds.rest(after: MonotonicClock.now - began))
    }

    /// What is to hold. Where the goals of the acquire plan are meant and it is at fault, they
    /// cannot be told.
    package static func items(of pair: Signals.Pair, _ installation: Installation) -> [Monitor.Item]
    {
        guard pair.watchesGoals else { return pair.watchedItems(goals: []) }
        switch installation.plan(.acquire, of: pair) {
        case .success(let sealed): return pair.watchedItems(goals: sealed.plan.lastingGoals)
        case .failure(let fault): return pair.watchedItems(goals: [UntoldGoals(why: fault.text)])
        }
    }

    /// Looks at all items at once, and tells of each as soon as it is known; gives what else there
    /// is to do first, where anything is.
    private func pass(_ monitor: inout Monitor, besides kept: Set<Int>) -> Monitor.Deed? {
        let host = LocalHost(
            path: installation.site.path ?? LocalHost.usualPath,
            lookTimeout: installation.site.lookTimeout, syslog: nil)
        var open = 0
        for (index, look) in monitor.looks.enumerated() where !kept.contains(index) {
            open += 1
            let until = host.now + look.patience
            host.perform(
                .await(
                    WorkID(index), look.condition, until: until,
                    seenBy: until + installation.site.lookTimeout))
        }
        while open > 0, let event = host.next() {
            guard case .looked(let id, let look) = event.input else { continue }
            open -= 1
            // What is seen in the middle of a run is no news.
            guard isDue else { return nil }
            let before = monitor.breaks
            let deeds = monitor.take(look.verdict, of: id.number, at: WallClock.milliseconds)
            for case .tell(let text, let weight) in deeds {
                tell("while it serves, \(text)", weight)
            }
            // Afterwards, so that a process that dies tells it once too often, and not never.
            if monitor.breaks != before,
                let fault = BreakNote(pair.name, in: folders).note(monitor.breaks)
            {
                syslog?.send("\(fault)", level: "err")
                // Whoever comes next would do it again.
                continue
            }
            if let deed = deeds.first(where: { !$0.isTold }) { return deed }
        }
        return nil
    }
}

extension Monitor.Deed {
    fileprivate var isTold: Bool { if case .tell = self { true } else { false } }
}

/// The goals of a plan that is at fault.
private struct UntoldGoals: Condition {
    let why: String
    let summary = "all that the acquire plan brings about is so"
    let queries: [Query] = []
    func judge(_ answers: Answers) -> Verdict { .unknown(why) }
}

// MARK: - What follows

extension MonitorRound {
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

    /// Gives the pair up as `failover switch` does, if the peer can take it over; whether it did.
    private func release(_ item: Monitor.Item, _ name: String, isNews: Bool) -> Bool {
        let tenure = LastEnding(pair.name, in: folders)?.at
        let handover = Handover(installation, pair)
        let last = LastRelease(pair.name, in: folders)
        var refusals: [String] = []
        if let ago = last.ago, ago < MonitorRounds.releasePause {
            // Two nodes with one cause would hand the pair to each other for ever.
            refusals = ["that was done \(elapsedText(ago)) ago already"]
        } else if handover.isObservable {
            refusals = handover.refusals()
        } else {
            refusals = ["nothing tells whether the peer could take it over"]
        }
        guard refusals.isEmpty else {
            let text = "not given up, since \(refusals.joined(separator: "; "))"
            if isNews { tell(text, .failure) }
            return false
        }
        // The look at the peer took its time: nobody may have come in between.
        let start = MonotonicClock.now
        let lock = PairLock.take(pair.name, in: folders, for: "giving up: not so: \(name)")
        guard case .success(let lock) = lock else { return false }
        guard Self.isServed(pair, in: folders), LastEnding(pair.name, in: folders)?.at == tenure,
            isBroken(item.condition)
        else {
            letGo(lock, since: start)
            return false
        }
        if let fault = last.note() { syslog?.send("\(fault)", level: "err") }
        tell("given up: not so: \(name)", .failure)
        tell(AddressYielding(installation, pair).yield().text, .info)
        lock.release()
        let receipt = reception.take(
            .release, of: pair, from: "what is watched", at: MonotonicClock.now)
        tellReceipt(receipt)
        return true
    }

    /// Whether a look now finds that it does not hold.
    private func isBroken(_ condition: any Condition) -> Bool {
        switch RoleLook(installation).look([condition])[0] {
        case .doesNot, .never: true
        case .holds, .unknown: false
        }
    }

    /// Runs a plan of the site's own, under the lock of the pair.
    private func run(_ path: String, why: String) {
        switch installation.plan(watched: path, of: pair) {
        case .failure(let fault): tell(fault.text, .failure)
        case .success(let sealed):
            // Whoever is at work now has its own way with the pair.
            let start = MonotonicClock.now
            let lock = PairLock.take(
                pair.name, in: folders, for: "\(sealed.plan.name), since not so: \(why)")
            guard case .success(let lock) = lock else { return }
            // A hold, or another's run, may have come in between.
            if Self.isServed(pair, in: folders) { run(sealed, since: start) }
            letGo(lock, since: start)
        }
    }

    /// Gives the lock back; whoever recorded a signal meanwhile relies on this look.
    private func letGo(_ lock: PairLock, since start: Instant) {
        lock.release()
        guard hasNews(since: start), let fault = reception.wake(pair) else { return }
        syslog?.send("\(fault)", level: "crit")
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
