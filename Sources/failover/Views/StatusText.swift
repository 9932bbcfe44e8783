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
        if let outdated = status.outdated {
            lines.append(row("AT FAULT", style.paint(outdated.text, .bad)))
        }
        for fault in status.obstacles {
            let text = "how the pair is cannot be told: \(fault)"
            lines.append(row("UNKNOWN", style.paint(text, .bad)))
        }
        if let stopped = status.holder?.stopped {
            lines.append(row("STOPPED", style.paint("whoever is at work is \(stopped)", .bad)))
        }
        lines.append(row("address", address))
        for (index, doubt) in doubts.enumerated() {
            lines.append(row(index == 0 ? "peer" : "", style.paint(doubt, .bad)))
        }
        if let hastd { lines.append(row("hastd", style.paint(hastd, .caution))) }
        if let hold = status.hold {
            lines.append(row("on hold", style.paint("\(hold.what): \(hold.text)", .caution)))
        }
        for (index, broken) in status.breaks.enumerated() {
            let since = wallTime(milliseconds: broken.since).map { ", told \($0)" } ?? ""
            let tone: Style.Tone = broken.kind == .broken ? .bad : .caution
            lines.append(
                row(index == 0 ? "watched" : "", style.paint(broken.text + since, tone)))
        }
        if let question = status.question {
            let text = "\(question) (`failover approve`, or `failover approve --no`)"
            lines.append(row("asks", style.paint(text, .strong)))
        }
        if status.obstacles.isEmpty || status.wanted != nil { lines.append(row("wanted", wanted)) }
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
        guard let wanted = status.wanted else { return "nothing more than what is" }
        let text = "\(wanted.signal), since \(wanted.source)"
        guard status.isNeglected else { return text }
        return style.paint("\(text); nobody is at work for it", .bad)
    }
}

// MARK: - The runs

extension StatusText {
    private var run: [String] {
        var lines: [String] = []
        if let unrecorded = status.unrecorded {
            lines.append(row("last run", "it has no journal"))
            lines += account(unrecorded.ending)
        }
        if let newest = status.newest {
            lines += self.newest(newest, isLast: status.unrecorded == nil)
        } else if status.unrecorded == nil, status.obstacles.isEmpty {
            lines.append(row("last run", "none yet"))
        }
        if !status.isRunning, let holder = status.holder {
            lines.append(row("worker", holder.text + holder.sinceText))
        }
        for run in status.unfinished {
            let text = "run \(run) is not known to be over; `failover recover` deals with it"
            lines.append(row("older", style.paint(text, .caution)))
        }
        return lines
    }

    private func newest(_ newest: PairStatus.Newest, isLast: Bool) -> [String] {
        switch newest.journal {
        case .failure(let fault):
            let text = "\(newest.run): its journal cannot be told: \(fault.text)"
            let lines = [row(isLast ? "last run" : "before", style.paint(text, .bad))]
            return isLast ? lines + (status.ending.map(account) ?? []) : lines
        case .success(let file) where status.isRunning: return underWay(file)
        case .success(let file):
            let head = "\(file.heading.plan), begun \(file.heading.time), run \(newest.run)"
            let lines = [row(isLast ? "last run" : "before", head)]
            guard isLast else { return lines }
            if let ending = status.ending { return lines + account(ending) }
            let text =
                file.isCut
                ? "its journal is longer than any that is written: how it ended cannot be told"
                : "UNFINISHED: its engine died; `failover recover` takes it up"
            return lines + [row("", style.paint(text, .bad))]
        }
    }

    private func underWay(_ file: JournalFile) -> [String] {
        let story = RunStory(file, catalog: .builtin)
        let done = story.progress.map { ", \($0.finished) of \($0.total) steps done" } ?? ""
        var lines = [row("runs", "\(file.heading.plan), since \(file.heading.time)\(done)")]
        if let holder = status.holder {
            lines.append(row("", "run \(file.heading.run), \(holder.text)\(holder.sinceText)"))
        }
        for course in story.progress?.open ?? [] {
            let label = story.plan?[course.node].label ?? ""
            lines.append(row("", "- \(label): \(course.activity.text)"))
        }
        if let before = status.before, before.kind != .done {
            lines.append(row("before", style.paint(before.sentence, .bad)))
        }
        return lines
    }

    private func account(_ ending: Ending) -> [String] {
        let tone: Style.Tone = ending.kind == .done ? .good : .bad
        var lines = [row("", style.paint(ending.sentence, tone))]
        lines += ending.warnings.map { row("warning", style.paint($0, .caution)) }
        guard !ending.remaining.isEmpty else { return lines }
        lines.append(row("left", "for a person, in this order:"))
        return lines + ending.remaining.map { row("", "  " + style.paint($0, .strong)) }
    }
}

extension PairLock.Holder {
    /// Since when it does what it does: `, since 2026-11-22T03:15:00Z`.
    var sinceText: String { wallTime(milliseconds: since).map { ", since \($0)" } ?? "" }
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
