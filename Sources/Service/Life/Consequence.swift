package import Engine
package import LocalHost

/// Does what follows from one thing that is watched and broken, in a process of its own, so that
/// rounds of looks go on meanwhile: a plan of the site's own runs, or the pair is given up.
package struct Consequence {
    /// A plan that mends something is waited for so long until it has given way.
    private static let patience = Duration.seconds(60)
    private static let beat = Duration.milliseconds(50)

    private let reception: Reception
    private let installation: Installation
    private let pair: Signals.Pair
    private let folders: StateFolders
    /// The item, as it is told.
    private let name: String
    private let isNews: Bool
    private let tellReceipt: (Reception.Receipt) -> Void
    private let news: PairNews

    /// What follows from the item that is told as `name`; whether that it is broken is news.
    package init(
        _ reception: Reception, _ pair: Signals.Pair, of name: String, isNews: Bool,
        tell: @escaping (Reception.Receipt) -> Void
    ) {
        self.reception = reception
        self.pair = pair
        self.name = name
        self.isNews = isNews
        tellReceipt = tell
        installation = reception.installation
        folders = installation.folders
        news = PairNews(installation, of: pair.name)
    }

    /// What for the lock is held by a plan.
    static func words(_ plan: String, _ name: String) -> String { "\(plan), since not so: \(name)" }

    /// Does it; a plan under the lock that the caller handed over.
    package func follow(under lock: PairLock?) {
        // Nothing was wanted when the lock was taken.
        defer { if let lock { reception.letGo(lock, of: pair, since: .zero) } }
        let items = MonitorRound.items(of: pair, installation)
        guard let index = Monitor(items).item(named: name) else { return }
        switch items[index].consequence {
        case .notify: return
        case .release: release(items[index].condition)
        case .run(let path): if let lock { run(path, under: lock) }
        }
    }
}

// MARK: - A plan of the site's own

extension Consequence {
    private func run(_ path: String, under lock: PairLock) {
        switch installation.plan(watched: path, of: pair) {
        case .failure(let fault): if isNews { news.tell(fault.text, .failure) }
        case .success(let sealed):
            lock.note(Self.words(sealed.plan.name, name), mends: true)
            let breaks = BreakNote(pair.name, in: folders).breaks
            let fault = FollowNote(pair.name, in: folders).begin(name, of: breaks)
            if let fault { installation.syslog?.send("\(fault)", level: "err") }
            run(sealed)
        }
    }

    private func run(_ sealed: SealedPlan) {
        let syslog = installation.syslog
        var session = Session(
            sealed, site: installation.site, pair: pair.name, signal: "watch", syslog: syslog)
        session.mends = true
        session.shout = { syslog?.send("\($0)", level: "crit") }
        session.doorbell = try? Doorbell(pair.name, in: folders)
        var isTold = false
        session.onRing = {
            guard !isTold, let newer = newer(since: .zero) else { return nil }
            isTold = true
            return .superseded(by: newer)
        }
        _ = session.run(terms: .byHand)
    }

    /// What came in that counts more than what is done here; nil for nothing.
    private func newer(since start: Instant) -> String? {
        if let claim = Takeover(pair.name, in: folders).claim { return claim }
        if reception.hasNews(of: pair, since: start) { return "a signal" }
        let release = PairLock.holder(of: pair.name, in: folders, .release)
        guard let release, !release.isOneself, !release.what.isEmpty else { return nil }
        return release.what
    }
}

// MARK: - Giving the pair up

extension Consequence {
    /// Gives the pair up as `failover switch` does, if the peer can take it over.
    private func release(_ condition: any Condition) {
        // One tries it at a time. Where no lock is to be had, what protects the data is done still.
        let turn = PairLock.take(pair.name, in: folders, .release)
        if case .failure(.held) = turn { return }
        let own = try? turn.get()
        defer { withExtendedLifetime(own) {} }
        let before = LastEnding(pair.name, in: folders)?.at
        if let obstacle = obstacle() { return keep(obstacle) }
        // The look at the peer took its time: nobody may have come in between.
        own?.note("the release, since not so: \(name)")
        let start = MonotonicClock.now
        let isOff = { newer(since: start) != nil || !isServed(as: before) }
        switch takeLock() {
        case .failure(.held(let holder)):
            keep(.busy, "\(holder.text) is at work; it is tried again in each round")
        case .failure(.failed(let fault)):
            // The worker that follows goes on without it as well.
            installation.syslog?.send("\(fault)", level: "err")
            if isBroken(condition, unless: isOff) { giveUp(under: nil) }
        case .success(let lock):
            guard isBroken(condition, unless: isOff) else {
                return reception.letGo(lock, of: pair, since: start)
            }
            giveUp(under: lock)
        }
    }

