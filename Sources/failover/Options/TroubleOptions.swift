import ArgumentParser
import Engine
import LocalHost
import Simulation

/// What goes wrong on a simulated pair besides what its world says, and at what pace it goes.
struct TroubleOptions: ParsableArguments {
    @Option(
        name: .customLong("fault"),
        help: ArgumentHelp(
            """
            What goes wrong, in a simulation; may be repeated: 'zpool import: fails-after', \
            'hastctl role primary disk2 #2: hangs', 'zpool export: fails-before exit 1', \
            'zpool import: late after 20s', or what happens by itself: 'peer-dies after 3s'.
            """, valueName: "text"))
    var faults: [String] = []

    @Option(
        help: ArgumentHelp(
            """
            Let each command and look take from half to double its usual time, drawn by this \
            number, in a simulation; equal numbers give equal runs.
            """, valueName: "number"))
    var seed: UInt64?

    /// Refuses what a real host cannot do.
    func validate(isSimulated: Bool) throws {
        guard !isSimulated else { return }
        if !faults.isEmpty {
            throw ValidationError("--fault is for --simulate; nothing is broken on a real host")
        }
        if seed != nil {
            throw ValidationError("--seed is for --simulate; a real host has its own pace")
        }
    }

    /// Lets all this befall a world; the end of the program when a text cannot be read.
    func strike(_ world: inout World, isJSON: Bool) throws -> Troubles {
        world.latencies.seed = seed
        let lines = faults.map { SourceText(name: "--fault", bytes: Array(printable($0).utf8)) }
        var diagnostics = Diagnostics()
        let troubles = Troubles.read(lines, in: world, &diagnostics)
        Reading(isJSON: isJSON).tell(diagnostics.all, sources: lines)
        guard let troubles else { throw ExitCode(64) }
        troubles.strike(&world)
        return troubles
    }
}
