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

              failover show                            the newest run, of all pairs
              failover show 000017-20261122T031500.123Z-4711
              failover show 17                         the same, by its number
            """)

    @Argument(
        help: ArgumentHelp(
            "The run, as `failover history` names it (default: the newest of all pairs).",
            valueName: "run"))
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
            if let name {
                let whole = runs.filter { $0 == name }
                let meant = whole.isEmpty ? runs.filter { Self.begins($0, with: name) } : whole
                found += meant.map { ($0, shelf) }
            } else if let newest = runs.first {
                found.append((newest, shelf))
            }
        }
        guard let name else {
            let newest = found.max { Self.time(of: $0.name) < Self.time(of: $1.name) }
            if let newest { return try show(newest.name, newest.shelf, isOfAll: pairs.count > 1) }
            if !display.json { Locked.warn("there are no runs yet") }
            return
        }
        if let only = found.first, found.count == 1 { return try show(only.name, only.shelf) }
        let names = found.map { pairs.count > 1 ? "\($0.name) of pair \($0.shelf.pair)" : $0.name }
        let runs = names.isEmpty ? "no run" : "more than one run: \(listed(names))"
        Locked.warn("`\(printable(name))` begins the name of \(runs); `failover history` lists all")
        throw ExitCode(PairStatus.Standing.untoldCode)
    }

    /// When a run began, as its name has it: the numbers of two pairs say nothing of each other.
    private static func time(of run: String) -> Substring {
        run.split(separator: "-").dropFirst().first ?? ""
    }

    /// Whether a run is meant by the beginning of its name, or by its number without zeros.
    private static func begins(_ run: String, with text: String) -> Bool {
        guard !text.isEmpty else { return false }
        if let number = Int(text), let own = run.split(separator: "-").first {
            return Int(own) == number
        }
        return run.hasPrefix(text)
    }

    /// Shows a run; one that nobody named, of several pairs, is said to be the newest of all.
    private func show(_ name: String, _ shelf: JournalShelf, isOfAll: Bool = false) throws {
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
                style.fitted(
                    StoryText(RunStory(file, catalog: .builtin), isOfAll: isOfAll, style: style)
                        .text()))
        }
        output.finish()
    }
}
