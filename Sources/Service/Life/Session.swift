package import Engine
package import LocalHost

/// One run on this machine, with all that hears of it: the journal, the system's log, a display.
package struct Session {
    /// What a run is to take up again.
    package struct Takeover {
        package let run: String
        package let past: Past
        package let way: Resumption
        /// The bytes of its journal.
        package let size: Int

        package init(run: String, past: Past, way: Resumption, size: Int) {
            self.size = size
            self.run = run
            self.past = past
            self.way = way
        }
    }

    package let sealed: SealedPlan
    package let site: Site
    package let pair: String
    package let folders: StateFolders
    package let syslog: Syslog?
    /// The signal that wants the run; nil for a person's.
    package let signal: String?
    /// Whether it mends something of a pair that stays taken over, or given up, as it is.
    package var mends = false
    /// What else hears of each record.
    package var observe: (Record) -> Void = { _ in }
    /// Told about once a second while the run waits.
    package var heartbeat: ((Instant) -> Void)?
    /// What a ring of the doorbell means to the run.
    package var onRing: (() -> Event.Input?)?
    package var doorbell: Doorbell?
    /// Told of what the store cannot do.
    package var shout: (StoreFault) -> Void = { _ in }

    package init(
        _ sealed: SealedPlan, site: Site, pair: String, signal: String?, syslog: Syslog?
    ) {
        self.sealed = sealed
        self.site = site
        self.pair = pair
        self.signal = signal
        self.syslog = syslog
        folders = StateFolders(site)
    }

    private var direction: Plan.Direction? { mends ? nil : sealed.plan.direction }

    /// Runs the plan, or takes an earlier run up again, to its end.
    package func run(
        terms: Run.Terms,
        settled: Duration = .zero,
        resuming takeover: Takeover? = nil,
        with host: (LocalHost) -> Void = { _ in }
    ) -> Ending {
        let shelf = JournalShelf(pair, in: folders)
        let name = RunName(
            number: takeover == nil ? RunName.nextNumber(of: pair, in: folders) : 0)
        let run = takeover?.run ?? name.text
        let journal = Journal(
            path: shelf.path(of: run), resuming: takeover?.size,
            shout: { fault in
                // What it did after that, nobody will know: it must not be taken up.
                RecoveryNote(pair, in: folders).add(run, .lossy)
                shout(fault)
            })
        if takeover == nil {
            journal.begin(
                JournalHeading(
                    sealed, run: name, boot: BootID.current, pair: pair, signal: signal,
                    mends: mends))
        }
        var log = syslog.map { SyslogView(sealed.plan, to: $0) }
        var local = LocalHost(
            path: site.path ?? LocalHost.usualPath, lookTimeout: site.lookTimeout, syslog: syslog,
            catchingInterrupts: true,
            heartbeat: heartbeat, doorbell: doorbell, onRing: onRing,
            questions: QuestionBook(pair, in: folders))
        host(local)
        var driver = Driver(
            sealed.plan, terms: terms, resuming: takeover.map { ($0.past, $0.way) })
        let start = local.now
        let ending = driver.drive(&local, from: start, settled: settled) { record in
            journal.take(record)
            log?.take(record)
            observe(record)
        }
        journal.close()
        if LastEnding.note(ending, of: direction, run: run, pair: pair, in: folders) {
            RecoveryNote(pair, in: folders).add(run, .closed)
        }
        // Not before the run, which waits for nothing that it does not need.
        let kind = Series.Kind(plan: sealed.plan.name, signal: signal, ending)
        let middle = Series.note(run, kind, of: pair, in: folders)
        if let fault = shelf.tidy(besides: middle) { shout(fault) }
        notify(ending, run: run)
        return ending
    }

    /// Has the site's own command told of a run that ended other than done; waits for nothing.
    package func notify(_ ending: Ending, run: String) {
        guard ending.kind != .done, ending.kind != .superseded else { return }
        let text = "\(sealed.plan.name) on pair \(pair): \(ending.sentence) (run \(run))"
        let complaint = syslog?.line("nobody is notified: ", level: "warning")
        guard let fault = Notification(site, of: text)?.send(complaint: complaint) else { return }
        syslog?.send("nobody is notified: \(fault)", level: "warning")
    }
}
