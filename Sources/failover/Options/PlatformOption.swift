import ArgumentParser
import Engine

/// For which operating system plans are read where no host is at hand and no site says it.
struct PlatformOption: ParsableArguments {
    @Option(
        name: .customLong("platform"),
        help: ArgumentHelp(
            "The operating system whose tools the plan uses (default: `platform` of site.yaml).",
            valueName: "freebsd|linux"),
        completion: .list(Platform.allCases.map(\.rawValue)),
        transform: PlatformOption.platform)
    var value: Platform?

    static func platform(_ text: String) throws -> Platform {
        if let platform = Platform(rawValue: text) { return platform }
        throw ValidationError("no platform is named \(text); there are freebsd and linux")
    }
}
