import ArgumentParser
import Engine
import LocalHost
import Service
import Steps

/// What `failover validate` does with a signals.yaml: it, and both plans of each pair.
struct SignalsCheck {
    let path: String
    let settings: SettingOptions
    let platform: Platform?
    let reading: Reading
    /// Whether a warning is a fault.
    let isStrict: Bool
    /// How files are read.
    let read: PlanLoader.Read

    /// Tells what is new of all faults, and whether everything can run.
    func isValid(_ told: inout Told, _ output: inout Console) throws -> Bool {
        guard settings.values.isEmpty else {
            throw ValidationError(
                "signals are read without `--set`: say it under `set:` of a pair, or in site.yaml")
        }
        let loaded = Signals.load(
            path, site: settings.site, catalog: .builtin, platform: platform,
            read: read)
        var faults = loaded.diagnostics
        var isValid = loaded.signals != nil
        var count = 0
        var plans: [[Plan]] = []
        for pair in loaded.signals?.pairs ?? [] {
            let acquire = plan(of: pair, .acquire, loaded)
            let release = plan(of: pair, .release, loaded)
            faults += pair.faults(acquire: acquire, release: release)
            isValid = isValid && acquire.plan != nil && release.plan != nil
            let watched = pair.watchedPlans.map { plan(at: $0.path, of: pair, loaded) }
            for (plan, place) in zip(watched, pair.watchedPlans) {
                faults += plan.plan.map { pair.faults(ofWatched: $0, at: place.span) } ?? []
                isValid = isValid && plan.plan != nil
            }
            plans.append(([acquire, release] + watched).compactMap(\.plan))
            for plan in [acquire, release] + watched {
                if isStrict && !plan.diagnostics.isEmpty { isValid = false }
                let new = plan.diagnostics.filter { told.isNew($0, plan.sources) }
                reading.tell(new, sources: plan.sources)
                count += new.count
            }
        }
        faults += loaded.signals?.faults(between: plans) ?? []
        if faults.contains(where: { isStrict || $0.severity == .error }) { isValid = false }
        let new = faults.filter { told.isNew($0, loaded.sources) }
        reading.tell(new, sources: loaded.sources)
        if isValid, let signals = loaded.signals {
            let form = SignalsForm(signals, file: path)
            output.write(reading.isJSON ? JSONLines().line(form) : form.sentence + "\n")
        } else if new.isEmpty, count == 0 || isStrict {
            reading.tellFaulty(path)
        }
        return isValid
    }

    private func plan(
        of pair: Signals.Pair, _ direction: Plan.Direction, _ loaded: Signals.Loaded
    ) -> PlanLoader.Loaded {
        plan(at: pair[direction].plan, of: pair, loaded)
    }

    private func plan(
        at path: String, of pair: Signals.Pair, _ loaded: Signals.Loaded
    ) -> PlanLoader.Loaded {
        pair.plan(
            at: path, site: loaded.sitePath, catalog: .builtin, platform: platform, read: read)
    }
}

/// Signals that can be followed, in short.
struct SignalsForm: Encodable {
    /// One pair.
    struct PairForm: Encodable {
        let pair: String
        let acquire: String
        let release: String
    }

    let file: String
    let valid = true
    let pairs: [PairForm]

    init(_ signals: Signals, file: String) {
        self.file = file
        pairs = signals.pairs.map {
            PairForm(pair: $0.name, acquire: $0.acquire.plan, release: $0.release.plan)
        }
    }

    /// The same for a person.
    var sentence: String {
        let names = pairs.map(\.pair).joined(separator: ", ")
        return printable("\(file): valid (\(counted(pairs.count, "pair")): \(names))")
    }
}
