import ArgumentParser
import Engine
import LocalHost
import Service
import Steps

/// `failover status`.
struct StatusCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "status",
        abstract: "What runs now, or how the last run ended; what is wanted; what is stuck.",
        discussion: """
            Exits 0 when all is well or under way, 3 when the last run of a pair is stuck.
            """)

    @OptionGroup var options: InstallationOptions
    @OptionGroup var display: DisplayOptions

    func run() throws {
        let installation = try options.load(isJSON: display.json)
        LocalHost.leaveFolder()
        var output = Console.standardOutput()
        let style = DisplayOptions.style(for: output)
        var code: Int32 = 0
        for pair in try options.pairs(of: installation) {
            let status = PairStatus(pair.name, in: installation.folders)
            let role = RoleLook(installation).look(pair)
            let doubts = RoleLook(installation).doubts(pair)
            let hastd = RoleLook(installation).hastd()
            if display.json {
                let form = StatusForm(status, role: role, doubts: doubts, hastd: hastd)
                output.write(JSONLines().line(form))
            } else {
                let text = StatusText(
                    status, role: role, doubts: doubts, hastd: hastd, style: style)
                output.write(text.text())
            }
            if !status.isRunning, status.newest?.ending?.kind == .stuck {
                code = Ending.Kind.stuck.exitCode
            }
        }
        throw ExitCode(code)
    }
}
