import ArgumentParser
import Engine

/// For which operating system plans are read where no host is at hand.
struct PlatformOption: ParsableArguments {
    @Option(
        name: .customLong("platform"),
        help: ArgumentHelp(
            "The operating system whose tools the plan uses.", valueName: "freebsd|linux"),
        completion: .list(Platform.allCases.map(\.rawValue)),
        transform: PlatformOption.platform)
    var value = Platform.freebsd

    static func platform(_ text: String) throws -> Platform {
        if let platform = Platform(rawValue: text) { return platform }
        throw ValidationError("no platform is named \(text); there are freebsd and linux")
    }
}
