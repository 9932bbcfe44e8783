package import Engine
package import LocalHost

/// A service that listens to signals by itself, and has them acted on just as `on` does.
///
/// Runs are the business of workers in processes of their own: that the service ends, or starts
/// anew, changes nothing for the pair.
package final class Watcher {
    /// Refused lines are logged so often at most.
    private static let refusalPause = Duration.seconds(10)
    /// A worker says who it is within so long.
    private static let naming = Duration.milliseconds(100)

    private let installation: Installation
    private let reception: Reception
    private let listener: SignalListener
    private let manager: ServiceManager
    private let syslog: Syslog?
    /// How often the service manager wants to hear; nil for never.
    private let watchdog: Duration?
    private let tell: (Reception.Receipt) -> Void
    /// Have it looked whether all is well while the pairs are served here, in their order.
    private var keepers: [MonitorKeeper]
    /// In the order of the pairs.
    private var lookouts: [Lookout]
    /// What the next service of this boot is to know of each pair.
    private let notes: [AddressNote]
    private var noted: [Plan.Direction?]
    /// Who has the pairs' locks, as far as it is known.
    private var workers: [PairLock.Holder?]
    private var refusedAt: Instant?
    private var isReady = false

    package init(
        _ installation: Installation,
        _ reception: Reception,
        _ listener: SignalListener,
        manager: ServiceManager,
        watchdog: Duration?,
        reviewEvery: Duration = Lookout.usualReview,
        monitor: @escaping (Signals.Pair) -> StoreFault?,
        tell: @escaping (Reception.Receipt) -> Void
    ) {
        self.installation = installation
        self.reception = reception
        self.listener = listener
        self.manager = manager
        self.watchdog = watchdog
        notes = installation.signals.pairs.map { AddressNote($0.name, in: installation.folders) }
        noted = notes.map(\.direction)
        lookouts = noted.map { seen in
            let now = MonotonicClock.now
            var lookout = Lookout(at: now, seen: seen, reviewEvery: reviewEvery)
            lookout.lookSoon(at: now)
            return lookout
        }
        keepers = installation.signals.pairs.map {
            MonitorKeeper(installation, $0, every: reviewEvery, start: monitor)
        }
        workers = installation.signals.pairs.map { _ in nil }
        self.tell = tell
        syslog = installation.syslog
    }

    /// Listens until a person or the service manager ends it.
    package func watch() {
        while true {
            manager.tell("WATCHDOG=1")
            let now = MonotonicClock.now
            let beat = now + (watchdog.map { $0 / 2 } ?? .seconds(60))
            let named = noticeWorkers()
            let due = (lookouts.map(\.dueAt) + keepers.map(\.dueAt)).min() ?? .never
            let holders = workers.compactMap { $0?.pid }
            for heard in listener.listen(until: min(beat, due, named), orEndOf: holders) {
                guard hear(heard) else {
                    manager.tell("STOPPING=1")
                    syslog?.send("watch ends; what runs goes on by itself")
                    return
                }
            }
            if !isReady {
                isReady = true
                manager.tell("READY=1")
                syslog?.send("watch listens")
            }
            for index in lookouts.indices {
                look(index)
                note(index)
                keepers[index].keep(at: MonotonicClock.now)
            }
        }
    }
}

extension Watcher {
    /// Notes what is new to the service.
    private func note(_ index: Int) {
        guard let seen = lookouts[index].seen, seen != noted[index] else { return }
        noted[index] = seen
        notes[index].note(seen)
    }
}

// MARK: - What is heard

extension Watcher {
    /// Takes one thing in; false when it is time to end.
    private func hear(_ heard: SignalListener.Heard) -> Bool {
        let now = MonotonicClock.now
        switch heard {
        case .interrupt: return false
        case .connected(let source):
            syslog?.send("listening to \(source.rawValue)")
            // What was said before is lost; the state is there to be seen.
            for index in lookouts.indices { lookouts[index].lookSoon(at: now) }
        case .lost(let source, let why):
            syslog?.send("\(source.rawValue) cannot be heard: \(why)", level: "warning")
        case .line(let source, let line): take(line, from: source, at: now)
        }
        return true
    }

    private func take(_ line: String, from source: SignalListener.Source, at now: Instant) {
        let read: Result<Notice?, Refusal> =
            switch source {
            case .devd: Notice.devd(line: line)
            case .keepalived: Notice.fifo(line: line)
            case .drbd: Notice.drbd(line: line)
            case .zfs: .success(nil)
            }
        // Storage is heard of before anybody knows what it means for what is served.
        if source.tellsOfStorage(line) {
            for index in keepers.indices { keepers[index].hear(at: now) }
        }
        // What DRBD says is no news of the address, but a good time to look whether there is any.
        if source == .drbd { for index in lookouts.indices { lookouts[index].reviewSoon(at: now) } }
        switch read {
        case .success(nil): return
        case .success(let notice?):
            for receipt in reception.take(notice, at: now) {
                // What DRBD says is no news of the address.
                if source != .drbd { hear(receipt) }
                tell(receipt)
            }
        case .failure(let refusal):
            guard refusedAt.map({ now - $0 >= Self.refusalPause }) ?? true else { return }
            refusedAt = now
            syslog?.send("a signal is refused: \(refusal.why)", level: "warning")
        }
    }
}

