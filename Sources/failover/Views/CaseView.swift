import Engine
import Service
import Simulation

/// Shows how cases came out: a line for each, what differs below it, and the sum.
struct CaseView {
    let isJSON: Bool
    let style: Style
    private(set) var passed = 0
    private(set) var failed = 0
    private(set) var invalid = 0
    private let lines = JSONLines()

    init(isJSON: Bool, style: Style) {
        self.isJSON = isJSON
        self.style = style
    }

    /// How a case came out.
    struct Outcome {
        let run: CaseRun
        /// By which the pace was drawn, unless it was the case's own.
        let seed: UInt64?
        let differences: [Difference]

        /// Plays a case.
        init(_ testCase: TestCase, seed: UInt64?) {
            run = testCase.play(seed: seed)
            self.seed = seed
            differences = testCase.differences(from: run)
        }
    }

    /// A case that was played.
    mutating func played(_ testCase: TestCase, _ outcome: Outcome) -> String {
        let (run, differences) = (outcome.run, outcome.differences)
        if differences.isEmpty { passed += 1 } else { failed += 1 }
        guard !isJSON else { return lines.line(CaseForm(testCase, outcome)) }
        let name = testCase.name.padded(to: 32)
        let pace = outcome.seed.map { "  with seed \($0)" } ?? ""
        let took = elapsedText(run.took) + pace
        guard !differences.isEmpty else {
            return style.paint("ok      ", .good) + style.paint("\(name)  \(took)", .plain) + "\n"
        }
        var text = style.paint("FAILED  ", .bad) + style.paint("\(name)  \(took)", .strong) + "\n"
        text += "        \(style.paint(testCase.path, .dim))\n"
        if let description = testCase.description {
            text += "        \(style.paint(description, .dim))\n"
        }
        for line in differences.flatMap(\.lines) {
            let isFault = line.hasPrefix("  ! ")
            text += "        \(style.paint(line, isFault ? .bad : .plain))\n"
        }
        return text
    }

    /// A case that cannot be played; why is told already.
    mutating func invalid(_ file: String) -> String {
        invalid += 1
        guard !isJSON else { return lines.line(InvalidCaseForm(file: file)) }
        return style.paint("invalid ", .bad) + style.paint(file, .plain) + "\n"
    }

    /// What came of a case, for its file.
    func recorded(_ file: String, _ text: String) -> String {
        "# \(printable(file))\n\(text)"
    }

    /// How many passed and failed.
    func sum() -> String {
        guard !isJSON else {
            return lines.line(CaseSumForm(passed: passed, failed: failed, invalid: invalid))
        }
        let more = invalid == 0 ? "" : ", \(invalid) invalid"
        let tone: Style.Tone = failed + invalid == 0 ? .good : .bad
        return style.paint("\(passed) passed, \(failed) failed\(more)", tone) + "\n"
    }
}

/// A case that was played, in JSON.
private struct CaseForm: Encodable {
    struct DifferenceForm: Encodable {
        struct RowForm: Encodable {
            let expected: String?
            let seen: String?
            let fault: Bool
        }

        let key: String
        let rows: [RowForm]
    }

    let `case`: String
    let file: String
    let description: String?
    let passed: Bool
    let ending: String
    /// In milliseconds, as all times in JSON.
    let took: Int64
    let seed: UInt64?
    let differences: [DifferenceForm]

    init(_ testCase: TestCase, _ outcome: CaseView.Outcome) {
        let (run, differences) = (outcome.run, outcome.differences)
        seed = outcome.seed
        `case` = testCase.name
        file = testCase.path
        description = testCase.description
        passed = differences.isEmpty
        ending = run.ending.kind.rawValue
        took = run.took.milliseconds
        self.differences = differences.map { difference in
            DifferenceForm(
                key: difference.key,
                rows: difference.rows.map {
                    DifferenceForm.RowForm(expected: $0.expected, seen: $0.seen, fault: $0.isFault)
                })
        }
    }
}

/// A case that cannot be played, in JSON.
private struct InvalidCaseForm: Encodable {
    let file: String
    let valid = false
}

/// The sum of all cases, in JSON.
private struct CaseSumForm: Encodable {
    let passed: Int
    let failed: Int
    let invalid: Int
}
