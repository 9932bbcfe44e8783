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
              failover run plans/become-master.yaml --simulate --fault 'zfs mount: hangs'
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
    @OptionGroup var troubles: TroubleOptions
    @Flag(help: "Simulate at once instead of in real time.") var fast = false
    @Flag(help: "Preview instead: look, note what would be changed, change nothing.")
    var dryRun = false
    @Option(
        name: .customLong("assume"),
        help: ArgumentHelp(
            "With --dry-run: take a state for granted; may be repeated.", valueName: "kind=state"))
    var assumptions: [Setting] = []
    @Option(
        help: """
            The pair whose lock is taken and whose settings count, where several run the plan or \
            no signals.yaml names it.
            """)
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
        try troubles.validate(isSimulated: simulation.isSimulated)
        if dryRun, !troubles.faults.isEmpty || troubles.seed != nil {
            throw ValidationError(
                "--fault and --seed are not for --dry-run; a preview starts no command")
        }
        if !assumptions.isEmpty && !dryRun {
            throw ValidationError("--assume is for --dry-run; a run takes nothing for granted")
        }
    }

    func run() throws {
        let reading = Reading(isJSON: display.json, patience: RunView.patience)
        let (sealed, site) = try reading.plan(
            options, of: pair, for: simulation.platform, acceptingStale: acceptStale,
            lastGood: !simulation.isSimulated && !dryRun)
        let plan = sealed.plan
        if dryRun {
            let preview = Preview(plan, site, simulation, display, assumptions)
            throw ExitCode(try preview.show())
        }
        Console.outliveReaders()
        let ending =
            simulation.isSimulated
            ? try simulated(plan, site)
            : try RunByHand(
                sealed, site, pair: pair, supersedes: supersede, isJSON: display.json
            ).run()
        throw ExitCode(ending.kind.exitCode)
    }

    private func simulated(_ plan: Plan, _ site: Site) throws -> Ending {
        var world = try simulation.start(plan, of: site, isJSON: display.json)
        let troubles = try troubles.strike(&world, isJSON: display.json)
        return RunSimulated(plan: plan, isFast: fast, isJSON: display.json)
            .run(in: world, with: troubles)
    }
}
