import ArgumentParser
import Engine
import LocalHost
import Service
import Simulation
import Steps

/// `failover run PLAN`.
struct RunCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "run",
        abstract: "Run a plan on this host, or on a simulated pair.",
        discussion: """
            Each step is looked at first and skipped when it is already true; what it does counts \
            when a look shows it. A failure before the point of no return is taken back.

              failover run plans/become-master.yaml --simulate
              failover run plans/become-master.yaml --simulate --fast
              failover run plans/become-master.yaml --world plans/worlds/dead-peer.yaml
              failover run plans/become-master.yaml --dry-run     the same as preview
              failover run plans/become-slave.yaml --set pool=backup

            One run of a pair is under way at a time: when another holds its lock, this one exits \
            75 and says who does, or with --supersede makes it hand over. The pair is the one \
            whose signals.yaml beside the plan names the plan, else --pair, else `default`.

            Ctrl-C once: the run takes back what it did (before the point of no return) or \
            goes on to its end (after it, and in a release). Twice: it stops where it is.

            The display goes to standard error, the summary (or with --json every record, one a \
            line) to standard output. The exit code says how it ended: see `failover --help`.
            """)

    @OptionGroup var options: PlanOptions
    @OptionGroup var simulation: SimulationOptions
    @Flag(help: "Simulate at once instead of in real time.") var fast = false
    @Flag(help: "Preview instead: look, note what would be changed, change nothing.")
    var dryRun = false
    @Option(
        name: .customLong("assume"),
        help: ArgumentHelp(
            "With --dry-run: take a state for granted; may be repeated.", valueName: "kind=state"))
    var assumptions: [Setting] = []
    @Option(help: "The pair whose lock is taken, where no signals.yaml names the plan.")
    var pair: String?
    @Flag(help: "Make another run of the pair hand over, instead of giving up.")
    var supersede = false
    @Flag(
        help: """
            Promote disks of which this node may lack the last writes: what was written since its \
            last full copy is lost. For a person who knows that the peer will not come back.
            """)
    var acceptStale = false
    @OptionGroup var display: DisplayOptions

    func validate() throws {
        if fast && !simulation.isSimulated {
            throw ValidationError("--fast is for --simulate; a real host has its own pace")
        }
        if !assumptions.isEmpty && !dryRun {
            throw ValidationError("--assume is for --dry-run; a run takes nothing for granted")
        }
    }

    func run() throws {
        let reading = Reading(isJSON: display.json)
        let (sealed, site) = try reading.plan(
            options, for: simulation.platform, acceptingStale: acceptStale)
        let plan = sealed.plan
        if dryRun {
            let preview = Preview(plan, site, simulation, display, assumptions)
            throw ExitCode(try preview.show())
        }
        Console.outliveReaders()
        let ending =
            simulation.isSimulated ? try simulated(plan) : try local(sealed, site)
        throw ExitCode(ending.kind.exitCode)
    }
}

// MARK: - On this host

extension RunCommand {
    private func local(_ sealed: SealedPlan, _ site: Site) throws -> Ending {
        try Trusted.check(sealed.sources.map(\.name), isJSON: display.json)
        let pair = try pairName(sealed)
        LocalHost.leaveFolder()
        let folders = StateFolders(site)
        let lock = try Locked.take(
            pair, folders, supersedingFor: supersede ? sealed.plan.name : nil,
            isJSON: display.json)
        defer { withExtendedLifetime(lock) {} }
        let begin = MonotonicClock.now
        lock?.note("\(sealed.plan.name) by a person")
        let log = Syslog(facility: site.facility, level: site.level, tag: site.tag)
        let view = RunView(sealed.plan, isJSON: display.json, isSimulated: false)
        var session = Session(sealed, site: site, pair: pair, signal: nil, syslog: log)
        session.observe = { view.take($0) }
        session.heartbeat = { view.tick(at: $0) }
        session.shout = Locked.shout(to: log)
        session.doorbell = try? Doorbell(pair, in: folders)
        session.onRing = { Takeover(pair, in: folders).claim.map { .superseded(by: $0) } }
        let ending = session.run(terms: .byHand) { host in
            view.isAsking = { [weak host] in host?.isAsking ?? false }
        }
        view.close()
        lock?.release()
        // A signal that came meanwhile found the lock taken.
        if let wanted = WantedSpool(pair, in: folders).newestWanted(), wanted.at > begin {
            startWorker(sealed, pair, log)
        }
        return ending
    }

    /// Has what is wanted of the pair acted on, by the signals beside the plan.
    private func startWorker(_ sealed: SealedPlan, _ pair: String, _ log: Syslog?) {
        guard let program = Detached.executable else { return }
        let argv =
            [program] + WorkerCommand.words(in: folder(of: sealed), sealed.platform)
            + ["--pair", pair]
        if case .failure(let fault) = Detached.start(argv) { Locked.shout(to: log)(fault) }
    }

    private func folder(of sealed: SealedPlan) -> String {
        "/"
            + FileReader.absolute(sealed.path).split(separator: "/").dropLast()
            .joined(separator: "/")
    }

    /// The pair that the plan belongs to.
    private func pairName(_ sealed: SealedPlan) throws -> String {
        let file = folder(of: sealed) + "/" + Signals.fileName
        guard case .success? = FileReader.read(file) else { return pair ?? Self.defaultPair }
        let loaded = Signals.load(
            file, site: sealed.site, catalog: .builtin, platform: sealed.platform,
            read: FileReader.read)
        let reading = Reading(isJSON: display.json)
        guard let signals = loaded.signals else {
            reading.tell(loaded.diagnostics, sources: loaded.sources)
            throw Reading.invalid
        }
        let plan = FileReader.absolute(sealed.path)
        let names = signals.pairs.filter { pair in
            [pair.acquire.plan, pair.release.plan].map(FileReader.absolute).contains(plan)
        }.map { $0.name }
        if let pair, names.isEmpty || names.contains(pair) { return pair }
        if names.count > 1 {
            throw ValidationError(
                "several pairs of signals.yaml run this plan: say which by --pair"
                    + " (\(listed(names)))")
        }
        if let pair, let name = names.first {
            throw ValidationError("signals.yaml runs this plan for pair \(name), not \(pair)")
        }
        return names.first ?? Self.defaultPair
    }

    private static let defaultPair = "default"
}

// MARK: - On a simulated pair

extension RunCommand {
    private func simulated(_ plan: Plan) throws -> Ending {
        let virtual = SimulatedHost(try simulation.start(plan, isJSON: display.json))
        let start = virtual.now
        let view = RunView(plan, isJSON: display.json, isSimulated: true)
        var driver = Driver(plan)
        let ending: Ending
        if fast {
            var host = virtual
            ending = driver.drive(&host, from: start) { view.take($0) }
        } else {
            let timeline = Timeline()
            let clock = LocalHost(
                syslog: nil, catchingInterrupts: true,
                heartbeat: { view.tick(at: timeline.virtual($0)) })
            timeline.begin(real: clock.now, virtual: start)
            var host = PacedHost(virtual, along: timeline, on: clock)
            ending = driver.drive(&host, from: start) { view.take($0) }
        }
        view.close()
        return ending
    }
}
