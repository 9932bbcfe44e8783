package import Engine

/// What happened, a line each: a fold over records for the plain display and the system log.
package struct Chronicle {
    /// How much a line matters.
    package enum Weight: Comparable {
        /// Shows what is under way; a live display shows it better.
        case passing
        case ordinary
        case notable
        case warning
        case failure
    }

    package struct Line: Hashable {
        package let at: Duration
        package let weight: Weight
        /// One word, by which lines are found: `done`, `FAILED`.
        package let word: String
        package let text: String
    }

    /// A command that was given up on and is not known to be gone.
    private struct Doubt {
        let work: WorkID
        let since: Instant
        let text: String
    }

    /// A command that was ended is usually gone at once; one that is not so soon is warned of.
    package static let patience = Duration.seconds(1)

    package private(set) var progress: Progress
    private var starts: [WorkID: Instant] = [:]
    private var doubts: [Doubt] = []
    /// The steps of which it was told why they failed.
    private var failed: [String] = []

    package init(_ plan: Plan) { progress = Progress(plan) }

    /// Takes a record in; answers with what it adds to the account.
    package mutating func take(_ record: Record) -> [Line] {
        progress.take(record)
        follow(record)
        let overdue = pass(to: record.at)
        return overdue + [account(record)].compactMap { $0.map { line($0, at: record.at) } }
    }

    /// What the time adds to the account by itself: commands that should be gone and are not.
    package mutating func pass(to now: Instant) -> [Line] {
        let overdue = doubts.filter { $0.since + Self.patience <= now }
        doubts.removeAll { $0.since + Self.patience <= now }
        return overdue.map { line((.warning, "doubt", $0.text), at: now) }
    }

    private typealias Account = (Weight, String, String)

    private func line(_ account: Account, at time: Instant) -> Line {
        let (weight, word, text) = account
        return Line(at: time - progress.began, weight: weight, word: word, text: text)
    }

    private mutating func follow(_ record: Record) {
        switch record.fact {
        case .commandBegan(_, _, let work, _): starts[work] = record.at
        case .commandGivenUp(let node, _, let work, let command, let pid):
            let text =
                "`\(command.line)`\(words(pid)) does not end and may still take effect"
                + " (\(label(node)))"
            doubts.append(Doubt(work: work, since: record.at, text: text))
        case .commandGone(_, let work): doubts.removeAll { $0.work == work }
        case .stepEnded(let node, _, .failed): failed.append(label(node))
        // The ending has its own warning of them.
        case .ended: doubts = []
        default: break
        }
    }

    private func account(_ record: Record) -> Account? {
        switch record.fact {
        case .began: (.notable, "begins", "\(progress.plan.name): \(scope)")
        case .resumed(let way): (.notable, "resumes", Self.words(way))
        case .phase(let phase): self.phase(phase)
        case .required(let index, let verdict, _): required(index, verdict)
        case .looked(let node, let way, let purpose, let verdict, _):
            looked(node, way, purpose, verdict)
        case .intent(let node, let way, let attempt, let commands):
            (
                .passing, way == .forward ? "do" : "undo",
                (attempt > 1 ? "attempt \(attempt): " : "")
                    + commands.map(\.line).joined(separator: "; ") + "  (\(label(node)))"
            )
        case .commandGivenUp(let node, _, let work, let command, let pid):
            (
                .warning, "gave up",
                "`\(command.line)`: given up after \(passed(since: work, at: record.at))"
                    + "\(words(pid)) (\(label(node)))"
            )
        case .commandLeft(let node, _, _, let pid):
            (
                .notable, "left",
                "it ended, and processes that it started go on\(words(group: pid)) (\(label(node)))"
            )
        case .commandGone(let node, _):
            (.notable, "gone", "the command can take no effect any more (\(label(node)))")
        case .retrying(let node, _, _, let pause, let why):
            (.notable, "retry", "\(label(node)): \(why); again in \(elapsedText(pause))")
        case .stepEnded(let node, let way, let result): ended(node, way, result)
        case .guardBroken(let node, let verdict):
            (.failure, "GUARD", "\(label(node)): its guard does not hold: \(verdict.detail)")
        case .superseded(let plan): (.notable, "signal", "a newer signal wants \(plan)")
        case .interrupted: (.notable, "signal", interrupted)
        case .warned(let text): (.warning, "warning", text)
        case .ended(let ending):
            (ending.kind.weight, "ends", progress.sentence(ending.told(of: failed)))
        case .stepBegan, .commandBegan, .processStarted, .commandEnded: nil
        }
    }

    private static func words(_ way: Resumption) -> String {
        switch way {
        case .forward: "the engine died in the middle of this run; on with it"
        case .back: "the engine died in the middle of this run; what was done is taken back"
        case .counterpart: "the engine died in the middle of this run; the counterpart runs"
        case .ifFailed: "the engine died in `if-failed`; on with that"
        }
    }

    private var scope: String {
        let plan = progress.plan
        return "\(counted(progress.total, "step")), at most \(durationText(plan.timeout))"
    }

    private func words(_ pid: Int32?) -> String { pid.map { " (pid \($0))" } ?? "" }

    private func words(group: Int32?) -> String { group.map { " in process group \($0)" } ?? "" }

    private func passed(since work: WorkID, at now: Instant) -> String {
        elapsedText(now - (starts[work] ?? now))
    }

    /// What a first interrupt comes to where nothing is taken back for it.
    private var interrupted: String {
        let text = "interrupted by a person"
        guard progress.interrupts == 1 else { return text }
        return switch progress.phase {
        case .forward, .committed, .checking:
            progress.isCommitted
                ? "\(text): the run goes on to its end; Ctrl-C again stops it" : text
        case .rollingBack, .counterpart, .ifFailed, .draining:
            "\(text): what is under way goes on to its end; Ctrl-C again stops it"
        case .requiring, .fencing: text
        }
    }

    private func label(_ node: NodeID) -> String { progress.plan[node].label }

    private func phase(_ phase: Phase) -> Account? {
        switch phase {
        case .requiring:
            let text = progress.plan.require.map(\.summary).joined(separator: "; ")
            return (.passing, "require", text)
        case .forward: return nil
        case .committed:
            return (
                .notable, "commit", "the point of no return is passed: \(progress.plan.commitment)"
            )
        case .checking: return (.passing, "check", "looking once more at every goal")
        case .draining(let why):
            return (.warning, "drain", "nothing new begins: \(why)")
        case .rollingBack:
            return (.warning, "back", "taking back what was done, last first")
        case .counterpart:
            let name = progress.plan.counterpart?.name ?? "the counterpart"
            return (.warning, "back", "running \(name) to give everything up")
        case .ifFailed: return (.warning, "failed", "running the steps under `if-failed`")
        case .fencing: return (.failure, "FENCE", "making sure that this node cannot write")
        }
    }

    private func required(_ index: Int, _ verdict: Verdict) -> Account {
        let text = progress.plan.require[index].summary
        if verdict == .holds { return (.ordinary, "require", "\(text): holds") }
        return (.failure, "REFUSED", "\(text): \(verdict.detail)")
    }

    private func looked(
        _ node: NodeID, _ way: Way, _ purpose: LookPurpose, _ verdict: Verdict
    ) -> Account? {
        guard verdict != .holds else { return nil }
        switch purpose {
        case .opening:
            guard case .step(let step) = progress.plan[node].kind, step.step is WaitFor else {
                return nil
            }
            let limit = progress.plan[node].timeout.map { ", at most \(durationText($0))" } ?? ""
            let text = label(node).without("wait")
            return (.passing, "wait", "\(text)\(limit): \(verdict.detail)")
        case .final: return (.warning, "lost", "\(label(node)): \(verdict.detail)")
        case .when, .guard, .goal: return nil
        }
    }

    private func ended(_ node: NodeID, _ way: Way, _ result: StepResult) -> Account {
        let took = progress.course(of: node).map { elapsedText($0.duration(at: progress.now)) }
        let label = label(node)
        let timed = took.map { "\(label) (\($0))" } ?? label
        return switch result {
        case .done: (.ordinary, "done", timed)
        case .already: (.ordinary, "already", label)
        case .notWanted(let why): (.ordinary, "skipped", "\(label): \(why)")
        case .failed(let why, let lastSeen):
            (
                .failure, way == .forward ? "FAILED" : "NOT UNDONE",
                "\(timed): \(why)" + (lastSeen.isEmpty ? "" : "; last seen: \(lastSeen)")
            )
        case .cut: (.notable, "cut", "\(timed): ended early")
        case .undone: (.notable, "undone", timed)
        case .nothingToUndo: (.ordinary, "as was", "\(label): nothing to take back")
        case .noInverse(let why): (.ordinary, "stays", "\(label): \(why)")
        case .parked(let why): (.warning, "parked", "\(label): \(why)")
        }
    }
}

