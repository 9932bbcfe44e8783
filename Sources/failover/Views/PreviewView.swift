import Engine
import Service

/// Shows what a run would change, how each change is known, and what would be taken back.
struct PreviewView {
    /// What is known of a line stands below it when the line would be wider, on no terminal.
    static let columns = 100

    let forecast: Forecast
    let outlook: Outlook
    let style: Style
    private let numbers: [NodeID: Int]

    init(_ forecast: Forecast, _ outlook: Outlook, style: Style) {
        self.forecast = forecast
        self.outlook = outlook
        self.style = style
        let plan = forecast.plan
        var numbers: [NodeID: Int] = [:]
        for (index, step) in plan.steps(from: plan.steps).enumerated() { numbers[step] = index + 1 }
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
        lines += ifFailed()
        lines += limits()
        lines += warnings()
        lines += verdict()
        return lines.joined(separator: "\n") + "\n"
    }

    // MARK: - Requirements

    private func requirements() -> [String] {
        guard !plan.require.isEmpty else { return [] }
        return ["", "required first:"] + plan.require.enumerated().flatMap(requirement)
    }

    private func requirement(_ index: Int, _ condition: any Condition) -> [String] {
        let text = style.paint(condition.summary, .plain)
        guard let (verdict, basis) = forecast.required[index] else {
            return ["     ?  \("?".padded(to: 8))\(text)"]
        }
        let known = verdict == .holds ? self.known(basis) : verdict.detail
        switch basis {
        case .seen where verdict == .holds, .after, .given:
            return entry("", "        \(style.paint("holds".padded(to: 8), .good))\(text)", known)
        case .seen, .assumed, .unknowable:
            let isKnown = if case .unknowable = basis { false } else { true }
            let word = style.paint((isKnown ? "NOT NOW" : "UNKNOWN").padded(to: 8), .bad)
            return entry("", "        \(word)\(text)", known)
                + ["                a run would be refused here; the preview goes on"]
        }
    }

    // MARK: - Steps

    private func group(_ id: NodeID, indent: Int) -> [String] {
        let blanks = String(repeating: " ", count: indent)
        switch plan[id].kind {
        case .step: return step(id, blanks)
        case .pointOfNoReturn(let why):
            return [blanks + "      " + style.paint("point of no return: \(why)", .caution)]
        case .group(let group) where group.atOnce > 1 && group.children.count > 1:
            let isAll = group.atOnce >= group.children.count
            let head = isAll ? "all at the same time:" : "at most \(group.atOnce) at the same time:"
            return ["\(blanks)      \(style.paint(head, .dim))"]
                + group.children.flatMap { self.group($0, indent: indent + 2) }
        case .group(let group):
            return group.children.flatMap { self.group($0, indent: indent) }
        }
    }

    private func step(_ id: NodeID, _ blanks: String) -> [String] {
        let number = number(id)
        let label = plan[id].label
        guard let forecast = forecast[id] else {
            let text = style.paint(label, .plain)
            return ["\(blanks)\(number)  \("?".padded(to: 8))\(text)  [not reached]"]
        }
        let (word, tone, known) = describe(forecast)
        let text = style.paint(label.without(word), .plain)
        return entry(blanks, "\(number)  \(style.paint(word.padded(to: 8), tone))\(text)", known)
            + commands(forecast.commands.map(\.line), blanks)
    }

    private func commands(_ lines: [String], _ blanks: String = "") -> [String] {
        lines.map { "\(blanks)                \(style.paint($0, .strong))" }
    }

    /// A line and how it is known, behind it where there is room.
    private func entry(_ blanks: String, _ head: String, _ known: String) -> [String] {
        let known = "[\(known)]"
        let room = (style.columns ?? Self.columns) - blanks.columns - known.columns
        if withoutColours(head).columns <= room {
            return ["\(blanks)\(head)  \(style.paint(known, .dim))"]
        }
        return ["\(blanks)\(head)", "\(blanks)              \(style.paint(known, .dim))"]
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
        if case .unknowable = basis { return known(basis) }
        return known(basis) + (detail.isEmpty ? "" : ": \(detail)")
    }

    private func known(_ basis: Basis) -> String {
        switch basis {
        case .seen: "seen"
        case .after(let work):
            forecast.maker(of: work).flatMap { numbers[$0] }.map { "after step \($0)" }
                ?? "after an earlier command"
        case .assumed(let seen): seen.isEmpty ? "assumed" : "assumed; now: \(seen)"
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
        for repair in outlook.undo {
            let text =
                repair.stays.map { style.paint("stays as it is: \($0)", .dim) }
                ?? style.paint(repair.label, .plain)
            lines.append("\(number(repair.node))  \(text)")
            lines += commands(repair.commands)
        }
        if outlook.undo.isEmpty { lines.append("      nothing, since nothing would be changed") }
        if plan.hasPointOfNoReturn {
            lines.append(
                "      past the point of no return nothing is: the run retries until its budget"
                    + " is spent, then ends stuck (3)")
        }
        return lines
    }

    private func number(_ node: NodeID) -> String {
        (numbers[node].map(String.init) ?? "?").aligned(to: 4)
    }

    private func ifFailed() -> [String] {
        guard !outlook.ifFailed.isEmpty else { return [] }
        return ["", "after that, `if-failed`:"]
            + outlook.ifFailed.flatMap { repair in
                ["      \(style.paint(repair.label, .plain))"] + commands(repair.commands)
            }
    }

    private func limits() -> [String] {
        let sum = plan.limitForward
        let text =
            "limits: the steps may take \(elapsedText(sum)) in all, the budget is "
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

    /// What a run now would be warned of.
    private func warnings() -> [String] {
        let warnings = outlook.ending?.warnings ?? []
        guard !warnings.isEmpty else { return [] }
        return ["", "warnings:"] + warnings.map { style.paint("  \($0)", .caution) }
    }

    /// The ending of a run now, and what that hangs on.
    private func verdict() -> [String] {
        var lines = [""]
        if !outlook.refusals.isEmpty {
            let why = outlook.refusals.joined(separator: "; ")
            lines.append(style.paint("a run now would be refused (4): \(why)", .bad))
        }
        if let gaps = outlook.gapText { lines.append(style.paint(gaps, .caution)) }
        guard let ending = outlook.ending else { return lines }
        let from = outlook.refusals.isEmpty ? "a run now" : "a run that got past that"
        let hope = outlook.isAssuming ? ", if all comes true as noted" : ""
        let text = "\(from) would end (\(ending.kind.exitCode)): \(ending.sentence)"
        lines.append(
            ending.kind == .done
                ? style.paint(text + hope, .plain) : style.paint(text, .bad))
        return lines
    }
}

extension Plan {
    /// Whether its own steps have a point of no return.
    fileprivate var hasPointOfNoReturn: Bool {
        nodes(from: steps).contains {
            if case .pointOfNoReturn = self[$0].kind { true } else { false }
        }
    }
}
