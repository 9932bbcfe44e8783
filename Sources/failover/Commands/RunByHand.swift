import ArgumentParser
import Engine
import LocalHost
import Service
import Steps

/// A person's run on this host: under the lock of its pair, and after what a dead engine left.
struct RunByHand {
    private static let defaultPair = Signals.Pair.defaultName

    private let sealed: SealedPlan
    private let site: Site
    private let pair: String
    private let supersedes: Bool
    private let isJSON: Bool
    /// The installation whose signals run this plan, if there is one.
    private let installation: Installation?

    /// Finds the pair: that whose signals name the plan, else the named one, else `default`.
    init(
        _ sealed: SealedPlan, _ site: Site, pair: String?, supersedes: Bool, isJSON: Bool
    ) throws {
        self.sealed = sealed
        self.site = site
        self.supersedes = supersedes
        self.isJSON = isJSON
        try Trusted.check(sealed.sources.map(\.name), isJSON: isJSON)
        installation = try Self.installation(of: sealed, isJSON: isJSON)
        self.pair = try Self.pair(of: sealed, named: pair, in: installation?.signals)
        guard sealed.plan.direction == .acquire, let installation,
            let clash = installation.clash(of: self.pair)
        else { return }
        Reading(isJSON: isJSON).tell([clash], sources: installation.sources)
        throw Reading.invalid
    }

    /// Runs the plan; what was wanted meanwhile is acted on afterwards.
    func run() throws -> Ending {
        LocalHost.leaveFolder()
        let start = MonotonicClock.now
        let ending = try runUnderLock()
        wakeWorker(since: start)
        return ending
    }

    private func runUnderLock() throws -> Ending {
        let folders = StateFolders(site)
        let lock = try Locked.take(
            pair, folders, supersedingFor: supersedes ? sealed.plan.name : nil)
        defer { withExtendedLifetime(lock) {} }
        let log = Syslog(facility: site.facility, level: site.level, tag: site.tag)
        Locked.tellHold(of: pair, folders)
        lock?.note("a person's run, recovering first")
        recover(log)
        lock?.note("\(sealed.plan.name) by a person")
        let view = RunView(sealed.plan, isJSON: isJSON, isSimulated: false)
        var session = Session(sealed, site: site, pair: pair, signal: nil, syslog: log)
        session.observe = { view.take($0) }
        session.heartbeat = { view.tick(at: $0) }
        session.shout = Locked.shout(to: log)
        session.doorbell = try? Doorbell(pair, in: folders)
        session.onRing = hearing(since: MonotonicClock.now)
        let ending = session.run(terms: .byHand) { host in
            view.isAsking = { [weak host] in host?.isAsking ?? false }
        }
        view.close()
        return ending
    }

    /// Deals with a run whose engine died, as a worker does.
    private func recover(_ log: Syslog?) {
        var recoverer = Recoverer(pair, site: site, catalog: .builtin, syslog: log)
        recoverer.shout = Locked.shout(to: log)
        for outcome in recoverer.recover(wants: sealed.plan.direction) {
            Locked.warn(outcome.text)
            log?.send("\(pair): \(outcome.text)", level: "warning")
        }
    }

    /// What a ring means to the run: a person claims the lock, or a newer signal wants the other
    /// direction.
    private func hearing(since start: Instant) -> () -> Event.Input? {
        let folders = StateFolders(site)
        let spool = WantedSpool(pair, in: folders)
        let (pair, direction) = (pair, sealed.plan.direction)
        var isTold = false
        return {
            if let claim = Takeover(pair, in: folders).claim { return .superseded(by: claim) }
            guard !isTold, let direction, let wanted = spool.newestWanted(), wanted.at >= start,
                wanted.direction != direction
            else { return nil }
            isTold = true
            return .superseded(by: "the signal \(wanted.signal)")
        }
    }

    /// Whoever recorded a signal while the lock was taken relies on this.
    private func wakeWorker(since start: Instant) {
        guard let installation, let known = installation.signals.pair(named: pair) else { return }
        Desk(installation).wakeIfWanted(known, since: start)
    }
}

// MARK: - Which pair

extension RunByHand {
    /// The signals beside the plan, if there are any; faults of theirs end the program, but for a
    /// release where they were kept without.
    private static func installation(
        of sealed: SealedPlan, isJSON: Bool
    ) throws -> Installation? {
        let parts = FileReader.absolute(sealed.path).split(separator: "/").dropLast()
        let folder = "/" + parts.joined(separator: "/")
        let file = folder + "/" + Signals.fileName
        guard case .success? = FileReader.read(file) else { return nil }
        let loaded = Signals.load(
            file, site: sealed.site, catalog: .builtin, platform: sealed.plan.platform,
            read: FileReader.read)
        let now = Installation(
            folder: folder, loaded, catalog: .builtin, platform: sealed.plan.platform)
        if now == nil, sealed.plan.direction == .release,
            let old = Installation(
                lastGoodOf: folder, loaded, catalog: .builtin, platform: sealed.plan.platform)
        {
            if let outdated = old.outdated { Locked.warn(outdated.text) }
            return old
        }
        guard let installation = now else {
            Reading(isJSON: isJSON, patience: RunView.patience).tell(
                loaded.diagnostics, sources: loaded.sources)
            throw Reading.invalid
        }
        try Trusted.check(loaded.sources.map(\.name), isJSON: isJSON)
        return installation
    }

    private static func pair(
        of sealed: SealedPlan, named name: String?, in signals: Signals?
    ) throws -> String {
        let plan = FileReader.absolute(sealed.path)
        let names = (signals?.pairs ?? []).filter { pair in
            [pair.acquire.plan, pair.release.plan].map(FileReader.absolute).contains(plan)
        }.map { $0.name }
        if let name {
            try PairOptions.check(name, among: names)
            return name
        }
        if names.count > 1 {
            throw PairOptions.several(names, for: "failover run \(shellQuoted(sealed.path))")
        }
        return names.first ?? defaultPair
    }
}
