import ArgumentParser
import Engine
import LocalHost
import Service

/// `failover history`.
struct HistoryCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "history",
        abstract: "The runs of a pair, the newest first.",
        discussion: "`failover show RUN` tells one of them step by step.")

    @Option(name: .customLong("last"), help: "How many.") var count = 20
    @OptionGroup var options: InstallationOptions
    @OptionGroup var display: DisplayOptions

    func validate() throws {
        if !(1...JournalShelf.capacity).contains(count) {
            throw ValidationError("--last takes 1 to \(JournalShelf.capacity)")
        }
    }

    func run() throws {
        let installation = try options.load(isJSON: display.json)
        var output = Console.standardOutput()
        for pair in try options.pairs(of: installation) {
            let shelf = JournalShelf(pair.name, in: installation.folders)
            let runs = shelf.runs().prefix(count)
            if runs.isEmpty, !display.json { output.write("pair \(pair.name): no runs yet\n") }
            for run in runs { output.write(line(run, pair.name, shelf)) }
        }
        output.finish()
    }

    private func line(_ run: String, _ pair: String, _ shelf: JournalShelf) -> String {
        let read = shelf.read(run)
        if display.json { return JSONLines().line(HistoryForm(run, pair, read)) }
        guard case .success(let file)? = read else {
            return "\(run.padded(to: 26))  (its journal cannot be read)\n"
        }
        let by = file.heading.signal.map { "signal \($0)" } ?? "a person"
        let ending = file.ending.map(\.sentence) ?? "unfinished"
        return "\(run.padded(to: 26))  \(file.heading.plan.padded(to: 16))  \(by.padded(to: 14))  "
            + "\(ending)\n"
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

    init(_ run: String, _ pair: String, _ read: Result<JournalFile, JournalFile.Fault>?) {
        self.run = run
        self.pair = pair
        let file = try? read?.get()
        plan = file?.heading.plan
        time = file?.heading.time
        signal = file?.heading.signal
        ending = file?.ending?.kind.rawValue
        reason = file?.ending?.reason
        fault =
            switch read {
            case nil: "it cannot be read"
            case .failure(let fault)?: fault.text
            case .success?: nil
            }
    }
}
