import ArgumentParser
import FoundationEssentials
import LocalHost

/// How results are shown.
struct DisplayOptions: ParsableArguments {
    @Flag(help: "Print JSON, one object a line, on standard output.") var json = false

    /// The style for a stream: coloured on a terminal, unless `NO_COLOR` is set to anything, or
    /// `TERM` says that it is `dumb`.
    static func style(for console: Console) -> Style {
        let variables = ProcessInfo.processInfo.environment
        let isRefused = !(variables["NO_COLOR"] ?? "").isEmpty || variables["TERM"] == "dumb"
        return Style(isColoured: console.isTerminal && !isRefused)
    }
}
