import Engine
import Steps
import Testing

/// The back ends' readers, held against what the tools print (Tests/Facts).
@Suite struct FactsTests {
    @Test func thereAreFactsForEveryTool() {
        let tools = Set(FactFile.all.compactMap { $0.name.split(separator: "/").first })
        #expect(
            tools == [
                "hastctl", "zpool", "zfs", "service", "ctladm", "ifconfig", "processes",
                "systemctl", "targetctl", "tgtadm", "nfsd", "mount",
                "drbdadm", "drbdsetup", "ip", "route",
            ]
        )
    }

    @Test(arguments: FactFile.all) func isReadAsExpected(_ fact: FactFile) {
        #expect(fact.source?.isEmpty == false, "a fact names its source")
        #expect(!fact.expectations.isEmpty, "a fact expects something")
        for expectation in fact.expectations {
            let found = outcome(of: expectation, in: fact)
            #expect(
                matches(found, expectation.outcome),
                "\(expectation.kind) \(expectation.value): \(found), not \(expectation.outcome)"
            )
        }
    }

    /// What was left out may have been what counts: to every reader a cut output is no answer.
    @Test(arguments: FactFile.all) func aCutOutputTellsNothing(_ fact: FactFile) {
        for expectation in fact.expectations {
            let value = FlowReader.node(expectation.value)
            let kind = expectation.kind
            let condition: (any Condition)? =
                Catalog.builtin.condition(named: kind) != nil
                ? Catalog.builtin.readCondition(kind, value, platform: fact.platform).value
                : Catalog.builtin.readStep(kind, value, platform: fact.platform).value?
                    .goalCondition
            guard let condition else { continue }
            let queries = condition.queries
            let answers = queries.map { fact.answers(to: queries)[$0] }
            let cut = condition.judge(Answers(queries, answers.map(\.cut)))
            let missing = condition.judge(Answers(queries, answers.map(\.withoutOutput)))
            #expect(cut == missing, "\(expectation.kind) \(expectation.value)")
        }
    }

    /// Whether an outcome is the expected one; after a colon, a part of the text is enough.
    private func matches(_ found: String, _ expected: String) -> Bool {
        guard let colon = expected.firstRange(of: ": ") else { return found == expected }
        return found.hasPrefix(expected[..<colon.upperBound])
            && found[colon.upperBound...].contains(expected[colon.upperBound...])
    }

    private func outcome(of expectation: FactFile.Expectation, in fact: FactFile) -> String {
        let value = FlowReader.node(expectation.value)
        if Catalog.builtin.condition(named: expectation.kind) != nil {
            let read = Catalog.builtin.readCondition(
                expectation.kind, value, platform: fact.platform)
            guard let condition = read.value else { return "\(read.diagnostics)" }
            return words(condition.judge(fact.answers(to: condition.queries)))
        }
        let read = Catalog.builtin.readStep(
            expectation.kind, value, platform: fact.platform)
        guard let step = read.value else { return "\(read.diagnostics)" }
        return outcome(of: step, expectation.outcome, in: fact)
    }

    private func outcome(of step: any Step, _ expected: String, in fact: FactFile) -> String {
        if expected.hasPrefix("ready ") {
            guard let ready = step.successor?.ready else { return "ready for nobody" }
            return "ready " + words(ready.judge(fact.answers(to: ready.queries)))
        }
        guard let goal = step.goalCondition else { return "no goal" }
        let answers = fact.answers(to: goal.queries)
        if expected.hasPrefix("goal ") { return "goal " + words(goal.judge(answers)) }
        let commands = step.apply(answers)
        if expected.hasPrefix("apply ") {
            let lines = commands.map(\.line).joined(separator: "; ")
            return "apply " + (lines.isEmpty ? "nothing" : lines)
        }
        // The recorded command must be one that the step really says.
        guard let ended = fact.outputs.first, case .output(let output) = ended.answer,
            let command = commands.first(where: { $0.line == ended.argv })
        else { return "not a command of the step, which says \(commands.map(\.line))" }
        return words(step.assess(command, output, after: answers))
    }
}

private func words(_ verdict: Verdict) -> String {
    switch verdict {
    case .holds: "holds"
    case .doesNot(let what): "does not: \(what)"
    case .unknown(let why): "unknown: \(why)"
    case .never(let why): "never: \(why)"
    }
}

private func words(_ assessment: Assessment) -> String {
    switch assessment {
    case .look: "look"
    case .goOn: "go on"
    case .partly(let what): "partly: \(what)"
    case .idle: "idle"
    case .retry(let why): "retry: \(why)"
    case .incomplete(let why): "incomplete: \(why)"
    case .notYet(let why, let span):
        "not yet"
            + (span.map { " for \($0.components.seconds) s" } ?? "") + ": \(why)"
    case .giveUp(let why): "give up: \(why)"
    }
}

extension Answer {
    /// The same, with something of an output left out.
    fileprivate var cut: Answer {
        guard case .output(let output) = self else { return self }
        return .output(
            Output(
                output.status, output: output.standardOutput, error: output.standardError,
                isCut: true))
    }

    /// The same without any output.
    fileprivate var withoutOutput: Answer {
        if case .output = self { return .missing(why: Output.isTooLong) }
        return self
    }
}
