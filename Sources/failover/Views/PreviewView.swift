import Engine

/// Shows what a run would change, how each change is known, and what would be taken back.
struct PreviewView {
    let forecast: Forecast
    let style: Style
    private let numbers: [NodeID: Int]

    init(_ forecast: Forecast, style: Style) {
        self.forecast = forecast
        self.style = style
        let plan = forecast.plan
        var numbers: [NodeID: Int] = [:]
        for (index, step) in plan.leaves(of: plan.steps).enumerated() { numbers[step] = index + 1 }
        self.numbers = numbers
    }

    private var plan: Plan { forecast.plan }

    /// The whole preview, with its line ends.
    func text() -> String {
        var lines = [style.paint("\(plan.name): a preview, nothing was changed", .strong)]
        lines += requirements()
        lines.append("")
        lines += group(plan.steps, indent: 0)
        lines += undoing()
        lines += limits()
        lines += verdict()
        return lines.joined(separator: "\n") + "\n"
    }

    // MARK: - Requirements

    private func requirements() -> [String] {
        guard !plan.require.isEmpty else { return [] }
        return ["", "required first:"]
            + plan.require.enumerated().map { index, condition in
                guard let (verdict, basis) = forecast.required[index] else {
                    return "     ?  \(style.paint(condition.summary, .plain))"
                }
                let isSeen = verdict == .holds && basis == .seen
                let known = verdict == .holds ? self.known(basis) : verdict.detail
                let text = style.paint(condition.summary, .plain)
                let word = isSeen ? style.paint("holds", .good) : style.paint("DOES NOT HOLD", .bad)
                return "  \(word)  \(text)  [\(style.paint(known, .dim))]"
                    + (isSeen ? "" : "\n         a run would refuse here; the preview goes on")
            }
    }

    // MARK: - Steps

    private func group(_ id: NodeID, indent: Int) -> [String] {
        let blanks = String(repeating: " ", count: indent)
        switch plan[id].kind {
        case .step: return step(id, blanks)
        case .pointOfNoReturn(let why):
            return [blanks + style.paint("----  point of no return: \(why)", .caution)]
        case .group(let group) where group.atOnce > 1 && group.children.count > 1:
            let count = min(group.atOnce, group.children.count)
            let head = "\(count) of \(group.children.count) at the same time:"
            return [blanks + style.paint(head, .dim)]
                + group.children.flatMap { self.group($0, indent: indent + 2) }
        case .group(let group):
            return group.children.flatMap { self.group($0, indent: indent) }
        }
    }

    private func step(_ id: NodeID, _ blanks: String) -> [String] {
        let number = (numbers[id].map(String.init) ?? "?").aligned(to: 4)
        let label = style.paint(plan[id].label, .plain)
        guard let entry = forecast[id] else {
            return ["\(blanks)\(number)  \("?".padded(to: 8))\(label)  [not reached]"]
        }
        let (word, tone, known) = describe(entry)
        let head =
            "\(blanks)\(number)  \(style.paint(word.padded(to: 8), tone))\(label)"
            + "  [\(style.paint(known, .dim))]"
        return [head]
            + entry.commands.map { "\(blanks)              \(style.paint($0.line, .strong))" }
    }

    private func describe(
        _ entry: Forecast.Entry
    ) -> (word: String, tone: Style.Tone, known: String) {
        switch entry.result {
        case .already: return ("true", .good, opening(entry))
        case .notWanted(let why): return ("skip", .dim, why)
        case .failed(let why, let lastSeen):
            return ("FAILS", .bad, why + (lastSeen.isEmpty ? "" : ": \(lastSeen)"))
        case .done(let basis) where entry.commands.isEmpty: return ("wait", .plain, known(basis))
        case .done, .cut, .undone, .nothingToUndo, .noInverse, .parked, nil:
            return ("change", .caution, opening(entry))
        }
    }

    private func opening(_ entry: Forecast.Entry) -> String {
        guard let (verdict, basis) = entry.opening else { return "is done once, without a look" }
        let detail = verdict.detail
        return known(basis) + (detail.isEmpty ? "" : ": \(detail)")
    }

    private func known(_ basis: Basis) -> String {
        switch basis {
        case .seen: "seen"
        case .after(let work):
            forecast.maker(of: work).flatMap { numbers[$0] }.map { "after step \($0)" }
                ?? "after an earlier command"
        case .assumed(let why): "assumed: \(why)"
        case .unknowable(let why): "cannot be known (\(why))"
        case .given(let claim): "assumed: \(claim), as you said"
        }
    }
}

// MARK: - Failure and limits

extension PreviewView {
    /// What would be taken back at which failure, from the steps' inverses.
    private func undoing() -> [String] {
        guard plan.direction != .release else {
            return ["", "a release has no way back: it goes on, retries, or ends stuck (3)"]
        }
        var lines = ["", "if a step fails, it and the steps above it are taken back, last first:"]
        switch plan.onFailure {
        case .rollBack: break
        case .counterpart:
            return ["", "if a step fails, \(plan.counterpart?.name ?? "the counterpart") runs"]
        case .stop: return ["", "if a step fails, everything is left as it is (on-failure: stop)"]
        }
        var isCommitted = false
        for id in plan.walk(plan.steps) {
            switch plan[id].kind {
            case .group: continue
            case .pointOfNoReturn:
                isCommitted = true
                lines.append(
                    "      after the point of no return nothing is taken back: the run retries"
                        + " until its budget is spent, then ends stuck (3)")
            case .step(let node):
                guard !isCommitted, let text = undo(node, forecast[id]) else { continue }
                lines.append("\((numbers[id].map(String.init) ?? "?").aligned(to: 4))  \(text)")
            }
        }
        return lines
    }

    private func undo(_ node: StepNode, _ entry: Forecast.Entry?) -> String? {
        guard let entry, !entry.commands.isEmpty else { return nil }
        return switch node.inverse {
        case .step(let step): style.paint(step.summary, .plain)
        case .none(let why): style.paint("stays as it is: \(why)", .dim)
        }
    }

    private func limits() -> [String] {
        let sum = plan.limitForward
        let text =
            "limits: the steps may take \(durationText(sum)) in all, the budget is "
            + durationText(plan.timeout)
            + (plan.direction == .release
                ? "" : ", the roll-back's is \(durationText(plan.rollBackTimeout))")
        return [
            "",
            sum > plan.timeout
                ? style.paint("\(text): the budget ends the run first", .caution)
                : style.paint(text, .plain),
        ]
    }

    private func verdict() -> [String] {
        guard let ending = forecast.ending, ending.kind != .done else { return [] }
        return ["", style.paint("a run from here would end: \(ending.sentence)", .bad)]
    }
}

extension Plan {
    /// Every node under one, itself first, in the order of the plan.
    func walk(_ id: NodeID) -> [NodeID] {
        guard case .group(let group) = self[id].kind else { return [id] }
        return [id] + group.children.flatMap { walk($0) }
    }
}
