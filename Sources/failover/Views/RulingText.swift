import Engine
import Service
import Simulation

/// A verdict for a person, on one screen where all is well.
struct RulingText {
    /// So many findings are told with their story; the others have the command that tells it.
    private static let told = 5
    /// The columns of the whole.
    static let width = 96

    let verdict: Ruling
    let style: Style

    func text() -> String {
        var lines = table() + chains() + [""] + summary() + granted()
        lines += tales(verdict.faults, from: 1)
        lines += beyond() + waivers()
        if verdict.ways > 0 {
            lines += ["", style.paint(verdict.sentence, .bad)]
        }
        return lines.joined(separator: "\n") + "\n"
    }

    /// Lines within the width: the first one `at` a column, the others further in.
    private func wrap(_ text: String, _ tone: Style.Tone = .plain, at column: Int = 0) -> [String] {
        wrapped(text, to: Self.width - column - 2).enumerated().map { index, line in
            String(repeating: " ", count: index == 0 ? column : column + 2)
                + style.paint(line, tone)
        }
    }

    // MARK: - The table

    private func table() -> [String] {
        let head =
            "scenario".padded(to: 24) + "stories".aligned(to: 9)
            + "end badly".aligned(to: 12) + "no service".aligned(to: 13)
            + "take-over".aligned(to: 12)
        return [style.paint(head, .strong)] + verdict.rows.map(row)
    }

    private func row(_ row: Ruling.Row) -> String {
        let bad = row.bad == 0 ? "-" : String(row.bad)
        let took = row.recovery.map { elapsedText($0.took) } ?? "-"
        let mark = letter(of: row).map { "  \($0)" } ?? ""
        let isMissed = verdict.missed.contains(row.scenario)
        return row.scenario.rawValue.padded(to: 24) + String(row.tried).aligned(to: 9)
            + style.paint(bad.aligned(to: 12), row.bad == 0 ? .dim : .bad)
            + elapsedText(row.outage).aligned(to: 13)
            + style.paint(took.aligned(to: 12), isMissed ? .bad : .plain)
            + style.paint(mark, .dim)
    }

    /// What decides the take-overs, each chain once, by the letter that stands in the table.
    private func chains() -> [String] {
        let texts = verdict.chains
        guard !texts.isEmpty else { return [] }
        return ["", style.paint("what decides a take-over", .strong)]
            + zip(Self.letters, texts).flatMap { letter, text in
                wrap("\(letter)  \(text)", at: 2)
            }
    }

    private static let letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ".map { String($0) }

    private func letter(of row: Ruling.Row) -> String? {
        guard let text = row.chain, let index = verdict.chains.firstIndex(of: text),
            index < Self.letters.count
        else { return nil }
        return Self.letters[index]
    }

    // MARK: - All in all

    private func summary() -> [String] {
        var lines = wrap(verdict.sentence, verdict.ways == 0 ? .good : .bad)
        for assumption in verdict.assumptions {
            lines += wrap(
                "taken for granted, \(assumption.rawValue): \(assumption.sentence)", .caution)
        }
        if !verdict.left.isEmpty {
            let names = verdict.left.map(\.rawValue).joined(separator: ", ")
            lines += wrap(
                "not played, since it is taken for granted that they never happen: \(names)")
        }
        if let chance = verdict.chance {
            lines += wrap(
                "\(counted(chance.tried, "story", "stories")) of them at random, by the"
                    + " seed \(chance.seed)")
        }
        if !verdict.lists.isEmpty {
            let lists = verdict.lists.joined(separator: ", ")
            lines += wrap(
                "two items of each list stand for all of it: \(lists); with all of them each"
                    + " scenario was played without a mishap, and the times are of that")
        }
        return lines + objective()
    }

    private func objective() -> [String] {
        guard let objective = verdict.objective,
            verdict.rows.contains(where: { $0.recovery != nil })
        else { return [] }
        let text = durationText(objective)
        guard !verdict.missed.isEmpty else {
            return wrap("each take-over without a mishap meets the objective of \(text)")
        }
        let names = verdict.missed.map(\.rawValue).joined(separator: ", ")
        return wrap("the objective of \(text) is MISSED in \(names)", .bad)
    }

    private func granted() -> [String] {
        guard !verdict.granted.isEmpty else { return [] }
        let head = "taken for granted, since the simulation does not know it:"
        return wrap(head, .caution)
            + verdict.granted.flatMap { grant in
                let place = grant.line.map { "\(grant.file):\($0)" } ?? grant.file
                return wrap("\(grant.what) (\(place)): \(grant.how)", at: 2)
            }
    }

