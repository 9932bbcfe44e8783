package import Engine
package import LocalHost

/// Looks at what is to hold while a pair is served here, and has done what follows.
///
/// `watch` has it made by a process of its own, since a look at a pool that hangs must not keep it
/// from hearing signals. It ends when nothing is waited for; until then a ring at its doorbell is
/// the next round. It has the lock of rounds, and waits for nothing that follows: a plan of the
/// site's own, or the giving up of the pair, has a process of its own again. Where anybody else is
/// at work on the pair it looks at nothing.
package final class MonitorRound {
    /// Starts the process that does what follows from an item that is broken, with the lock of the
    /// pair where a plan is to run; whether it is news.
    package typealias Follow = (String, PairLock?, Bool) -> StoreFault?

    /// It rings, or nobody looks at what is to be left.
    private static let rung = WorkID(1 << 20)
    private static let alarm = WorkID(1 << 20 + 1)

    private let installation: Installation
    private let pair: Signals.Pair
    private let folders: StateFolders
    private let reception: Reception
    private let follow: Follow
    private let news: PairNews
    private let note: BreakNote
    private var monitor: Monitor
    /// Whether what is known could be noted. Until it is, only this process knows it.
    private var isNoted = true
    private var rangAt = MonotonicClock.now
    /// The files that say what is watched, as they were when it began.
    private let texts: [SourceText]
    /// When it was noted how the last run ended that took the pair over or gave it up.
    private let tenure: Instant?

    package init(_ reception: Reception, _ pair: Signals.Pair, follow: @escaping Follow) {
        self.reception = reception
        self.pair = pair
        self.follow = follow
        installation = reception.installation
        folders = installation.folders
        news = PairNews(installation, of: pair.name)
        note = BreakNote(pair.name, in: folders)
        monitor = Monitor(Self.items(of: pair, installation), breaks: note.breaks)
        tenure = LastEnding(pair.name, in: folders)?.at
        let read = installation.sources
        texts = installation.outdated == nil ? read : read.map { Self.reread($0) }
    }

    /// A file as it is now; empty where it cannot be read.
    private static func reread(_ text: SourceText) -> SourceText {
        let bytes = try? FileReader.read(text.name)?.get()
        return SourceText(name: text.name, bytes: bytes ?? [])
    }

    /// Whether what is watched may be something else by now.
    private var isChanged: Bool { texts.contains { Self.reread($0).bytes != $0.bytes } }

    /// Whether there is anything to look at: the pair watches something and is served here, nobody
    /// is at work on it but to mend it, nothing else is wanted of it, and no person keeps it as it
    /// is.
    package static func isDue(_ pair: Signals.Pair, in folders: StateFolders) -> Bool {
        PairLock.holder(of: pair.name, in: folders)?.mends != false && isServed(pair, in: folders)
    }

    /// The same whoever is at work: for the one who has the lock.
    static func isServed(_ pair: Signals.Pair, in folders: StateFolders) -> Bool {
        guard !pair.watched.isEmpty,
            LastEnding(pair.name, in: folders)?.lastRun.isServing == true
        else { return false }
        let wanted = WantedSpool(pair.name, in: folders).newestWanted()
        return wanted == nil && Hold.held(pair.name, in: folders) != .all
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

    /// Looks until nothing is waited for; not at all where another does.
    package func run() {
        switch PairLock.take(pair.name, in: folders, for: "a round of looks", .monitor) {
        case .success(let lock): withExtendedLifetime(lock) { look() }
        case .failure(.held): return
        case .failure(.failed(let fault)):
            installation.syslog?.send(
                "\(pair.name): nobody looks whether all is well: \(fault)", level: "err")
        }
    }
}

// MARK: - Looking

extension MonitorRound {
    private func look() {
        let bell = try? Doorbell(pair.name, in: folders, .monitor)
        let host = LocalHost(
            path: installation.site.path ?? LocalHost.usualPath,
            lookTimeout: installation.site.lookTimeout, syslog: nil, doorbell: bell,
            onRing: { .woke(Self.rung) })
        host.perform(.sleep(Self.alarm, until: host.now))
        carryOut(monitor.round(at: host.now), on: host)
        while let event = host.next() {
            // What is seen in the middle of a run is no news.
            guard isDue else { return }
            switch event.input {
            case .looked(let id, let look):
                let deeds = monitor.take(
                    look.verdict, of: id.number, at: host.now, WallClock.milliseconds)
                carryOut(deeds, on: host)
                keepNote()
            case .woke(Self.rung):
                // The next round has another process begin, with what the files say now.
                if isChanged { return }
                rangAt = host.now
                carryOut(monitor.round(at: host.now), on: host)
                keepNote()
            case .woke:
                if let end = leaveAt, end <= host.now { return }
                // Without a bell nobody can ring.
                if bell == nil { carryOut(monitor.round(at: host.now), on: host) }
                let next = host.now + MonitorRounds.shortest
                host.perform(.sleep(Self.alarm, until: min(leaveAt ?? next, next)))
            default: break
            }
        }
    }

    /// When it may end; nil while something is looked at. What could not be noted is remembered
    /// here alone, for as long as somebody rings.
    private var leaveAt: Instant? {
        guard let rest = monitor.restsUntil else { return nil }
        return isNoted ? rest : max(rest, rangAt + MonitorRounds.longestRest)
    }

    private var isDue: Bool {
        guard Self.isDue(pair, in: folders) else { return false }
        // Somebody may have come and gone.
        guard let last = LastEnding(pair.name, in: folders) else { return false }
        return last.at == tenure || last.lastRun.direction == nil
    }

    private func carryOut(_ deeds: [Monitor.Deed], on host: LocalHost) {
        for deed in deeds {
            switch deed {
            case .look(let item, let patience):
                let until = host.now + patience
                host.perform(
                    .await(
                        WorkID(item), monitor.condition(of: item), until: until,
                        seenBy: until + installation.site.lookTimeout))
            case .tell(let text, let weight): news.tell("while it serves, \(text)", weight)
            case .release(let item, let isNews):
                if let fault = follow(monitor.name(of: item), nil, isNews), isNews {
                    news.tell("not given up: \(fault)", .failure)
                }
            case .run(let path, let item, let isNews):
                // By this note the process that runs it says that it has begun.
                keepNote()
                run(path, item, isNews: isNews)
            }
        }
    }

    /// Notes what is known, after it was told: a process that dies tells it once too often, and not
    /// never. That it cannot be noted is told, and keeps nothing from being done.
    private func keepNote() {
        guard !isNoted || monitor.breaks != note.breaks else { return }
        let fault = note.note(monitor.breaks)
        if isNoted, let fault {
            news.tell("what is told as broken cannot be noted: \(fault)", .failure)
        }
        isNoted = fault == nil
    }

    /// Has a plan of the site's own run under the lock of the pair. Where that is not to be had, or
    /// the plan is at fault, the next round tries again, and so it does until the plan has begun.
    private func run(_ path: String, _ item: Int, isNews: Bool) {
        let name = monitor.name(of: item)
        if isBegun(name) { return monitor.follow(item) }
        func refuse(_ why: String) {
            if isNews { news.tell(why, .failure) }
        }
        let plan: String
        switch installation.plan(watched: path, of: pair) {
        case .failure(let fault): return refuse(fault.text)
        case .success(let sealed): plan = sealed.plan.name
        }
        let start = MonotonicClock.now
        let later = "; it runs in the first round after that, if this is still not so: \(name)"
        switch PairLock.take(
            pair.name, in: folders, for: Consequence.words(plan, name), mends: true)
        {
        case .failure(.held(let holder)):
            refuse("\(plan) does not run now, since \(holder.text) is at work\(later)")
        case .failure(.failed(let fault)):
            refuse("\(plan) does not run: \(fault)\(later)")
        case .success(let lock):
            // A hold, or another's run, may have come in between; or it has begun just now.
            guard Self.isServed(pair, in: folders), !isBegun(name) else {
                return reception.letGo(lock, of: pair, since: start)
            }
            let isTellable =
                isNoted && FollowNote(pair.name, in: folders).begin(nil, of: note.breaks) == nil
            if let fault = follow(name, lock, isNews) {
                reception.letGo(lock, of: pair, since: start)
                return refuse("\(plan) does not run: \(fault)\(later)")
            }
            // What cannot be noted is known here alone: it is not to run in each round.
            if !isTellable { monitor.follow(item) }
        }
    }

    private func isBegun(_ name: String) -> Bool {
        note.breaks.contains { $0.isFollowed && $0.summary == name }
    }
}

/// The goals of a plan that is at fault.
private struct UntoldGoals: Condition {
    let why: String
    let summary = "all that the acquire plan brings about is so"
    let queries: [Query] = []
    func judge(_ answers: Answers) -> Verdict { .unknown(why) }
}
