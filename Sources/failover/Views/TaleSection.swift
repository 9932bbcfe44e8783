import Engine
import Service
import Simulation

/// A way to end badly on a page: what, the shortest story of it in two columns along an axis of
/// time, what mends it, and the command that plays it again.
struct TaleSection {
    let tale: Ruling.Tale

    func text() -> String {
        let finding = tale.finding
        let count = counted(finding.count, "story", "stories")
        let sentences = [finding.story.scenario.sentence] + finding.story.strikes.map(\.sentence)
        var parts = [
            "<section>", element("h3", "\(finding.kind.sentence) (\(count))"),
            element("p", finding.breach.told, class: "detail"),
            element("p", "The shortest: " + sentences.joined(separator: "; ") + "."),
        ]
        if let waiver = finding.waiver {
            parts.append(element("p", "\(waiver.title): \(waiver.reason)."))
        }
        parts.append(timeline())
        if finding.excludedBy == nil {
            let codes = tale.lintCodes.map { "see failover explain \($0)" }
            for remedy in tale.remedies + codes {
                parts.append(element("p", "What mends it: " + remedy, class: "remedy"))
            }
        }
        parts.append("<p>Play it again: <code>\(escaped(tale.replay))</code></p>")
        return (parts + ["</section>"]).joined(separator: "\n")
    }

    private func timeline() -> String {
        var rows: [String] = []
        var last: Duration?
        for row in Abridgement(tale.account).rows {
            switch row {
            case .line(let line):
                rows.append(
                    self.row(line, after: last.map { line.at - $0 } ?? .zero, last == line.at))
                last = line.at
            case .left(let count):
                rows.append(
                    "<div class=\"time\"></div><div class=\"axis left\"></div>"
                        + "<div class=\"left\">… \(counted(count, "line"))</div>")
            }
        }
        return
            "<div class=\"timeline\">\n<div class=\"time\"></div><div class=\"head a\">node a</div>"
            + "<div class=\"head b\">node b</div>\n" + rows.joined(separator: "\n") + "\n</div>"
    }

    private func row(_ line: Account.Line, after gap: Duration, _ isSame: Bool) -> String {
        let time = isSame ? "" : line.at.clockText
        let side = line.side?.name ?? "both"
        let height = Self.height(of: gap)
        let space = height > 0 ? " style=\"margin-top:\(height)px\"" : ""
        return "<div class=\"time\"\(space)>\(time)</div>"
            + "<div class=\"axis \(line.kind.rawValue)\"><i></i></div>"
            + "<div class=\"line \(side) \(line.kind.rawValue)\"\(space)>"
            + "\(escaped(line.text))</div>"
    }

    /// Time that passes is space that is left, ever less of it for more of it.
    private static func height(of gap: Duration) -> Int {
        var height = 0
        var left = gap.milliseconds / 500
        while left > 0, height < 48 {
            height += 6
            left /= 2
        }
        return height
    }
}
