import Engine
import LocalHost
import Service

/// Everything that shows a run: JSON lines, or a live display and a summary.
final class RunView {
    private let isSimulated: Bool
    private let lines: JSONLines?
    private var output: Console
    private var live: LiveView?
    private var progress: Progress
    /// Whether a question stands on the terminal, which the display then leaves alone.
    var isAsking: () -> Bool = { false }

    /// A reader of the display that does not read holds the run up for so long, once.
    static let patience = Duration.milliseconds(250)

    init(_ plan: Plan, isJSON: Bool, isSimulated: Bool) {
        self.isSimulated = isSimulated
        progress = Progress(plan)
        output = Console.standardOutput(patience: Self.patience, forPrograms: isJSON)
        if isJSON {
            let lines = JSONLines()
            self.lines = lines
            output.write(lines.line(RunHeading(plan, isSimulated: isSimulated, isPreview: false)))
        } else {
            lines = nil
            let errors = Console.standardError(patience: Self.patience)
            live = LiveView(plan, on: errors, style: DisplayOptions.style(for: errors))
        }
    }

    func take(_ record: Record) {
        progress.take(record)
        live?.isHeld = isAsking()
        live?.take(record)
        if let lines { output.write(lines.line(record)) }
    }

    /// Moves the display's clocks on.
    func tick(at now: Instant) {
        live?.isHeld = isAsking()
        live?.tick(at: now)
    }

    /// The account at the end.
    func close() {
        live?.finish()
        if lines == nil {
            let style = DisplayOptions.style(for: output)
            let summary = Summary(progress: progress, style: style, isSimulated: isSimulated)
            output.write("\n" + style.fitted(summary.text()))
        }
        output.finish()
    }
}
