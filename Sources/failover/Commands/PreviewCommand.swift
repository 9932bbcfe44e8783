import ArgumentParser
import Engine
import LocalHost
import Simulation

/// `failover preview PLAN`.
struct PreviewCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "preview",
        abstract: "Show what a plan would change on this host, and change nothing.",
        discussion: """
            Looks at the host with read-only commands, notes every change instead of making it, \
            and says how each is known: `seen`, `after step N`, `assumed: …`, `cannot be known \
            (…)`. A requirement that does not hold is shown, and the preview goes on. Then: what \
            would be taken back at which failure, and how long it may take.

              failover preview plans/become-master.yaml
              failover preview plans/become-master.yaml --assume carp=master    on a standby
              failover preview plans/become-master.yaml --simulate
              failover preview plans/become-slave.yaml --json

            Exits with 0 when a run in which every assumption comes true would be done, else with \
            the code of that run.
            """)

    @OptionGroup var options: PlanOptions
    @Option(
        name: .customLong("assume"),
        help: ArgumentHelp("Take a state for granted; may be repeated.", valueName: "kind=state"))
    var assumptions: [Setting] = []
    @OptionGroup var simulation: SimulationOptions
    @OptionGroup var display: DisplayOptions

    func run() throws {
        let reading = Reading(isJSON: display.json)
        let (plan, site) = try reading.plan(options, for: simulation.platform)
        let preview = Preview(plan, site, simulation, display, assumptions)
        throw ExitCode(try preview.show())
    }
}
