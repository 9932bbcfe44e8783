import ArgumentParser
import Engine
import LocalHost
import Service
import Steps

/// `failover recover`.
struct RecoverCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "recover",
        abstract: "Take up, take back or close a run whose engine died.",
        discussion: """
            Every worker does this by itself before it begins; a person may choose:

              failover recover                what a worker would do
              failover recover --resume       on with the plan; what is done is found so
              failover recover --roll-back    take back what was done
              failover recover --abandon      close it as it is; the rest is printed

            Nothing is taken back past the point of no return. A run of an earlier boot is closed \
            as cut off; nothing of it is resumed or undone. Exits as the run that was taken up \
            ends; 4 when it is refused, 69 when the newest journal cannot be told, 75 when another \
            run holds the lock.
            """)

    @Flag(help: "Go on with the plan.") var resume = false
    @Flag(help: "Take back what was done.") var rollBack = false
    @Flag(help: "Close it as it is.") var abandon = false
    @OptionGroup var options: InstallationOptions
    @OptionGroup var display: DisplayOptions

    func validate() throws {
        if [resume, rollBack, abandon].count(where: { $0 }) > 1 {
            throw ValidationError("--resume, --roll-back and --abandon exclude each other")
        }
    }

    func run() throws {
        let installation = try options.loadRuns(isJSON: display.json)
        let pair = try options.choice.onlyName(of: installation, for: "failover recover")
        LocalHost.leaveFolder()
        Console.outliveReaders()
        let start = MonotonicClock.now
        let shelf = JournalShelf(pair, in: installation.folders)
        _ = try Locked.runs(on: shelf)
        let outcomes = try recover(pair, installation)
        if let known = installation.signals.pair(named: pair) {
            Desk(installation).wakeIfWanted(known, since: start)
        }
        throw ExitCode(tell(outcomes, untold(shelf)))
    }

    /// Why nobody can tell whether the newest run is over.
    private func untold(_ shelf: JournalShelf) -> String? {
        guard let run = shelf.runs().first else { return nil }
        switch shelf.read(run) {
        case .failure(let fault):
            return "the journal of run \(run) cannot be told: \(fault.text)"
        case .success(let file) where file.isCut && file.ending == nil:
            return "the journal of run \(run) is longer than any that is written: how it ended"
                + " cannot be told"
        case .success: return nil
        }
    }

    private func recover(
        _ pair: String, _ installation: Installation
    ) throws -> [Salvage.Outcome] {
        let lock = try Locked.take(pair, installation.folders)
        defer { withExtendedLifetime(lock) {} }
        Locked.tellHold(of: pair, installation.folders)
        lock?.note("a person's recovery")
        var recoverer = Recoverer(
            pair, site: installation.site, catalog: .builtin, syslog: installation.syslog)
        recoverer.shout = Locked.shout(to: installation.syslog)
        let wanted = WantedSpool(pair, in: installation.folders).newestWanted()?.direction
        return recoverer.recover(choice: choice, wants: wanted)
    }

    private var choice: Recovery.Choice? {
        if resume { return .resume }
        if rollBack { return .rollBack }
        return abandon ? .abandon : nil
    }

    private func tell(_ outcomes: [Salvage.Outcome], _ untold: String?) -> Int32 {
        var output = Console.standardOutput(forPrograms: display.json)
        if let untold {
            if outcomes.isEmpty { Locked.warn(untold) }
        } else if outcomes.isEmpty, !display.json {
            output.write("no run was left unfinished\n")
        }
        var code = untold == nil ? 0 : PairStatus.Standing.untoldCode
        for outcome in outcomes {
            if display.json {
                output.write(JSONLines().line(OutcomeForm(outcome)))
            } else {
                output.write(outcome.text + "\n")
                for line in outcome.ending?.remaining ?? [] { output.write("  \(line)\n") }
            }
            guard untold == nil else { continue }
            code = outcome.ending?.kind.exitCode ?? Ending.Kind.refused.exitCode
        }
        return code
    }
}

/// An outcome of a recovery as JSON.
private struct OutcomeForm: Encodable {
    let fact = "recovered"
    let run: String
    let plan: String
    let ending: String?
    let text: String
    let remaining: [String]

    init(_ outcome: Salvage.Outcome) {
        run = outcome.run
        plan = outcome.plan
        ending = outcome.ending?.kind.rawValue
        text = outcome.text
        remaining = outcome.ending?.remaining ?? []
    }
}
