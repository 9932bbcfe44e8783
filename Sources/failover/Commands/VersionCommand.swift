import ArgumentParser
import Engine
import LocalHost

/// `failover version`.
struct VersionCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "version",
        abstract: "Print the version of failover and of its record format.",
        discussion: "The record format is that of `--json`; it grows when an old reader would fail."
    )

    /// The version of the program, as in CHANGELOG.md.
    static let version = "0.1.0"

    @Flag(help: "Print JSON.") var json = false

    func run() {
        var output = Console.standardOutput()
        if json {
            output.write(
                JSONLines().line(["version": Self.version, "records": "\(Record.formVersion)"]))
        } else {
            output.write("failover \(Self.version)\n")
        }
    }
}
