import Engine
import Service
import Simulation

/// A judgement for a person, on one screen where all is well.
struct JudgementText {
    /// So many findings are told in full.
    private static let told = 5

    let judgement: Judgement
    let subject: Subject
    /// How the program was called, for the command that plays a story again.
    let folder: String
    let style: Style

    func text() -> String {
        var lines = table()
        lines.append("")
        lines += summary()
        let faults = judgement.faults.sorted(by: Self.isWorse)
        for (index, finding) in faults.enumerated() {
            lines.append("")
            lines += head(finding, number: index + 1)
            if index < Self.told { lines += story(of: finding) }
        }
        lines += waivers()
        return lines.joined(separator: "\n") + "\n"
    }

    /// Lost data comes first, then what needs no partition, then the commoner.
    private static func isWorse(_ one: Judgement.Finding, _ other: Judgement.Finding) -> Bool {
        func key(_ finding: Judgement.Finding) -> (Int, Int, Int) {
            (finding.excludedBy == nil ? 0 : 1, finding.kind.isOfData ? 0 : 1, -finding.count)
        }
        return key(one) < key(other)
    }

    // MARK: - All in all

    private func table() -> [String] {
        let head =
            "scenario".padded(to: 22) + "stories".aligned(to: 9)
            + "no service".aligned(to: 13) + "take-over".aligned(to: 12) + "  what decides it"
        return [style.paint(head, .strong)] + judgement.courses.map(row)
    }

    private func row(_ course: Judgement.Course) -> String {
        let took = course.recovery.map { elapsedText($0.took) } ?? "-"
        var line = course.scenario.rawValue.padded(to: 22)
        line += String(course.tried).aligned(to: 9)
        line += elapsedText(course.outage).aligned(to: 13) + took.aligned(to: 12)
        return style.paint(line, .plain) + style.paint(chain(course), .dim)
    }

    /// The steps that took longest of those that decided.
    private func chain(_ course: Judgement.Course) -> String {
        guard let recovery = course.recovery else { return "" }
        let longest = recovery.chain.filter { $0.took >= .milliseconds(50) }
            .sorted { $0.took > $1.took }.prefix(2)
        let links = longest.map { "\($0.step) \(elapsedText($0.took))" }
        return "  " + links.joined(separator: ", ")
    }

    private func summary() -> [String] {
        let count = "\(judgement.tried) stories"
        let given = judgement.assumptions.map(\.rawValue)
        let under = given.isEmpty ? "" : ", taking for granted: " + given.joined(separator: ", ")
        var lines: [String] = []
        if judgement.faults.isEmpty {
            lines.append(style.paint("\(count), all end well\(under)", .good))
        } else {
            let bad = judgement.faults.reduce(0) { $0 + $1.count }
            lines.append(
                style.paint("\(count), \(bad) end badly, in \(judgement.faults.count) ways", .bad)
                    + under)
        }
        if let objective = subject.acquire.recoveryTimeObjective {
            let missed = judgement.courses.filter { ($0.recovery?.took ?? .zero) > objective }
            let names = missed.map(\.scenario.rawValue).joined(separator: ", ")
            let text = durationText(objective)
            lines.append(
                missed.isEmpty
                    ? "each take-over without a mishap meets the objective of \(text)"
                    : "the objective of \(text) is MISSED in \(names)")
        }
        return lines
    }

    // MARK: - What ends badly

    private func head(_ finding: Judgement.Finding, number: Int) -> [String] {
        let count = finding.count == 1 ? "1 story" : "\(finding.count) stories"
        return [
            style.paint("\(number). \(finding.kind.sentence)", .bad) + " (\(count))",
            "   \(finding.breach.detail)",
            "   \(finding.story.scenario.sentence)"
                + finding.story.strikes.map { "; \($0.sentence)" }.joined(),
        ]
    }

    private func story(of finding: Judgement.Finding) -> [String] {
        let account = Retelling(subject, finding.story).account
        var lines = StoryTimeline(account, style: style, width: 97).lines().map { "   " + $0 }
        for remedy in finding.remedies {
            lines += wrapped("what mends it: " + remedy, to: 94).map { "   " + $0 }
        }
        lines.append(
            "   play it again: failover verify \(folder) --story \(shellQuoted(finding.story.text))"
        )
        return lines
    }

    private func waivers() -> [String] {
        let waived = judgement.waived
        guard !waived.isEmpty else { return [] }
        var lines = ["", "what may leave the pair to a person, each after one mishap:"]
        var seen: [String] = []
        for finding in waived {
            guard let waiver = finding.waiver, !seen.contains(waiver.title) else { continue }
            seen.append(waiver.title)
            let count = waived.filter { $0.waiver?.title == waiver.title }
                .reduce(0) { $0 + $1.count }
            lines.append("  \(waiver.title) (\(counted(count, "story"))): \(waiver.reason)")
        }
        return lines
    }
}