    // MARK: - What ends badly

    private func tales(_ tales: [Ruling.Tale], from first: Int) -> [String] {
        var lines: [String] = []
        for (number, tale) in zip(first..., tales) {
            lines += [""] + head(tale, number: number)
            if number <= Self.told { lines += story(of: tale) }
            lines += remedies(tale)
            lines.append("   play it again: " + style.paint(tale.replay, .strong))
        }
        return lines
    }

    private func head(_ tale: Ruling.Tale, number: Int) -> [String] {
        let finding = tale.finding
        let count = counted(finding.count, "story", "stories")
        return wrap("\(number). \(finding.kind.sentence) (\(count))", .bad)
            + wrap(finding.breach.told, at: 3)
            + wrap(
                "the shortest: "
                    + ([finding.story.scenario.sentence] + finding.story.strikes.map(\.sentence))
                    .joined(separator: "; "), at: 3)
    }

    private func story(of tale: Ruling.Tale) -> [String] {
        StoryTimeline(style: style, width: Self.width - 3).lines(Abridgement(tale.account))
            .map { "   " + $0 }
    }

    private func remedies(_ tale: Ruling.Tale) -> [String] {
        guard tale.finding.excludedBy == nil else { return [] }
        let codes = tale.lintCodes.map { "see failover explain \($0)" }
        return (tale.remedies + codes).flatMap { wrap("what mends it: \($0)", .good, at: 3) }
    }

    private func beyond() -> [String] {
        var first = verdict.faults.count + 1
        return verdict.assumable.flatMap { assumption in
            let tales = verdict.excluded(by: assumption)
            defer { first += tales.count }
            return beyond(assumption, tales, from: first)
        }
    }

    /// What happens no more under an assumption, and what would make it true.
    private func beyond(
        _ assumption: Assumption, _ tales: [Ruling.Tale], from first: Int
    ) -> [String] {
        let (title, why) = assumption.hole
        let isOfData = tales.contains { $0.finding.kind.isOfData }
        let call = verdict.call(assuming: assumption)
        return [""] + wrap("\(title): \(why)", .caution) + self.tales(tales, from: first)
            + ["", style.paint("what closes this hole", .strong)]
            + assumption.remedies(isOfData: isOfData).flatMap { wrap("- \($0)", at: 2) }
            + ["to see what is left without it: " + style.paint(call, .strong)]
    }

    private func waivers() -> [String] {
        let waived = verdict.waived
        guard !waived.isEmpty else { return [] }
        var lines = [
            "", style.paint("what may leave the pair to a person, each for its reason", .strong),
        ]
        var seen: [String] = []
        for tale in waived {
            guard let waiver = tale.finding.waiver, !seen.contains(waiver.title) else { continue }
            seen.append(waiver.title)
            let count = waived.filter { $0.finding.waiver?.title == waiver.title }
                .reduce(0) { $0 + $1.finding.count }
            let stories = counted(count, "story", "stories")
            lines += wrap("\(waiver.title) (\(stories)): \(waiver.reason)", at: 2)
            lines.append("    one of them: \(tale.replay)")
        }
        return lines
    }
}

extension Ruling.Row {
    /// The three steps that took longest of those that decided the take-over, in their order.
    var chain: String? {
        guard let links = recovery?.links, !links.isEmpty else { return nil }
        return links.map { "\($0.step) \(elapsedText($0.took))" }.joined(separator: ", ")
    }
}

extension Judgement.Recovery {
    /// The three links that took longest, in their order.
    var links: [(step: String, took: Duration)] {
        let longest = chain.indices.filter { chain[$0].took >= .milliseconds(50) }
            .sorted { (chain[$1].took, $0) < (chain[$0].took, $1) }
        return longest.prefix(3).sorted().map { chain[$0] }
    }
}

extension Ruling {
    /// What decides the take-overs, each chain once.
    var chains: [String] {
        var chains: [String] = []
        for text in rows.compactMap(\.chain) where !chains.contains(text) { chains.append(text) }
        return chains
    }
}

extension Breach {
    /// What was seen and when, for a person.
    var told: String {
        let place = side.map { " on node \($0.name)" } ?? ""
        return "after \(elapsedText(at))\(place): \(detail)"
    }
}
