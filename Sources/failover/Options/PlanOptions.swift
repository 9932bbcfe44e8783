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
