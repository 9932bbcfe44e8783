import ArgumentParser
import FoundationEssentials
import LocalHost

/// How results are shown.
struct DisplayOptions: ParsableArguments {
    @Flag(help: "Print JSON, one object a line, on standard output.") var json = false

    /// The style for a stream: coloured on a terminal that obeys, unless `NO_COLOR` is set to
    /// anything.
    static func style(for console: Console) -> Style {
        let isRefused = !(ProcessInfo.processInfo.environment["NO_COLOR"] ?? "").isEmpty
        return Style(isColoured: console.obeys && !isRefused, columns: console.size?.columns)
    }
}
