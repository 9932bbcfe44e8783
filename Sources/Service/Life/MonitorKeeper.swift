import Engine
import LocalHost

/// Has it looked, in rounds, whether all is well while a pair is served here.
///
/// A process that waits for something hears a ring, and looks at all else. One that somebody has
/// stopped hears none: it is told, and where it is found stopped again in the next round another
/// one takes its place.
struct MonitorKeeper {
    /// Who is ended is waited for so often, and so long each time.
    private static let attempts = 100
    private static let instant = Duration.milliseconds(10)

    private let pair: Signals.Pair
    private let folders: StateFolders
    private let news: PairNews
    private let syslog: Syslog?
    private let start: (Signals.Pair) -> StoreFault?
    private var rounds: MonitorRounds
    /// Whom it was told of that he is stopped.
    private var stopped: [PairLock.Kind: Int32] = [:]

    init(
        _ installation: Installation, _ pair: Signals.Pair, every pause: Duration,
        start: @escaping (Signals.Pair) -> StoreFault?
    ) {
        self.pair = pair
        self.start = start
        folders = installation.folders
        news = PairNews(installation, of: pair.name)
        syslog = installation.syslog
        rounds = MonitorRounds(at: MonotonicClock.now, every: pause)
    }

    /// When the next round is due.
    var dueAt: Instant { rounds.dueAt }

    /// Something has happened that may have broken something.
    mutating func hear(at now: Instant) { rounds.hear(at: now) }

    /// Begins a round, when one is due.
    mutating func keep(at now: Instant) {
        guard rounds.begin(at: now) else { return }
        // Whoever is stopped is so whatever is due: he may have the lock of the pair.
        _ = isAtWork(.release, "what gives the pair up")
        if PairLock.holder(of: pair.name, in: folders)?.mends == true {
            _ = isAtWork(.lock, "the plan that mends what is not so")
        } else {
            stopped[.lock] = nil
        }
        let isLookedAt = isAtWork(.monitor, "what looks whether all is well")
        guard MonitorRound.isDue(pair, in: folders) else { return }
        if isLookedAt {
            Doorbell.ring(pair.name, in: folders, .monitor)
        } else if let fault = start(pair) {
            syslog?.send("\(pair.name): nobody looks whether all is well: \(fault)", level: "err")
        }
    }

    /// Whether somebody has this lock; one who stays stopped has it no more.
    private mutating func isAtWork(_ kind: PairLock.Kind, _ who: String) -> Bool {
        guard let holder = PairLock.holder(of: pair.name, in: folders, kind) else {
            stopped[kind] = nil
            return false
        }
        guard let text = holder.stopped else {
            stopped[kind] = nil
            return true
        }
        guard stopped[kind] == holder.pid else {
            stopped[kind] = holder.pid
            news.tell("\(who) is \(text), or it is replaced in the next round", .failure)
            return true
        }
        guard holder.endStopped() else { return true }
        stopped[kind] = nil
        news.tell(
            "\(who) stayed stopped (pid \(holder.pid)); it was ended and is replaced", .warning)
        for _ in 0..<Self.attempts {
            if PairLock.holder(of: pair.name, in: folders, kind) == nil { return false }
            MonotonicClock.pause(Self.instant)
        }
        return true
    }
}
