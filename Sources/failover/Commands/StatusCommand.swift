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
            EXIT CODES
              0    all is well, or a run is under way
              1    the last run failed, and was rolled back or given up
              2    what is served is broken, a run is left or stopped, or a signal neglected
              3    the last run is stuck: a person is needed
              4    the last run was refused before any change
              65   signals.yaml or site.yaml is at fault: nothing is taken over here
              69   it cannot be told: not root, or folders or a journal at fault
            The worst of several pairs counts: 3, 69, 65, 2, 1, 4. A journal that cannot be told \
            is named, and nothing older passes for the last run.
            """)

    @OptionGroup var options: InstallationOptions
    @OptionGroup var display: DisplayOptions

    func run() throws {
        let installation = try options.loadRuns(isJSON: display.json, tellingFault: false)
        LocalHost.leaveFolder()
        var output = Console.standardOutput(forPrograms: display.json)
        let style = DisplayOptions.style(for: output)
        var standing = PairStatus.Standing.well
        for name in try options.choice.names(of: installation) {
            let status = PairStatus(
                name, in: installation.folders, outdated: installation.outdated)
            let pair = installation.signals.pair(named: name)
            let role =
                pair.map { RoleLook(installation).look($0) }
                ?? .unknown("no signals.yaml says when this node is master")
            let doubts = pair.map { RoleLook(installation).doubts($0) } ?? []
            let hastd = RoleLook(installation).hastd()
            if display.json {
                let form = StatusForm(status, role: role, doubts: doubts, hastd: hastd)
                output.write(JSONLines().line(form))
            } else {
                let text = StatusText(
                    status, role: role, doubts: doubts, hastd: hastd, style: style)
                output.write(style.fitted(text.text()))
            }
            standing = max(standing, status.standing)
        }
        throw ExitCode(standing.exitCode)
    }
}
