import Engine
import Service

/// The account of a run that is over; it looks like a success only when the run is done.
struct Summary {
    /// Longer tables show the longest steps only.
    static let mostRows = 60

    let progress: Progress
    let style: Style
    /// Whether the world was a simulated one.
    let isSimulated: Bool

    /// The account, with its line ends.
    func text() -> String {
        guard let ending = progress.ending else { return "" }
        var lines = [headline(ending)]
        lines += table()
        lines += list("warnings", ending.warnings, .caution)
        lines += list("left for a person, in this order", ending.remaining, .strong)
        if let next = ending.handOver {
            lines += ["", "next: the plan \(style.paint(next, .strong))"]
        }
        return lines.joined(separator: "\n") + "\n"
    }

    /// The steps so far of a run that is not over.
    func unfinished() -> String {
        let head = "\(progress.plan.name): \(style.paint("not over", .caution))"
        return ([head] + table()).joined(separator: "\n") + "\n"
    }

    private func headline(_ ending: Ending) -> String {
        let world = isSimulated ? " (simulated)" : ""
        let head = "\(progress.plan.name)\(world): "
        let took = elapsedText(progress.now - progress.began)
        let tone: Style.Tone =
            ending.kind != .done ? .bad : ending.warnings.isEmpty ? .good : .caution
        let warned =
            ending.kind == .done && !ending.warnings.isEmpty
            ? ", with \(counted(ending.warnings.count, "warning"))" : ""
        return style.paint(head, .strong) + style.paint(progress.account(ending) + warned, tone)
            + style.paint(" after \(took)\(aim)", .plain)
    }

    /// How the time compares with the plan's aim.
    private var aim: String {
        guard let aim = progress.plan.recoveryTimeObjective, progress.ending?.kind == .done else {
            return ""
        }
        let isMet = progress.now - progress.began <= aim
        return " (\(isMet ? "within" : "MISSED") the objective of \(durationText(aim)))"
    }

    private func table() -> [String] {
        var courses = progress.courses.filter { $0.result != .already }
        let already = progress.courses.count - courses.count
        guard !progress.courses.isEmpty else { return [] }
        var lines = ["", "   after    took  result    step"]
        if courses.count > Self.mostRows {
            let left = courses.count - Self.mostRows
            let longest = courses.sorted {
                $0.duration(at: progress.now) > $1.duration(at: progress.now)
            }
            let least = longest[Self.mostRows - 1].duration(at: progress.now)
            courses = Array(
                courses.filter { $0.duration(at: progress.now) >= least }.prefix(Self.mostRows))
            lines.append("                  (the \(left) shortest are left out)")
        }
        lines += courses.map(row)
        if already > 0 {
            lines.append("                  \(counted(already, "step")) had nothing to do")
        }
        return lines
    }

    private func row(_ course: Progress.Course) -> String {
        let after = elapsedText(course.began - progress.began).aligned(to: 8)
        let took = elapsedText(course.duration(at: progress.now)).aligned(to: 8)
        let (word, tone) = course.result.map(\.word) ?? ("open", .caution)
        let attempts = course.attempt > 1 ? " (\(course.attempt) attempts)" : ""
        let undo = course.way == .back ? "undo: " : ""
        let label = style.paint(undo + progress.plan[course.node].label + attempts, .plain)
        return "\(after)\(took)  \(style.paint(word.padded(to: 10), tone))\(label)"
    }

    private func list(_ title: String, _ items: [String], _ tone: Style.Tone) -> [String] {
        guard !items.isEmpty else { return [] }
        return ["", "\(title):"] + items.map { "  " + style.paint($0, tone) }
    }
}

extension StepResult {
    /// The result in a word, for a table.
    var word: (String, Style.Tone) {
        switch self {
        case .done: ("done", .good)
        case .already: ("already", .good)
        case .notWanted: ("skipped", .dim)
        case .failed: ("FAILED", .bad)
        case .cut: ("cut", .caution)
        case .undone: ("undone", .caution)
        case .nothingToUndo: ("as was", .dim)
        case .noInverse: ("stays", .dim)
        case .parked: ("parked", .bad)
        }
    }
}
