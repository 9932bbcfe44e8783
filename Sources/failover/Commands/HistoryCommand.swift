import ArgumentParser
import Engine
import LocalHost
import Service

/// `failover history`.
struct HistoryCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "history",
        abstract: "The runs of a pair, the newest first.",
        discussion: """
            `failover show RUN` tells one of them step by step. Attempts that came to the same \
            end, one after the other, are one line; of their journals the first and the last are \
            kept. Of several pairs each has its own list. Exits 69 when the journals cannot be \
            looked at.
            """)

    @Option(name: .customLong("last"), help: "How many.") var count = 20
    @OptionGroup var options: InstallationOptions
    @OptionGroup var display: DisplayOptions

    func validate() throws {
        let most = JournalShelf.Limits().count
        if !(1...most).contains(count) { throw ValidationError("--last takes 1 to \(most)") }
    }

    func run() throws {
        let installation = try options.loadRuns(isJSON: display.json)
        var output = Console.standardOutput(forPrograms: display.json)
        let pairs = try options.choice.names(of: installation)
        let style = DisplayOptions.style(for: output)
        for pair in pairs {
            if pairs.count > 1, !display.json {
                output.write(style.paint("pair \(pair)", .strong) + "\n")
            }
            let shelf = JournalShelf(pair, in: installation.folders)
            let runs = try Locked.runs(on: shelf)
            if runs.isEmpty, !display.json {
                output.write(pairs.count > 1 ? "no runs yet\n" : "pair \(pair): no runs yet\n")
            }
            for entry in RunHistory(shelf, of: runs, last: count).entries {
                output.write(line(entry, pair))
            }
        }
        output.finish()
    }

    private func line(_ entry: RunHistory.Entry, _ pair: String) -> String {
        if display.json { return JSONLines().line(HistoryForm(entry, pair)) }
        let file: JournalFile
        switch entry.journal {
        case .failure(let fault):
            return "\(entry.run.padded(to: 33))  (its journal cannot be told: \(fault.text))\n"
        case .success(let read): file = read
        }
        let by = file.heading.signal.map { "signal \($0)" } ?? "a person"
        let alike = entry.count > 1 ? "  (\(entry.count) alike, the first \(entry.first))" : ""
        let ending =
            file.ending.map(\.sentence) ?? (file.isCut ? "its end cannot be told" : "unfinished")
        return
            "\(entry.run.padded(to: 33))  \(file.heading.plan.padded(to: 16))  "
            + "\(by.padded(to: 14))  "
            + "\(ending)\(alike)\n"
    }
}

/// A line of the history as JSON.
private struct HistoryForm: Encodable {
    let fact = "history"
    let run: String
    let pair: String
    let plan: String?
    let time: String?
    let signal: String?
    let ending: String?
    let reason: String?
    let fault: String?
    /// The first run of the series, and how many attempts ended so.
    let first: String
    let alike: Int

    init(_ entry: RunHistory.Entry, _ pair: String) {
        run = entry.run
        first = entry.first
        alike = entry.count
        self.pair = pair
        let file = try? entry.journal.get()
        plan = file?.heading.plan
        time = file?.heading.time
        signal = file?.heading.signal
        ending = file?.ending?.kind.rawValue
        reason = file?.ending?.reason
        fault =
            switch entry.journal {
            case .failure(let fault): fault.text
            case .success: nil
            }
    }
}
