import ArgumentParser
import Engine
import LocalHost
import Service

/// `failover version`.
struct VersionCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "version",
        abstract: "Print the version of failover and of its record format.",
        discussion: "The record format is that of `--json`; it grows when an old reader would fail."
    )

    @Flag(help: "Print JSON.") var json = false

    func run() {
        var output = Console.standardOutput(forPrograms: json)
        if json {
            output.write(
                JSONLines().line([
                    "version": EngineVersion.current, "records": "\(Record.formVersion)",
                ]))
        } else {
            output.write("failover \(EngineVersion.current)\n")
        }
    }
}
