import Engine
package import LocalHost

/// A service that listens to signals by itself, and has them acted on just as `on` does.
///
/// Runs are the business of workers in processes of their own: that the service ends, or starts
/// anew, changes nothing for the pair.
package final class Watcher {
    /// Signals are lost while nobody listens; so long after a start or a break, at most, the
    /// address is looked at.
    private static let tellingLimit = Duration.seconds(300)
    /// A look that tells nothing is made again after so long.
    private static let pause = Duration.seconds(5)
    /// A signal may be lost, and a worker killed: so often it is looked whether all is followed.
    package static let usualReview = Duration.seconds(60)
    /// Refused lines are logged so often at most.
    private static let refusalPause = Duration.seconds(10)

    private let installation: Installation
    private let reception: Reception
    private let listener: SignalListener
    private let manager: ServiceManager
    private let syslog: Syslog?
    /// How often the service manager wants to hear; nil for never.
    private let watchdog: Duration?
    private let reviewPause: Duration
    private let tell: (Reception.Receipt) -> Void
    private var pending: [String: Instant] = [:]
    private var tellableBy = Instant.zero
    /// What the address of each pair was when it was last looked at, or heard of.
    private var seen: [String: Plan.Direction] = [:]
    private var reviewAt = Instant.zero
    private var refusedAt: Instant?
    private var isReady = false

    package init(
        _ installation: Installation,
        _ reception: Reception,
        _ listener: SignalListener,
        manager: ServiceManager,
        watchdog: Duration?,
        reviewEvery: Duration = Watcher.usualReview,
        tell: @escaping (Reception.Receipt) -> Void
    ) {
        self.installation = installation
        self.reception = reception
        self.listener = listener
        self.manager = manager
        self.watchdog = watchdog
        reviewPause = reviewEvery
        self.tell = tell
        syslog = installation.syslog
    }

    /// Listens until a person or the service manager ends it.
    package func watch() {
        let start = MonotonicClock.now
        tellableBy = start + Self.tellingLimit
        reviewAt = start + reviewPause
        lookSoon(at: start)
        while true {
            manager.tell("WATCHDOG=1")
            let now = MonotonicClock.now
            let beat = now + (watchdog.map { $0 / 2 } ?? .seconds(60))
            let due = min(reviewAt, pending.values.min() ?? .never)
            for heard in listener.listen(until: min(beat, due)) {
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
            reconcile(at: MonotonicClock.now)
            review(at: MonotonicClock.now)
        }
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
            lookSoon(at: now)
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
            }
        // What DRBD says is no news of the address, but a good time to look whether there is any.
        if source == .drbd { reviewAt = now }
        switch read {
        case .success(nil): return
        case .success(let notice?):
            for receipt in reception.take(notice, at: now) {
                // What DRBD says is no news of the address.
                if source != .drbd { seen[receipt.pair.name] = receipt.wanted.direction }
                tell(receipt)
            }
        case .failure(let refusal):
            guard refusedAt.map({ now - $0 >= Self.refusalPause }) ?? true else { return }
            refusedAt = now
            syslog?.send("a signal is refused: \(refusal.why)", level: "warning")
        }
    }
}

// MARK: - Reconciling

extension Watcher {
    private func lookSoon(at now: Instant) {
        for pair in installation.signals.pairs { pending[pair.name] = now }
    }

    /// Holds what is wanted of each pair against what its address is, where that is due.
    private func reconcile(at now: Instant) {
        for pair in installation.signals.pairs {
            guard let due = pending[pair.name], due <= now else { continue }
            pending[pair.name] = reconcile(pair) ? nil : MonotonicClock.now + Self.pause
        }
    }

    /// True when the pair is dealt with; false to look again.
    private func reconcile(_ pair: Signals.Pair) -> Bool {
        let folders = installation.folders
        let held = Hold.held(pair.name, in: folders)
        guard held != .all else { return true }
        guard isTellable(pair) || MonotonicClock.now >= tellableBy else { return false }
        guard let direction = direction(of: pair) else { return false }
        guard !held.covers(direction) else { return true }
        seen[pair.name] = direction
        if let wanted = WantedSpool(pair.name, in: folders).newestWanted(),
            wanted.direction == direction
        {
            if let fault = reception.wake(pair) {
                syslog?.send("\(fault)", level: "crit")
            }
            return true
        }
        take(direction, of: pair)
        return true
    }

    /// What the address calls for; nil when it cannot be told, which is no reason to give anything
    /// up.
    private func direction(of pair: Signals.Pair) -> Plan.Direction? {
        switch RoleLook(installation).look(pair) {
        case .holds: .acquire
        case .doesNot, .never: .release
        case .unknown: nil
        }
    }

    /// Whether the host can be asked at all: at a boot hastd may not be up yet.
    private func isTellable(_ pair: Signals.Pair) -> Bool {
        guard case .success(let sealed) = installation.plan(.release, of: pair) else { return true }
        let host = LocalHost(
            path: installation.site.path ?? LocalHost.usualPath, syslog: nil)
        let condition = Decided(Tellable(sealed.plan.lastingGoals), for: .when)
        host.perform(.await(WorkID(1), condition, until: host.now + RoleLook.limit))
        while let event = host.next() {
            if case .looked(_, let look) = event.input { return look.verdict == .holds }
        }
        return false
    }
}

// MARK: - Reviewing

extension Watcher {
    private func review(at now: Instant) {
        guard now >= reviewAt else { return }
        reviewAt = now + reviewPause
        for pair in installation.signals.pairs where pending[pair.name] == nil { review(pair) }
    }

    /// Has a pair acted on whose worker died, or whose address changed without a signal.
    ///
    /// What a person did or wants by hand meanwhile stands: an address that stayed as it was is no
    /// news.
    private func review(_ pair: Signals.Pair) {
        let folders = installation.folders
        let held = Hold.held(pair.name, in: folders)
        guard held != .all, PairLock.holder(of: pair.name, in: folders) == nil,
            let direction = direction(of: pair)
        else { return }
        // What is held stays news until it is not held any more.
        let isNews =
            !held.covers(direction) && seen.updateValue(direction, forKey: pair.name) != direction
        let wanted = WantedSpool(pair.name, in: folders).newestWanted()?.direction
        let followed = LastEnding(pair.name, in: folders)?.direction
        if isNews, (wanted ?? followed) != direction { return take(direction, of: pair) }
        let isOpen = wanted.map { !held.covers($0) }
        guard isOpen ?? Recoverer.hasUnfinished(pair.name, in: folders) else { return }
        syslog?.send("\(pair.name): nobody is at work for what is open; a worker is started")
        if let fault = reception.wake(pair) { syslog?.send("\(fault)", level: "crit") }
    }

    private func take(_ direction: Plan.Direction, of pair: Signals.Pair) {
        let source = "the address as watch sees it"
        tell(reception.take(direction, of: pair, from: source, at: MonotonicClock.now))
    }
}
