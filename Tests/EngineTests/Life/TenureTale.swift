@testable import Engine

/// A tale of a tenure, told in lines `TIME INPUT => ORDER; ORDER`, as those of a dispatcher are.
///
/// Inputs: `begin` and `surveyed` with `left RUN`, `wanted DIRECTION SERIAL`, `held`, `claim PLAN`,
/// `stuck` behind it; `found RUN DIRECTION` with what is special about it; `unnoted`; `gone ID`;
/// `woke ID`; `holds ID`; `ended KIND`; `interrupted`. Of the orders lines of the log and reports
/// are left out but for warnings and failures.
struct TenureTale {
    private var tenure: Tenure
    private(set) var now = Instant.zero

    init(_ tenure: Tenure) { self.tenure = tenure }

    /// The story with the orders as they came.
    mutating func told(_ text: String) throws -> String {
        var lines: [String] = []
        for line in text.split(separator: "\n") {
            let words = line.prefix { $0 != "=" }.split(separator: " ").map(String.init)
            guard let time = words.first, let offset = Duration(authored: time) else {
                throw Tale.Unreadable(line: String(line))
            }
            now = .zero + offset
            let input = try input(Array(words.dropFirst()))
            let orders = tenure.handle(input, at: now).compactMap(told)
            let head = words.joined(separator: " ")
            lines.append(orders.isEmpty ? head : head + " => " + orders.joined(separator: "; "))
        }
        return lines.joined(separator: "\n")
    }

    private func input(_ words: [String]) throws -> Tenure.Input {
        let fault = Tale.Unreadable(line: words.joined(separator: " "))
        func id() throws -> WorkID {
            guard words.count == 2, let number = Int(words[1]) else { throw fault }
            return WorkID(number)
        }
        switch words.first {
        case "begin":
            let (runs, survey) = try survey(words.dropFirst())
            return .begin(
                runs, survey,
                LastRun(.acquire, leavings: words.contains("stuck") ? .part : .nothing))
        case "surveyed": return .surveyed(try survey(words.dropFirst()).1)
        case "found": return .found(Leftover.remains(words.dropFirst()))
        case "unnoted": return .unnoted
        case "gone": return .gone(try id())
        case "woke": return words[1] == "alarm" ? .woke(Salvage.alarm) : .woke(try id())
        case "holds": return .looked(try id(), Look(.holds, .none))
        case "ended":
            guard let kind = Ending.Kind(rawValue: words[1]) else { throw fault }
            return .ended(Ending(kind, reason: kind == .done ? "" : "it went wrong"))
        case "interrupted": return .interrupted
        default: throw fault
        }
    }

    private func survey(_ words: ArraySlice<String>) throws -> ([String], Survey) {
        var words = words
        var runs: [String] = []
        var wanted: Wanted?
        var held = Held.nothing
        var claim: String?
        while let word = words.popFirst() {
            switch word {
            case "left": words.popFirst().map { runs.append($0) }
            case "held": held = .all
            case "claim": claim = words.popFirst()
            case "stuck": continue
            case "wanted":
                guard let name = words.popFirst(), let serial = words.popFirst(),
                    let direction = Plan.Direction(rawValue: name)
                else { throw Tale.Unreadable(line: word) }
                wanted = Wanted(
                    direction: direction, signal: name, source: "signal \(name)", at: now,
                    serial: serial)
            default: throw Tale.Unreadable(line: word)
            }
        }
        return (runs, Survey(wanted: wanted, held: held, claim: claim))
    }

    private func told(_ order: Tenure.Order) -> String? {
        switch order {
        case .examine(let run): "examine \(run)"
        case .close(let remains, let ending):
            "close \(remains.run) \(ending.kind.rawValue)"
                + (ending.warnings.isEmpty ? "" : " warned")
        case .passOver(let run): "pass over \(run)"
        case .resume(let remains, _, let way): "resume \(remains.run) \(way.rawValue)"
        case .report: nil
        case .survey: "survey"
        case .work(.adopt(let id, _, _)): "adopt \(id.number)"
        case .work(.sleep(Salvage.alarm, let until)): "alarm in \(durationText(until - now))"
        case .work(.cancel(Salvage.alarm)): "no alarm"
        case .work(let work): Tale.text(.work(work))
        case .run(let direction, let settled, let terms):
            Tale.text(.run(direction, settled: settled, terms: terms))
        case .supersede(let plan): "supersede by \(plan)"
        case .clear(let wanted): "clear \(wanted.serial)"
        case .say(let text, let weight): Tale.text(.say(text, weight))
        case .leave(let isForGood): isForGood ? "leave for good" : "leave"
        }
    }
}

/// A run that an engine left, as a store would tell of it.
enum Leftover {
    /// `RUN DIRECTION`, then what is special: `at-work`, `other-boot`, `older`, `lossy`, `damaged`,
    /// `unfit`, `unreadable`, `untold`, `often`.
    static func remains(_ words: ArraySlice<String>) -> Remains {
        let run = words.first ?? ""
        let direction = words.dropFirst().first.flatMap(Plan.Direction.init(rawValue:))
        let past = past(direction, isAtWork: words.contains("at-work"))
        let reading: Remains.Reading =
            if words.contains("unreadable") {
                .nothing(why: "it is empty")
            } else if words.contains("unfit") {
                .unfit(why: "it makes other steps", past.orphans)
            } else { .whole(past) }
        var remains = Remains(run, plan: "toy", direction, reading)
        remains.isOfThisBoot = !words.contains("other-boot")
        remains.isNewest = !words.contains("older")
        remains.isLossy = words.contains("lossy")
        if words.contains("damaged") { remains.damaged = [7] }
        if words.contains("untold") { remains.timesNoted = 1 }
        if words.contains("often") {
            remains.timesNoted = Recovery.limit
            remains.timesTold = Recovery.limit
        }
        return remains
    }

    /// It has raised a, and where it is at work its command 5 was not seen to end.
    private static func past(_ direction: Plan.Direction?, isAtWork: Bool) -> Past {
        var tree = ToyTree()
        let root = tree.group(in: nil)
        tree.step(.raise("a"), in: root)
        tree.step(.raise("b"), in: root)
        var past = Past(.toy(tree.nodes, direction: direction))
        let node = NodeID(1)
        let command = Command(.tool(["raise", "a"]))
        var facts: [Fact] = [
            .began(settled: .zero), .phase(.forward), .stepBegan(node, .forward),
            .intent(node, .forward, attempt: 1, [command]),
            .commandBegan(node, .forward, WorkID(5), command),
        ]
        if !isAtWork { facts.append(.commandEnded(node, .forward, WorkID(5), Output(.exited(0)))) }
        for fact in facts { past.take(Record(at: .zero, fact)) }
        return past
    }
}
