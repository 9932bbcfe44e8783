import Engine
import Service
import Simulation

/// A story in two columns, a node each, with the time before them.
struct StoryTimeline {
    private static let timeWidth = 9
    private static let gap = "  "

    let account: Account
    let style: Style
    /// The columns of the whole.
    let width: Int

    init(_ account: Account, style: Style, width: Int = 100) {
        self.account = account
        self.style = style
        self.width = width
    }

    private var column: Int { (width - Self.timeWidth - 2 * Self.gap.count) / 2 }

    /// The lines, without what only repeats.
    func lines() -> [String] {
        let head =
            "time".padded(to: Self.timeWidth) + Self.gap + "node a".padded(to: column) + Self.gap
            + "node b"
        var lines = [style.paint(head, .strong)]
        var last = ""
        for line in account.lines {
            let time = Self.time(line.at)
            for (index, text) in wrapped(line.text, to: column).enumerated() {
                let shown = index == 0 && time != last ? time : ""
                lines.append(row(shown, line, index == 0 ? text : "  " + text))
            }
            last = time
        }
        return lines
    }

    private func row(_ time: String, _ line: Account.Line, _ text: String) -> String {
        let before = time.aligned(to: Self.timeWidth) + Self.gap
        let tone = Self.tone(line.kind)
        switch line.side {
        case .a?: return before + style.paint(text, tone)
        case .b?:
            return before + String(repeating: " ", count: column) + Self.gap
                + style.paint(text, tone)
        case nil: return before + style.paint("── " + text, tone)
        }
    }

    private static func tone(_ kind: Account.Kind) -> Style.Tone {
        switch kind {
        case .breach: .bad
        case .mishap, .act: .caution
        case .run: .strong
        case .consequence, .word: .dim
        case .signal, .command: .plain
        }
    }

    /// `1:23.456`
    static func time(_ duration: Duration) -> String {
        let all = duration.milliseconds
        let seconds = String(all / 1000 % 60)
        let rest = String(all % 1000)
        return "\(all / 60_000):" + String(repeating: "0", count: 2 - seconds.count) + seconds + "."
            + String(repeating: "0", count: 3 - rest.count) + rest
    }
}
