import Engine
import Simulation

/// What came of a case, for a person who reviews it: the course, the end, the world after.
struct CaseText {
    private(set) var text = ""

    init(_ played: Played) {
        for record in played.records {
            guard let line = line(record, played.plan) else { continue }
            let time = String((record.at - .zero).milliseconds)
            text += String(repeating: " ", count: max(0, 7 - time.count))
            text += Self.trimmed("\(time) ms  \(line)") + "\n"
        }
        text += "\n" + Self.account(played.ending) + "\n" + Self.outline(played.host.world)
    }

    private func line(_ record: Record, _ plan: Plan) -> String? {
        switch record.fact {
        case .phase(let phase): "-- \(words(phase))"
        case .required(let index, let verdict, _):
            "require \(plan.require[index].summary): \(words(verdict))"
        case .commandBegan(_, _, _, let command): "$ \(command.line)"
        case .commandEnded(let node, _, _, let output):
            output.succeeded ? nil : "  \(label(node, plan)): \(output.status) \(output.excerpt)"
        case .commandLeft: "  it left something behind"
        case .commandGivenUp(_, _, _, let command, _): "  given up: \(command.line)"
        case .commandGone(let node, _): "  gone: the command of \(label(node, plan))"
        case .retrying(let node, _, let attempt, let after, let why):
            "  \(label(node, plan)): attempt \(attempt) failed, again in \(durationText(after)):"
                + " \(why)"
        case .stepEnded(let node, let way, let result):
            "\(way == .back ? "undo " : "")\(label(node, plan)): \(words(result))"
        case .guardBroken(let node, let verdict):
            "guard of \(label(node, plan)) broken: \(words(verdict))"
        case .superseded(let plan): "a newer signal names \(plan)"
        case .interrupted: "a person interrupts"
        case .warned(let text): "warning: \(text)"
        case .began, .stepBegan, .looked, .intent, .processStarted, .ended: nil
        case .resumed(let way): "resumed: \(way.rawValue)"
        }
    }

    private func label(_ id: NodeID, _ plan: Plan) -> String { plan[id].label }

    private func words(_ phase: Phase) -> String {
        switch phase {
        case .draining(let why): "draining: \(why)"
        default: "\(phase)"
        }
    }

    private func words(_ verdict: Verdict) -> String {
        switch verdict {
        case .holds: "holds"
        case .doesNot(let text): "does not hold (\(text))"
        case .unknown(let text): "unknown (\(text))"
        case .never(let text): "never (\(text))"
        }
    }

    private func words(_ result: StepResult) -> String {
        switch result {
        case .done: "done"
        case .already: "already so"
        case .notWanted(let seen): "not wanted (\(seen))"
        case .failed(let why, ""): "FAILED: \(why)"
        case .failed(let why, let seen): "FAILED: \(why); last seen: \(seen)"
        case .cut: "cut"
        case .undone: "undone"
        case .nothingToUndo: "nothing to undo"
        case .noInverse(let why): "no inverse (\(why))"
        case .parked(let why): "PARKED: \(why)"
        }
    }

    private static func account(_ ending: Ending) -> String {
        var lines = ["\(ending.kind.rawValue) (\(ending.kind.exitCode)) \(ending.reason)"]
        lines += ending.warnings.map { "warning: \($0)" }
        lines += ending.remaining.map { "left to do: \($0)" }
        if let next = ending.handOver { lines.append("hands over to \(next)") }
        return lines.map { trimmed($0) + "\n" }.joined()
    }

    private static func trimmed(_ line: String) -> String {
        line.hasSuffix(" ") ? String(line.dropLast()) : line
    }

    private static func outline(_ world: World) -> String {
        var lines = world.outline
        lines += world.damage.map { "DAMAGE: \($0)" }
        lines += world.log.map { "log: \($0.text)" }
        return lines.map { "\($0)\n" }.joined()
    }
}
