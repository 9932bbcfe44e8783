import Engine
import Service
import Simulation

/// A story in two columns, a node each, with the time before them.
struct StoryTimeline {
    private static let timeWidth = 9
    private static let gap = "  "

    let style: Style
    /// The columns of the whole.
    let width: Int

    init(style: Style, width: Int = 100) {
        self.style = style
        self.width = width
    }

    private var column: Int { (width - Self.timeWidth - 2 * Self.gap.count) / 2 }

    /// All of it.
    func lines(_ account: Account) -> [String] { lines(account.lines.map { .line($0) }) }

    /// What matters of it.
    func lines(_ account: Abridgement) -> [String] { lines(account.rows) }

    private func lines(_ rows: [Abridgement.Row]) -> [String] {
        let head =
            "time".aligned(to: Self.timeWidth) + Self.gap + "node a".padded(to: column) + Self.gap
            + "node b"
        var lines = [style.paint(head, .strong)]
        var last = ""
        for row in rows {
            switch row {
            case .line(let line):
                let time = line.at.clockText
                lines += self.lines(of: line, time == last ? "" : time)
                last = time
            case .left(let count):
                let mark = "…".aligned(to: Self.timeWidth) + Self.gap + counted(count, "line")
                lines.append(style.paint(mark, .dim))
                last = ""
            }
        }
        return lines
    }

    private func lines(of line: Account.Line, _ time: String) -> [String] {
        let width = line.side == nil ? 2 * column + Self.gap.count - 3 : column
        return wrapped(line.text, to: width - 2).enumerated().map { index, text in
            row(index == 0 ? time : "", line, index == 0 ? text : "  " + text)
        }
    }

    private func row(_ time: String, _ line: Account.Line, _ text: String) -> String {
        let before = time.aligned(to: Self.timeWidth) + Self.gap
        let painted = style.paint(text, Self.tone(line.kind))
        switch line.side {
        case .a?: return before + painted
        case .b?: return before + String(repeating: " ", count: column) + Self.gap + painted
        case nil: return before + style.paint("── " + text, Self.tone(line.kind))
        }
    }

    private static func tone(_ kind: Account.Kind) -> Style.Tone {
        switch kind {
        case .breach: .bad
        case .mishap, .act: .caution
        case .run: .strong
        case .step, .hook, .word: .dim
        case .signal, .command, .consequence: .plain
        }
    }
}