    private func giveUp(under lock: PairLock?) {
        let syslog = installation.syslog
        let note = LastRelease(pair.name, in: folders)
        if let fault = note.begin() { syslog?.send("\(fault)", level: "err") }
        news.tell("given up: not so: \(name)", .failure)
        news.tell(AddressYielding(installation, pair).yield().text, .info)
        lock?.release()
        tellReceipt(
            reception.take(.release, of: pair, from: "what is watched", at: MonotonicClock.now))
        // Whoever dies before has left it to the next round.
        if let fault = note.finish() { syslog?.send("\(fault)", level: "err") }
    }

    /// Why the pair is not given up now; nil where it can be.
    private func obstacle() -> (KeptNote.Kind, String)? {
        if let why = LastRelease(pair.name, in: folders).obstacle { return (.recent, why) }
        let handover = Handover(
            installation, pair, lookingFor: installation.site.lookTimeout)
        guard handover.isObservable else {
            return (.peer, "nothing tells whether the peer could take it over")
        }
        let refusals = handover.refusals()
        return refusals.isEmpty ? nil : (.peer, refusals.joined(separator: "; "))
    }

    private func keep(_ obstacle: (kind: KeptNote.Kind, why: String)) {
        keep(obstacle.kind, obstacle.why)
    }

    /// Tells why the pair is not given up, once for each kind of reason.
    private func keep(_ kind: KeptNote.Kind, _ why: String) {
        guard KeptNote(pair.name, in: folders).isNew(kind, of: name, isNews: isNews) else { return }
        news.tell("not given up, since \(why)", .failure)
    }

    /// Takes the lock of the pair; a plan that mends something gives way to it.
    private func takeLock() -> Result<PairLock, PairLock.LockFault> {
        let end = MonotonicClock.now + Self.patience
        while true {
            let taken = PairLock.take(
                pair.name, in: folders, for: "giving up: not so: \(name)")
            guard case .failure(.held(let holder)) = taken, holder.mends,
                MonotonicClock.now < end
            else { return taken }
            Doorbell.ring(pair.name, in: folders)
            MonotonicClock.pause(Self.beat)
        }
    }

    /// Whether the pair is served still, by whoever served it before.
    private func isServed(as before: Instant?) -> Bool {
        guard MonitorRound.isServed(pair, in: folders),
            let last = LastEnding(pair.name, in: folders)
        else { return false }
        return last.at == before || last.lastRun.direction == nil
    }

    /// Whether a look now finds that it does not hold. It has as long as any look; whoever comes
    /// meanwhile for the pair, or holds it, does not wait for it, and what it finds is void.
    private func isBroken(_ condition: any Condition, unless isOff: @escaping () -> Bool) -> Bool {
        let host = LocalHost(
            path: installation.site.path ?? LocalHost.usualPath,
            lookTimeout: installation.site.lookTimeout, syslog: nil,
            doorbell: try? Doorbell(pair.name, in: folders),
            onRing: { isOff() ? .superseded(by: "what came meanwhile") : nil })
        let until = host.now + RoleLook.limit
        host.perform(
            .await(
                WorkID(0), Decided(condition, for: .when), until: until,
                seenBy: until + installation.site.lookTimeout))
        while !isOff(), let event = host.next() {
            guard case .looked(_, let look) = event.input else { continue }
            switch look.verdict {
            case .doesNot, .never: return !isOff()
            case .holds: return false
            case .unknown(let why):
                keep(.untold, "it cannot be told any more whether \(name): \(why)")
                return false
            }
        }
        return false
    }
}