extension Plan {
    /// What the plan says of its point of no return.
    fileprivate var commitment: String {
        for id in nodes(from: steps) {
            if case .pointOfNoReturn(let text) = self[id].kind { return text }
        }
        return "nothing is taken back now"
    }
}

extension Progress {
    /// The ending in one line.
    package func sentence(_ ending: Ending) -> String {
        account(ending) + (ending.handOver.map { "; next: \($0)" } ?? "")
    }

    /// The kind and the reason.
    package func account(_ ending: Ending) -> String {
        let isByPerson = interrupts > 0 && ending.reason.hasPrefix("interrupted")
        switch ending.kind {
        case .left where isByPerson: return "STOPPED by a person and left as it is"
        case .interrupted where isUntouched: return "INTERRUPTED before any change"
        case .interrupted where isByPerson: return ending.kind.title
        default: return ending.sentence
        }
    }
}

extension Ending {
    /// The same after it was told why these steps failed: of one of them its name is enough.
    fileprivate func told(of failed: [String]) -> Ending {
        guard let step = failed.first(where: { reason.hasPrefix("\($0): ") }) else { return self }
        var brief = self
        brief.reason = step
        return brief
    }

    /// The kind and the reason, as far as they can be told without the run.
    package var sentence: String { kind.title + (reason.isEmpty ? "" : ": \(reason)") }
}

extension Ending.Kind {
    /// The ending in words; only `done` reads as a success.
    package var title: String {
        switch self {
        case .done: "done"
        case .rolledBack: "FAILED and rolled back"
        case .released: "FAILED and given up by the counterpart"
        case .left: "FAILED and left as it is, as the plan says"
        case .stuck: "STUCK: a person is needed"
        case .refused: "REFUSED before any change"
        case .cutOff: "CUT OFF: this machine went down in the middle of it"
        case .superseded: "SUPERSEDED by a newer signal"
        case .interrupted: "INTERRUPTED and rolled back"
        }
    }

    fileprivate var weight: Chronicle.Weight {
        switch self {
        case .done, .superseded: .notable
        case .refused, .interrupted: .warning
        case .rolledBack, .released, .left, .stuck, .cutOff: .failure
        }
    }
}
