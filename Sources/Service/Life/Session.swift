package import Engine
package import LocalHost

/// One run on this machine, with all that hears of it: the journal, the system's log, a display.
package struct Session {
    /// What a run is to take up again.
    package struct Takeover {
        package let run: String
        package let past: Past
        package let way: Resumption

        package init(run: String, past: Past, way: Resumption) {
            self.run = run
            self.past = past
            self.way = way
        }
    }

    /// So long a notification may take.
    private static let notification = Duration.seconds(10)

    package let sealed: SealedPlan
    package let site: Site
    package let pair: String
    package let folders: StateFolders
    package let syslog: Syslog?
    /// The signal that wants the run; nil for a person's.
    package let signal: String?
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

    /// Runs the plan, or takes an earlier run up again, to its end.
    package func run(
        terms: Run.Terms,
        settled: Duration = .zero,
        resuming takeover: Takeover? = nil,
        with host: (LocalHost) -> Void = { _ in }
    ) -> Ending {
        let shelf = JournalShelf(pair, in: folders)
        let name = RunName()
        let run = takeover?.run ?? name.text
        let journal = Journal(
            path: shelf.path(of: run), isResumed: takeover != nil,
            shout: { fault in
                // What it did after that, nobody will know: it must not be taken up.
                RecoveryNote(pair, in: folders).add(run, .lossy)
                shout(fault)
            })
        if takeover == nil {
            journal.begin(
                JournalHeading(
                    sealed, run: name, boot: BootID.current, pair: pair, signal: signal))
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
        if LastEnding.note(ending, of: sealed.plan.direction, pair: pair, in: folders) {
            RecoveryNote(pair, in: folders).add(run, .closed)
        }
        // Not before the run, which waits for nothing that it does not need.
        if let fault = JournalFolder.prune(shelf.folder, keeping: JournalShelf.capacity) {
            shout(fault)
        }
        notify(ending, run: run)
        return ending
    }

    /// Tells the site's own command of a run that ended other than done.
    package func notify(_ ending: Ending, run: String) {
        guard let argv = site.notify, ending.kind != .done, ending.kind != .superseded else {
            return
        }
        let text = "\(sealed.plan.name) on pair \(pair): \(ending.sentence) (run \(run))"
        let host = LocalHost(
            path: site.path ?? LocalHost.usualPath, lookTimeout: site.lookTimeout, syslog: nil)
        let until = host.now + Self.notification
        host.perform(.execute(WorkID(1), .tool(argv + [printable(text)]), until: until))
        while let event = host.next() {
            guard case .finished(_, let finish) = event.input else { continue }
            if case .ended(let output) = finish, output.succeeded { return }
            syslog?.send("the notification command did not get through", level: "warning")
            return
        }
    }
}

extension Command {
    fileprivate static func tool(_ argv: [String]) -> Command { Command(.tool(argv)) }
}
