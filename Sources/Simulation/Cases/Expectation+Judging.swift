import Engine

extension TestCase {
    /// Where a run of it came out otherwise; empty when it is as expected.
    public func differences(from run: CaseRun) -> [Difference] {
        expectation?.differences(from: run) ?? []
    }
}

extension Expectation {
    func differences(from run: CaseRun) -> [Difference] {
        var found = endingDifferences(run)
        found += sequenceDifferences(run)
        found += neverDifferences(run)
        if let undone {
            let seen = run.undone
            found += Self.cover("undone", undone.map(Self.text), seen.map(\.label)) {
                mentions(undone[$0], in: seen[$1].words)
            }
        }
        found += Self.cover("warnings", warnings, run.ending.warnings)
        found += Self.cover("left", left, run.ending.remaining)
        let after = after.rows(against: run.host.world)
        if !after.isEmpty { found.append(Difference("after", rows: after)) }
        // A pair that was harmed is never as it should be, whoever asks.
        found += Self.cover("damage", damage, run.host.world.damage)
        found += run.missed.map {
            Difference("faults", expected: "`\($0.text)` strikes", seen: $0.why)
        }
        return found
    }

    private func endingDifferences(_ run: CaseRun) -> [Difference] {
        var found: [Difference] = []
        let ending = run.ending
        if ending.kind != self.ending {
            let because = ending.reason.isEmpty ? "" : ": " + ending.reason
            found.append(
                Difference(
                    "ending", expected: self.ending.rawValue, seen: ending.kind.rawValue + because))
        }
        if let reason, ending.kind == self.ending, !ending.reason.contains(reason) {
            let seen = ending.reason.isEmpty ? "no reason" : ending.reason
            found.append(Difference("reason", expected: reason, seen: seen))
        }
        if let next, next != ending.handOver {
            found.append(Difference("next", expected: next, seen: ending.handOver ?? "no plan"))
        }
        if let within, run.took > within {
            found.append(
                Difference(
                    "within", expected: durationText(within), seen: secondsText(run.took)))
        }
        return found
    }

    private func neverDifferences(_ run: CaseRun) -> [Difference] {
        never.compactMap { words in
            let line = run.host.transcript.lines.first { mentions(words, in: $0.words) }
            guard let line else { return nil }
            return Difference(
                "never", expected: "no " + Self.text(words),
                seen: "\(line.command.line) (at \(secondsText(line.began - .zero)))")
        }
    }

    /// A command as an author wrote its words.
    private static func text(_ words: [String]) -> String {
        words.map(shellQuoted).joined(separator: " ")
    }
}

// MARK: - Sequences

extension Expectation {
    /// So many commands between two that are expected are shown in full.
    private static let shownBetween = 5

    private func sequenceDifferences(_ run: CaseRun) -> [Difference] {
        guard let sequence else { return [] }
        let seen = run.host.transcript.lines
        let alignment = Alignment(sequence.count, seen.count) {
            mentions(sequence[$0], in: seen[$1].words)
        }
        let hasOthers = alignment.rows.contains { $0.expected == nil }
        guard !alignment.isWhole || isExact && hasOthers else { return [] }
        var rows: [Difference.Row] = []
        var between: [String] = []
        func flush() {
            let left = between.count - Self.shownBetween
            let shown = isExact || left <= 1 ? between.count : 2
            for text in between.prefix(shown) {
                rows.append(Difference.Row(expected: nil, seen: text, isFault: isExact))
            }
            if shown < between.count {
                let text = "… \(between.count - shown - 2) more …"
                rows.append(Difference.Row(expected: nil, seen: text, isFault: false))
                for text in between.suffix(2) {
                    rows.append(Difference.Row(expected: nil, seen: text, isFault: false))
                }
            }
            between = []
        }
        for row in alignment.rows {
            guard let expected = row.expected else {
                if let seenIndex = row.seen { between.append(seen[seenIndex].command.line) }
                continue
            }
            flush()
            rows.append(
                Difference.Row(
                    expected: Self.text(sequence[expected]),
                    seen: row.seen.map { seen[$0].command.line }, isFault: row.seen == nil))
        }
        flush()
        return [Difference("sequence", rows: rows)]
    }
}

// MARK: - Lists

extension Expectation {
    /// What texts must say, each text expected and each expectation met.
    private static func cover(
        _ key: String, _ expected: [String]?, _ seen: [String]
    ) -> [Difference] {
        guard let expected else { return [] }
        return cover(key, expected, seen) { seen[$1].contains(expected[$0]) }
    }

    private static func cover(
        _ key: String, _ expected: [String], _ seen: [String], matches: (Int, Int) -> Bool
    ) -> [Difference] {
        var rows: [Difference.Row] = []
        for left in expected.indices {
            let found = seen.indices.filter { matches(left, $0) }
            if found.isEmpty {
                rows.append(Difference.Row(expected: expected[left], seen: nil, isFault: true))
            }
            for (number, right) in found.enumerated() {
                rows.append(
                    Difference.Row(
                        expected: number == 0 ? expected[left] : nil, seen: seen[right],
                        isFault: false))
            }
        }
        for right in seen.indices where !expected.indices.contains(where: { matches($0, right) }) {
            rows.append(Difference.Row(expected: nil, seen: seen[right], isFault: true))
        }
        return rows.contains(where: \.isFault) ? [Difference(key, rows: rows)] : []
    }
}

extension Aftermath {
    /// What is otherwise in the world.
    func rows(against world: World) -> [Difference.Row] {
        var rows: [Difference.Row] = []
        func compare(_ name: String, _ expected: String, _ seen: String?) {
            guard expected != seen else { return }
            rows.append(
                Difference.Row(
                    expected: "\(name): \(expected)", seen: "\(name): \(seen ?? "not there")",
                    isFault: true))
        }
        for (name, role) in roles {
            compare(name, role.rawValue, world.role(ofResource: name)?.rawValue)
        }
        for (name, word) in pools where !word.isTrue(of: world.word(ofPool: name)) {
            compare(name, word.rawValue, world.word(ofPool: name).rawValue)
        }
        for (name, word) in services {
            compare(name, word.rawValue, world.word(ofService: name).rawValue)
        }
        if let address { compare("address", address.rawValue, world.address?.rawValue) }
        return rows
    }
}

/// Whether words occur in this order among others.
func mentions(_ words: [String], in others: [String]) -> Bool {
    var next = 0
    for other in others where next < words.count && other == words[next] { next += 1 }
    return next == words.count
}

/// A simulated time for a person: `5.01s`.
func secondsText(_ duration: Duration) -> String {
    let hundredths = duration.milliseconds / 10
    let rest = hundredths % 100
    return "\(hundredths / 100).\(rest < 10 ? "0" : "")\(rest)s"
}
