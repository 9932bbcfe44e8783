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
            `recovery-time-objective`. With --json the journal itself is printed. Exits 69 when \
            the journal cannot be told.

              failover show                            the newest run
              failover show 000017-20261122T031500.123Z-4711
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
            let runs = try Locked.runs(on: shelf)
            guard let name = self.name ?? runs.first, runs.contains(name) else { continue }
            return try show(name, shelf)
        }
        throw ValidationError(
            name.map { "there is no run \(printable($0)); `failover history` lists them" }
                ?? "there are no runs yet")
    }

    private func show(_ name: String, _ shelf: JournalShelf) throws {
        let file: JournalFile
        switch shelf.read(name) {
        case .success(let journal): file = journal
        case .failure(let fault):
            Locked.warn("the journal of run \(name) cannot be told: \(fault.text)")
            throw ExitCode(PairStatus.Standing.untoldCode)
        }
        if file.isCut {
            let end = "is longer than any that is written; its end is left out"
            Locked.warn("the journal of run \(name) \(end)")
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
