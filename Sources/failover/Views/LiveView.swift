import Engine
import LocalHost
import Service

/// Shows a run while it happens: on a terminal with a moving part at the bottom, else line by line.
struct LiveView {
    private var chronicle: Chronicle
    private var console: Console
    private let style: Style
    /// The widths of the moving part's lines on the terminal.
    private var drawn: [Int] = []
    private var kept = ""
    /// Whether a question stands on the terminal; lines are kept until it is answered.
    var isHeld = false {
        didSet { if isHeld { drawn = [] } }
    }

    init(_ plan: Plan, on console: Console, style: Style) {
        chronicle = Chronicle(plan)
        self.console = console
        self.style = style
    }

    /// Shows what a record adds.
    mutating func take(_ record: Record) {
        show(chronicle.take(record), at: record.at)
    }

    /// Moves the clocks of the steps under way on.
    mutating func tick(at now: Instant) {
        show(chronicle.pass(to: now), at: now)
    }

    /// Shows what was kept back.
    mutating func finish() { console.finish() }

    /// What is known of the run.
    var progress: Progress { chronicle.progress }

    private mutating func show(_ lines: [Chronicle.Line], at now: Instant) {
        guard console.obeys else {
            for line in lines { console.write(text(line) + "\n") }
            return
        }
        draw(lines.filter { $0.weight > .passing }.map(text), at: now)
    }

    private mutating func draw(_ lasting: [String], at now: Instant) {
        for line in lasting { kept += line + "\n" }
        guard !isHeld else { return }
        let size = console.size
        let rows = LiveRegion.rows(drawn, onColumns: size?.columns)
        var text = rows > 0 ? "\u{1B}[\(rows)A\r\u{1B}[J" : ""
        text += kept
        kept = ""
        drawn = []
        if progress.ending == nil, let size {
            let region = LiveRegion(columns: size.columns, rows: size.rows)
            let lines = region.lines(progress, at: now)
            for line in lines { text += style.paint(line.text, line.tone) + "\n" }
            drawn = lines.map(\.text.columns)
        }
        console.write(text)
    }

    private func text(_ line: Chronicle.Line) -> String {
        let time = style.paint(elapsedText(line.at).aligned(to: 8), .dim)
        let word = style.paint(line.word.padded(to: 8), line.tone)
        let text = "\(time)  \(word)\(style.paint(line.text, .plain))"
        let margin = withoutColours("\(time)  \(word)").columns
        return console.size.map { folded(text, to: $0.columns, margin: margin) } ?? text
    }
}

extension Chronicle.Line {
    fileprivate var tone: Style.Tone {
        switch weight {
        case .passing: .dim
        case .ordinary: .good
        case .notable: .strong
        case .warning: .caution
        case .failure: .bad
        }
    }
}
