import Engine
import Service

/// The moving part of a terminal's display: the steps under way, fitted into its size.
struct LiveRegion {
    /// No more rows than this, whatever the terminal has.
    static let mostRows = 16

    let columns: Int
    let rows: Int

    /// One line, which is painted where it is drawn.
    struct Line {
        let text: String
        let tone: Style.Tone
    }

    /// How many rows lines of these widths stand on, on a terminal that was made narrower since and
    /// wraps what it shows anew.
    static func rows(_ widths: [Int], onColumns columns: Int?) -> Int {
        let columns = max(1, columns ?? .max)
        return widths.reduce(0) { $0 + max(1, ($1 - 1) / columns + 1) }
    }

    /// The lines that show `progress` at `now`, each within the columns.
    func lines(_ progress: Progress, at now: Instant) -> [Line] {
        let open = progress.open
        let room = max(1, min(rows - 2, Self.mostRows))
        var lines = [line(header(progress, at: now), .strong)]
        let shown = open.count > room ? room - 1 : open.count
        for course in open.prefix(max(0, shown)) {
            lines.append(row(course, progress.plan, at: now))
        }
        if shown < open.count {
            let rest = "           and \(open.count - max(0, shown)) more under way"
            lines.append(line(rest, .dim))
        }
        return lines
    }

    private func line(_ text: String, _ tone: Style.Tone) -> Line {
        Line(text: text.clipped(to: columns), tone: tone)
    }

    private func header(_ progress: Progress, at now: Instant) -> String {
        let passed = elapsedText(now - progress.began)
        let plan = progress.plan
        return "\(passed.aligned(to: 8))  \(progress.phase.title): \(progress.finished)"
            + " of \(counted(progress.total, "step")), at most \(durationText(plan.timeout))"
    }

    private func row(_ course: Progress.Course, _ plan: Plan, at now: Instant) -> Line {
        let node = plan[course.node]
        let time = elapsedText(course.duration(at: now)).aligned(to: 8)
        var (word, text, tone) = describe(course, node)
        if course.attempt > 1 { text = "attempt \(course.attempt): \(text)" }
        if course.way == .back { word = "undo" }
        // Before the text, which may be cut.
        let limit = node.timeout.map { "[limit \(durationText($0))] " } ?? ""
        return line("\(time)  \(word.padded(to: 8))\(limit)\(text)", tone)
    }

    private func describe(
        _ course: Progress.Course, _ node: PlanNode
    ) -> (word: String, text: String, tone: Style.Tone) {
        let seen = course.lastSeen.isEmpty ? "" : " (\(course.lastSeen))"
        return switch course.activity {
        case .looking: ("wait", node.label.without("wait"), .plain)
        case .waiting: ("wait", node.label.without("wait") + seen, .plain)
        case .doing(let command):
            // A question and a line to log are their own label.
            ("do", node.label.contains(command) ? node.label : "\(node.label): \(command)", .plain)
        case .pausing(let why): ("retry", "\(node.label): \(why)\(seen)", .caution)
        }
    }
}

extension Phase {
    /// The phase in a word or two.
    var title: String {
        switch self {
        case .requiring: "checking what is required"
        case .forward: "under way"
        case .committed: "past the point of no return"
        case .checking: "looking once more"
        case .draining: "draining"
        case .rollingBack: "rolling back"
        case .counterpart: "running the counterpart"
        case .ifFailed: "after the failure"
        case .fencing: "fencing"
        }
    }
}
