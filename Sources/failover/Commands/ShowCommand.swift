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
              failover show 17                         the same, by its number
            """)

    @Argument(
        help: ArgumentHelp(
            "The run, as `failover history` names it (default: the newest).", valueName: "run"))
    var name: String?
    @OptionGroup var options: InstallationOptions
    @OptionGroup var display: DisplayOptions

    func run() throws {
        let installation = try options.loadRuns(isJSON: display.json)
        let pairs = try options.choice.names(of: installation)
        var found: [(name: String, shelf: JournalShelf)] = []
        for pair in pairs {
            let shelf = JournalShelf(pair, in: installation.folders)
            let runs = try Locked.runs(on: shelf)
            guard let name else {
                guard let newest = runs.first else { continue }
                return try show(newest, shelf)
            }
            if runs.contains(name) { return try show(name, shelf) }
            found += runs.filter { Self.begins($0, with: name) }.map { ($0, shelf) }
        }
        if let only = found.first, found.count == 1 { return try show(only.name, only.shelf) }
        guard let name else {
            if !display.json { Locked.warn("there are no runs yet") }
            return
        }
        let runs = found.isEmpty ? "no run" : "more than one run: \(listed(found.map(\.name)))"
        Locked.warn("`\(printable(name))` begins the name of \(runs); `failover history` lists all")
        throw ExitCode(PairStatus.Standing.untoldCode)
    }

    /// Whether a run is meant by the beginning of its name, or by its number without zeros.
    private static func begins(_ run: String, with text: String) -> Bool {
        guard !text.isEmpty else { return false }
        if let number = Int(text), let own = run.split(separator: "-").first {
            return Int(own) == number
        }
        return run.hasPrefix(text)
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
        var output = Console.standardOutput(forPrograms: display.json)
        if display.json {
            let lines = JSONLines()
            output.write(lines.line(file.heading))
            for record in file.records { output.write(lines.line(record)) }
        } else {
            let style = DisplayOptions.style(for: output)
            output.write(
                style.fitted(StoryText(RunStory(file, catalog: .builtin), style: style).text()))
        }
        output.finish()
    }
}
