import ArgumentParser
import Engine
import FoundationEssentials
import LocalHost
import Service
import Simulation
import Steps

/// `failover test [FOLDER | CASE…]`.
struct TestCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "test",
        abstract: "Play the cases of your plans on simulated pairs, and tell what comes otherwise.",
        discussion: """
            A case is a YAML file: a plan, the world it runs in, what goes wrong there, and what \
            is expected to come of it. All of its keys: docs/cases.md.

              failover test                                  the cases of this host's plans
              failover test plans                            those in plans/cases
              failover test plans/cases/peer-died.yaml       one
              failover test plans --seeds 100                also at 100 other paces
              failover test --record plans/cases/new.yaml    what to expect, as it came

            --record changes no file: it prints the part `expect:` of each case anew, to be read, \
            and then put into the file, by a person.

            Exits with 0 when all cases came out as expected, with 1 when one did not, with 65 \
            when one cannot be played.
            """)

    @Argument(
        help: ArgumentHelp(
            "Folders with plans, of which `cases/` is played, or files of cases.",
            valueName: "folder-or-case"),
        completion: .file(extensions: ["yaml", "yml"]))
    var paths: [String] = []

    @Option(
        name: .customLong("plans"),
        help: ArgumentHelp(
            """
            The folder with the plans, where no path is named \
            (default: \(FolderOption.usualFolders)).
            """, valueName: "folder"),
        completion: .directory)
    var folder: String?

    @Option(
        help: ArgumentHelp(
            "The site's settings (default: site.yaml beside each plan, if there is one).",
            valueName: "file"),
        completion: .file(extensions: ["yaml", "yml"]))
    var site: String?

    @Option(
        help: ArgumentHelp(
            """
            Play each case also with the seeds 1 to this number, by which each command and look \
            takes from half to double its usual time.
            """, valueName: "number"))
    var seeds = 0

    @Flag(help: "Print what happened as what is expected, instead of comparing.")
    var record = false
    @OptionGroup var display: DisplayOptions

    /// More would take hours.
    private static let mostSeeds = 100_000

    func validate() throws {
        if record, display.json {
            throw ValidationError("--record prints a part of a case's file, which is no JSON")
        }
        if record, seeds > 0 {
            throw ValidationError("--record prints what happens at one pace; leave --seeds out")
        }
        guard (0...Self.mostSeeds).contains(seeds) else {
            throw ValidationError("--seeds takes a number from 0 to \(Self.mostSeeds)")
        }
        if folder != nil, !paths.isEmpty {
            throw ValidationError("--plans is for `failover test` without paths; name the folder")
        }
    }

    func run() throws {
        let reading = Reading(isJSON: display.json)
        let usual = folder ?? Installation.usualFolder(on: .local)
        let files =
            try paths.isEmpty
            ? CaseFolder.cases(in: usual, reading)
            : paths.flatMap { try CaseFolder.cases(at: $0, reading) }
        var output = Console.standardOutput(forPrograms: display.json)
        var view = CaseView(isJSON: display.json, style: DisplayOptions.style(for: output))
        var told = Told()
        for file in files {
            let loaded = CaseFile.load(
                file, site: site, recording: record, catalog: .builtin, read: FileReader.read)
            let new = loaded.diagnostics.filter { told.isNew($0, loaded.sources) }
            reading.tell(new, sources: loaded.sources)
            output.write(text(loaded, file, &view))
        }
        if !record { output.write(view.sum()) }
        output.finish()
        if view.invalid > 0 { throw Reading.invalid }
        if view.failed > 0 { throw ExitCode(1) }
    }

    private func text(
        _ loaded: CaseFile.Loaded, _ file: String, _ view: inout CaseView
    ) -> String {
        guard let testCase = loaded.testCase else { return view.invalid(file) }
        if record {
            let run = testCase.play()
            Reading.warn(of: run.missed, in: "\(file):")
            return view.recorded(file, Recording(run).text)
        }
        let first = CaseView.Outcome(testCase, seed: nil)
        guard first.differences.isEmpty, seeds > 0 else { return view.played(testCase, first) }
        for seed in 1...seeds {
            let outcome = CaseView.Outcome(testCase, seed: UInt64(seed))
            if !outcome.differences.isEmpty { return view.played(testCase, outcome) }
        }
        return view.played(testCase, first)
    }
}
