import ArgumentParser
import Engine
import LocalHost
import Service
import Simulation
import Steps

/// Reads plans for a command, and tells their faults.
struct Reading {
    /// The exit code of a plan that is at fault.
    static let invalid = ExitCode(65)

    let isJSON: Bool
    /// How long who reads what is told may hold the command up; nil for as long as it takes.
    var patience: Duration?

    /// The plan and the site, or the end of the program with every fault told.
    ///
    /// With `lastGood` a release goes on by what was last without fault.
    func plan(
        _ options: PlanOptions, of pair: String?, for platform: Platform?,
        acceptingStale: Bool = false, lastGood: Bool = false
    ) throws -> (sealed: SealedPlan, site: Site) {
        var options = options
        try options.settings.add(
            options.settings.ofPair(pair, running: options.plan, on: platform))
        let loaded = options.settings.load(
            options.plan, for: platform, acceptingStale: acceptingStale)
        tell(loaded.diagnostics, sources: loaded.sources)
        guard let plan = loaded.plan else {
            guard lastGood, options.settings.isEmpty,
                let old = LastGood.release(
                    options.plan, loaded.site, on: platform, catalog: .builtin)
            else { throw Self.invalid }
            if let remark = old.sealed.remark { Locked.warn(remark) }
            return old
        }
        let sealed = SealedPlan(
            plan, path: options.plan, site: options.settings.site,
            settings: options.settings.values.map { ($0.name, $0.text) },
            sources: loaded.sources, acceptsStale: acceptingStale)
        return (sealed, loaded.site)
    }

    /// Tells a fault that stands nowhere in a file; what to throw then.
    func fault(_ message: String) -> ExitCode {
        tell([Diagnostic(code: "unreadable", message, at: nil)], sources: [])
        return Self.invalid
    }

    /// Tells a person of a file that is at fault, where no fault below it is told anew.
    func tellFaulty(_ path: String) {
        if isJSON { return }
        var errors = Console.standardError()
        errors.write(printable("\(path): not valid, by faults that are told above") + "\n")
    }

    /// Warns of troubles that struck nothing, on standard error: a run's last JSON is its ending.
    static func warn(of missed: [Troubles.Missed], in place: String) {
        let faults = missed.map { missed in
            Diagnostic(
                .warning, code: "no-strike", "\(place) `\(missed.text)` \(missed.why)", at: nil)
        }
        Reading(isJSON: false).tell(faults, sources: [])
    }

    /// Tells faults: as JSON on standard output, else as excerpts on standard error.
    func tell(_ diagnostics: [Diagnostic], sources: [SourceText]) {
        guard !diagnostics.isEmpty else { return }
        if isJSON {
            var output = Console.standardOutput(patience: patience, forPrograms: true)
            let lines = JSONLines()
            for diagnostic in diagnostics {
                output.write(lines.line(DiagnosticForm(diagnostic, sources: sources)))
            }
            output.finish()
        } else {
            var errors = Console.standardError(patience: patience)
            let isColoured = DisplayOptions.style(for: errors).isColoured
            errors.write(
                DiagnosticText.render(
                    diagnostics, sources: sources, style: isColoured ? .coloured : .plain))
        }
    }
}
