import ArgumentParser
import Engine
import LocalHost
import Steps

/// Which plan, with which settings.
struct PlanOptions: ParsableArguments {
    @Argument(help: "The plan's file.", completion: .file(extensions: ["yaml", "yml"]))
    var plan: String

    @OptionGroup var settings: SettingOptions
}

/// The settings under which plans are read.
struct SettingOptions: ParsableArguments {
    @Option(
        name: .customLong("set"),
        help: ArgumentHelp(
            "Settle a parameter, over the site's and the plan's own value; a list with commas.",
            valueName: "name=value"))
    var values: [Setting] = []

    @Option(
        help: ArgumentHelp(
            "The site's settings (default: site.yaml beside the plan, if there is one).",
            valueName: "file"),
        completion: .file(extensions: ["yaml", "yml"]))
    var site: String?

    /// Whether nothing is settled beside the files.
    var isEmpty: Bool { values.isEmpty && site == nil }

    /// What the pair settles whose signals, beside the plan, run it: the one that is named, or the
    /// only one; nothing where there is none. Faults of the signals are told elsewhere.
    func ofPair(
        _ name: String?, running plan: String, on platform: Platform?
    ) throws -> [Setting] {
        let all = pairs(running: plan, on: platform)
        if let name { try PairOptions.check(name, among: all.map { $0.name }) }
        let pairs = all.filter { name ?? $0.name == $0.name }
        guard pairs.count == 1, let pair = pairs.first else { return [] }
        return Self.settings(of: pair, for: plan)
    }

    /// The pairs of the signals beside a plan for which it runs.
    func pairs(
        running plan: String, on platform: Platform?,
        read: PlanLoader.Read = FileReader.read
    ) -> [Signals.Pair] {
        Signals.pairs(
            besideAndRunning: plan, site: site, catalog: .builtin, platform: platform, read: read)
            ?? []
    }

    /// What a pair settles for a plan.
    static func settings(
        of pair: Signals.Pair, for plan: String, read: PlanLoader.Read = FileReader.read
    ) -> [Setting] {
        pair.settings(of: plan, read: read).map { Setting($0.name, $0.text) }
    }

    /// Settles these as well, where nothing else is said of them.
    mutating func add(_ others: [Setting]) {
        values += others.filter { other in !values.contains { $0.name == other.name } }
    }

    /// Reads the plan at `path` with its counterpart and the site's settings.
    ///
    /// With `acceptingStale` the plan does without full copies.
    func load(
        _ path: String, for platform: Platform?, acceptingStale: Bool = false,
        read: PlanLoader.Read = FileReader.read
    ) -> PlanLoader.Loaded {
        PlanLoader.load(
            path, site: site, settings: values.map { ($0.name, $0.text) },
            acceptingStale: acceptingStale, catalog: .builtin, platform: platform,
            read: read)
    }
}
