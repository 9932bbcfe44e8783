import ArgumentParser
import Engine
import LocalHost
import Service
import Steps

/// `failover show`.
struct ShowCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show",
        abstract: "One run from its journal: every step with its time, and what it came to.",
        discussion: """
            The recovery time ends when service is up, and is held against the plan's \
            `recovery-time-objective`. With --json the journal itself is printed.

              failover show                            the newest run
              failover show 20261122T031500.123Z-4711
            """)

    @Argument(
        help: ArgumentHelp(
            "The run, as `failover history` names it (default: the newest).", valueName: "run"))
    var name: String?
    @OptionGroup var options: InstallationOptions
    @OptionGroup var display: DisplayOptions

    func run() throws {
        let installation = try options.load(isJSON: display.json)
        let pairs = try options.pairs(of: installation)
        for pair in pairs {
            let shelf = JournalShelf(pair.name, in: installation.folders)
            guard let name = self.name ?? shelf.runs().first, shelf.runs().contains(name) else {
                continue
            }
            return try show(name, shelf)
        }
        throw ValidationError(
            name.map { "there is no run \(printable($0)); `failover history` lists them" }
                ?? "there are no runs yet")
    }

    private func show(_ name: String, _ shelf: JournalShelf) throws {
        guard let read = shelf.read(name) else {
            throw ValidationError("\(shelf.path(of: name)) cannot be read")
        }
        let file: JournalFile
        switch read {
        case .success(let journal): file = journal
        case .failure(let fault):
            throw ValidationError("the journal of run \(name) is of no use: \(fault.text)")
        }
        var output = Console.standardOutput()
        if display.json {
            let lines = JSONLines()
            output.write(lines.line(file.heading))
            for record in file.records { output.write(lines.line(record)) }
        } else {
            let style = DisplayOptions.style(for: output)
            output.write(StoryText(RunStory(file, catalog: .builtin), style: style).text())
        }
        output.finish()
    }
}
