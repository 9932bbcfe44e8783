import Engine
import LocalHost
import Service
import Steps

/// The status of a pair for a person: a few lines, the worst first.
struct StatusText {
    let status: PairStatus
    let role: Verdict
    /// Why it cannot be told whether the peer has let go.
    let doubts: [String]
    /// What a person must know of hastd.
    let hastd: String?
    let style: Style

    init(
        _ status: PairStatus, role: Verdict, doubts: [String], hastd: String? = nil, style: Style
    ) {
        self.status = status
        self.role = role
        self.doubts = doubts
        self.hastd = hastd
        self.style = style
    }

    /// The lines, with their ends.
    func text() -> String {
        var lines = [style.paint("pair \(status.pair)", .strong)]
        lines.append(row("address", address))
        for (index, doubt) in doubts.enumerated() {
            lines.append(row(index == 0 ? "peer" : "", style.paint(doubt, .bad)))
        }
        if let hastd { lines.append(row("hastd", style.paint(hastd, .caution))) }
        if let hold = status.hold {
            let what =
                hold.held == .acquires
                ? "it is not taken over here" : "signals are recorded and not acted on"
            let text = "\(what): \(hold.reason) (\(hold.who))"
            lines.append(row("on hold", style.paint(text, .caution)))
        }
        if let question = status.question {
            let text = "\(question) (`failover approve`, or `failover approve --no`)"
            lines.append(row("asks", style.paint(text, .strong)))
        }
        lines.append(row("wanted", wanted))
        lines += run
        return lines.joined(separator: "\n") + "\n"
    }

    private func row(_ name: String, _ text: String) -> String {
        "  \(name.padded(to: 9)) \(text)"
    }

    private var address: String {
        switch role {
        case .holds: "this node may be master (what `only-if` asks for holds)"
        case .doesNot(let seen), .never(let seen): "this node is not master: \(seen)"
        case .unknown(let why): style.paint("cannot be told: \(why)", .caution)
        }
    }

    private var wanted: String {
        guard let wanted = status.wanted else { return "nothing that is not so already" }
        return "\(wanted.signal), since \(wanted.source)"
    }

    private var run: [String] {
        guard let file = status.newest else { return [row("last run", "none yet")] }
        let story = RunStory(file, catalog: .builtin)
        guard status.isRunning, let holder = status.holder else { return over(file) }
        let open = story.progress?.open ?? []
        let done = story.progress.map { ", \($0.finished) of \($0.total) steps done" } ?? ""
        var lines = [
            row("runs", "\(file.heading.plan), since \(file.heading.time)\(done)"),
            row("", "run \(file.heading.run), \(holder.text)"),
        ]
        for course in open {
            let label = story.plan?[course.node].label ?? ""
            lines.append(row("", "- \(label): \(course.activity.text)"))
        }
        return lines
    }

    private func over(_ file: JournalFile) -> [String] {
        let word = status.holder == nil ? "last run" : "last run"
        var lines = [row(word, "\(file.heading.plan), begun \(file.heading.time)")]
        guard let ending = file.ending else {
            let text = "UNFINISHED: its engine died; `failover recover` takes it up"
            return lines + [row("", style.paint(text, .bad))]
        }
        let tone: Style.Tone = ending.kind == .done ? .good : .bad
        lines.append(row("", style.paint(ending.sentence, tone)))
        if let holder = status.holder { lines.append(row("worker", holder.text)) }
        lines += ending.warnings.map { row("warning", style.paint($0, .caution)) }
        guard !ending.remaining.isEmpty else { return lines }
        lines.append(row("left", "for a person, in this order:"))
        return lines + ending.remaining.map { row("", "  " + style.paint($0, .strong)) }
    }
}

extension Progress.Activity {
    /// What a step is at, in a few words.
    var text: String {
        switch self {
        case .looking: "looking"
        case .waiting: "waiting"
        case .doing(let command): command
        case .pausing(let why): "pausing: \(why)"
        }
    }
}
