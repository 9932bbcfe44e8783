import Engine
import LocalHost

/// Shows a run while it happens: on a terminal with a moving part at the bottom, else line by line.
struct LiveView {
    private var chronicle: Chronicle
    private var console: Console
    private let style: Style
    private var drawn = 0
    private var kept = ""
    /// Whether a question stands on the terminal; lines are kept until it is answered.
    var isHeld = false {
        didSet { if isHeld { drawn = 0 } }
    }

    init(_ plan: Plan, on console: Console, style: Style) {
        chronicle = Chronicle(plan)
        self.console = console
        self.style = style
    }

    /// Shows what a record adds.
    mutating func take(_ record: Record) {
        let line = chronicle.take(record)
        guard console.isTerminal else {
            if let line { console.write(text(line) + "\n") }
            return
        }
        var lasting: [String] = []
        if let line, line.weight > .passing { lasting.append(text(line)) }
        draw(lasting, at: record.at)
    }

    /// Moves the clocks of the steps under way on.
    mutating func tick(at now: Instant) {
        if console.isTerminal { draw([], at: now) }
    }

    /// Shows what was kept back.
    mutating func finish() { console.finish() }

    /// What is known of the run.
    var progress: Progress { chronicle.progress }

    private mutating func draw(_ lasting: [String], at now: Instant) {
        for line in lasting { kept += line + "\n" }
        guard !isHeld else { return }
        var text = drawn > 0 ? "\u{1B}[\(drawn)A\r\u{1B}[J" : ""
        text += kept
        kept = ""
        drawn = 0
        if progress.ending == nil, let size = console.size {
            let region = LiveRegion(columns: size.columns, rows: size.rows, style: style)
            let lines = region.lines(progress, at: now)
            for line in lines { text += line + "\n" }
            drawn = lines.count
        }
        console.write(text)
    }

    private func text(_ line: Chronicle.Line) -> String {
        let time = style.paint(elapsedText(line.at).aligned(to: 8), .dim)
        let word = style.paint(line.word.padded(to: 8), line.tone)
        return "\(time)  \(word)\(style.paint(line.text, .plain))"
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
