import ArgumentParser
import FoundationEssentials
import LocalHost

/// How results are shown.
struct DisplayOptions: ParsableArguments {
    @Flag(help: "Print JSON, one object a line, on standard output.") var json = false

    /// The style for a stream: coloured on a terminal, unless `NO_COLOR` is set to anything.
    static func style(for console: Console) -> Style {
        let refusal = ProcessInfo.processInfo.environment["NO_COLOR"] ?? ""
        return Style(isColoured: console.isTerminal && refusal.isEmpty)
    }
}
