import ArgumentParser
import Engine
import LocalHost
import Simulation

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
        let (plan, site) = try reading.plan(options, for: simulation.platform)
        if dryRun {
            let preview = Preview(plan, site, simulation, display, assumptions)
            throw ExitCode(try preview.show())
        }
        Console.outliveReaders()
        let ending =
            simulation.isSimulated ? try simulated(plan) : local(plan, site)
        throw ExitCode(ending.kind.exitCode)
    }
}

// MARK: - On this host

extension RunCommand {
    private func local(_ plan: Plan, _ site: Site) -> Ending {
        LocalHost.leaveFolder()
        let log = Syslog(facility: site.facility, level: site.level, tag: site.tag)
        let view = RunView(plan, isJSON: display.json, isSimulated: false, log: log)
        var host = LocalHost(
            path: site.path ?? LocalHost.usualPath, syslog: log, catchingInterrupts: true,
            heartbeat: { view.tick(at: $0) })
        view.isAsking = { [weak host] in host?.isAsking ?? false }
        let ending: Ending
        if plan.fencesItself {
            ending = Ending(.refused, reason: Plan.noFencing)
            view.take(Record(at: host.now, .began(settled: .zero)))
            view.take(Record(at: host.now, .ended(ending)))
        } else {
            var driver = Driver(plan)
            let start = host.now
            ending = driver.drive(&host, from: start) { view.take($0) }
        }
        view.close()
        return ending
    }
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
