import ArgumentParser
import Engine

/// For which operating system plans are read where no host is at hand.
struct PlatformOption: ParsableArguments {
    @Option(
        name: .customLong("platform"),
        help: ArgumentHelp(
            "The operating system whose tools the plan uses.", valueName: "freebsd|linux"))
    var value = Platform.freebsd
}

extension Platform: @retroactive ExpressibleByArgument {}
