import ArgumentParser
import Engine
import LocalHost
import Service
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
            would be taken back at which failure, what follows it under `if-failed`, how long it \
            may take, and how a run now would end.

              failover preview plans/become-master.yaml
              failover preview plans/become-master.yaml --assume carp=master
              failover preview plans/become-master.yaml --simulate
              failover preview plans/become-slave.yaml --json

            Exits with the code of a run now, as far as it can be foreseen: 0 when it would be \
            done, if what is assumed of its steps comes true; 4 when it would be refused, since \
            something required does not hold or cannot be told, and was not given with --assume, \
            or since `if-stuck: fence-self` acts in simulation only.
            """)

    @OptionGroup var options: PlanOptions
    @Option(help: "The pair whose settings count, where several of signals.yaml run the plan.")
    var pair: String?
    @Option(
        name: .customLong("assume"),
        help: ArgumentHelp("Take a state for granted; may be repeated.", valueName: "kind=state"))
    var assumptions: [Setting] = []
    @OptionGroup var simulation: SimulationOptions
    @OptionGroup var display: DisplayOptions

    func run() throws {
        let reading = Reading(isJSON: display.json)
        let (sealed, site) = try reading.plan(options, of: pair, for: simulation.platform)
        let preview = Preview(sealed.plan, site, simulation, display, assumptions)
        throw ExitCode(try preview.show())
    }
}