// MARK: - Workers

extension Watcher {
    /// Takes in who has the locks of the pairs; gives when that is to be done again at the latest.
    ///
    /// Where a worker is gone and left something open, its pair is reviewed.
    private func noticeWorkers() -> Instant {
        let now = MonotonicClock.now
        let holders = installation.signals.pairs.map {
            PairLock.holder(of: $0.name, in: installation.folders)
        }
        for (index, pair) in installation.signals.pairs.enumerated()
        where workers[index] != nil && holders[index] == nil {
            let isOpen = survey(of: pair).isOpen(isUnfinished: isUnfinished(pair))
            if isOpen { lookouts[index].hearDeath(at: now) }
            // What was mended may hold again.
            if workers[index]?.mends == true { keepers[index].hear(at: now) }
        }
        workers = holders
        return holders.contains { $0?.isOneself == true } ? now + Self.naming : .never
    }

    private func survey(of pair: Signals.Pair) -> Survey {
        let folders = installation.folders
        return Survey(
            wanted: WantedSpool(pair.name, in: folders).newestWanted(),
            held: Hold.held(pair.name, in: folders))
    }

    private func isUnfinished(_ pair: Signals.Pair) -> Bool {
        Recoverer.hasUnfinished(pair.name, in: installation.folders)
    }
}

// MARK: - Looking

extension Watcher {
    private func hear(_ receipt: Reception.Receipt) {
        let pairs = installation.signals.pairs
        guard let index = pairs.firstIndex(where: { $0.name == receipt.pair.name }) else { return }
        lookouts[index].hear(receipt.wanted.direction)
    }

    /// Looks at a pair as far as its lookout asks for it, and does what follows.
    private func look(_ index: Int) {
        let pair = installation.signals.pairs[index]
        let folders = installation.folders
        let now = MonotonicClock.now
        guard lookouts[index].dueAt <= now else { return }
        let need = lookouts[index].need(
            at: now, Hold.held(pair.name, in: folders),
            isAtWork: PairLock.holder(of: pair.name, in: folders) != nil)
        switch need {
        case .nothing: return
        case .address(onceTellable: true) where !isTellable(pair):
            return lookouts[index].untellable(at: MonotonicClock.now)
        case .address, .review: break
        }
        let address = direction(of: pair)
        let sight = Lookout.Sight(
            address: address, survey(of: pair),
            followed: LastEnding(pair.name, in: folders)?.lastRun.direction,
            isUnfinished: need == .review && isUnfinished(pair))
        act(lookouts[index].saw(sight, at: MonotonicClock.now), on: pair)
    }

    private func act(_ deed: Lookout.Deed, on pair: Signals.Pair) {
        switch deed {
        case .nothing: return
        case .take(let direction):
            let source = "the address as watch sees it"
            tell(reception.take(direction, of: pair, from: source, at: MonotonicClock.now))
        case .wake: wake(pair)
        case .replace:
            syslog?.send("\(pair.name): nobody is at work for what is open; a worker is started")
            wake(pair)
        }
    }

    private func wake(_ pair: Signals.Pair) {
        if let fault = reception.wake(pair) { syslog?.send("\(fault)", level: "crit") }
    }

    /// What the address calls for; nil when it cannot be told, which is no reason to give anything
    /// up.
    private func direction(of pair: Signals.Pair) -> Plan.Direction? {
        Plan.Direction(calledForBy: RoleLook(installation).look(pair))
    }

    /// Whether the host can be asked at all: at a boot hastd may not be up yet.
    private func isTellable(_ pair: Signals.Pair) -> Bool {
        guard case .success(let sealed) = installation.plan(.release, of: pair) else { return true }
        let host = LocalHost(
            path: installation.site.path ?? LocalHost.usualPath,
            lookTimeout: installation.site.lookTimeout, syslog: nil)
        let condition = Decided(Tellable(sealed.plan.lastingGoals), for: .when)
        let until = host.now + RoleLook.limit
        let seenBy = host.now + RoleLook.patience
        host.perform(.await(WorkID(1), condition, until: until, seenBy: seenBy))
        while let event = host.next() {
            if case .looked(_, let look) = event.input { return look.verdict == .holds }
        }
        return false
    }
}
