import ArgumentParser
import Engine
import LocalHost
import Simulation

/// Whether the host is this machine or a simulated one, and from which world that starts.
struct SimulationOptions: ParsableArguments {
    @Flag(help: "Use a simulated pair in memory; nothing of this machine is touched.")
    var simulate = false

    @Option(
        help: ArgumentHelp(
            "The world that the simulated pair starts from (implies --simulate).",
            valueName: "file"),
        completion: .file(extensions: ["yaml", "yml"]))
    var world: String?

    @Option(name: .customLong("platform"), help: .hidden, transform: PlatformOption.platform)
    var standIn: Platform?

    /// Whether the host is a simulated one.
    var isSimulated: Bool { simulate || world != nil }

    /// The operating system whose tools the host has; the stage has those of another one, and a
    /// simulated host those of any.
    var platform: Platform? { standIn ?? (isSimulated ? nil : .local) }
}

extension SimulationOptions {
    /// The world in which a plan starts: that of the file, else a pair on which it has all to do.
    func start(_ plan: Plan, of site: Site, isJSON: Bool) throws -> World {
        guard let path = world else {
            return World.pair(Pair(asServedBy: plan), Standing(for: plan.direction))
        }
        let reading = Reading(isJSON: isJSON)
        let source: SourceText
        switch FileReader.read(path) {
        case .success(let bytes): source = SourceText(name: path, bytes: bytes)
        case .failure(let fault): throw reading.fault("\(path) \(fault.why)")
        case nil: throw reading.fault("there is no world \(path)")
        }
        var diagnostics = Diagnostics()
        let world = WorldFile.read(source, for: plan, of: site, &diagnostics)
        reading.tell(diagnostics.all, sources: [source])
        guard let world else { throw Reading.invalid }
        return world
    }
}
