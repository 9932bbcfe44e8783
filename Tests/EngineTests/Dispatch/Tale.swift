@testable import Engine

/// A tale of a dispatcher, told in lines `TIME INPUT => ORDER; ORDER`.
///
/// Inputs: `start`, `start DIRECTION SERIAL`, with ` after KIND DIRECTION …` behind it for earlier
/// runs; `wanted DIRECTION SERIAL`; `held`, `unheld`; `holds ID`, `denied ID`; `woke ID`;
/// `ended KIND`, where `stuck-serving` is past the point of no return, and with ` requiring` if its
/// plan requires something.
/// Orders: `await ID until TIME`, `sleep ID until TIME`, `cancel ID`, `run DIRECTION` with
/// ` settled TIME` and ` last`, `supersede DIRECTION`, `clear SERIAL`, `leave`, and `warning` or
/// `failure` for a line of that weight; ordinary lines are left out.
struct Tale {
    /// A line that is not of the language above.
    struct Unreadable: Error { let line: String }

    private(set) var dispatcher: Dispatcher
    private(set) var now = Instant.zero

    init(_ dispatcher: Dispatcher) { self.dispatcher = dispatcher }

    /// The story with the orders as they came.
    mutating func told(_ text: String) throws -> String {
        var lines: [String] = []
        for line in text.split(separator: "\n") {
            let input = line.prefix { $0 != "=" }
            let words = input.split(separator: " ").map(String.init)
            guard let time = words.first, let offset = Duration(authored: time) else {
                throw Unreadable(line: String(line))
            }
            now = Instant.zero + offset
            let event = try Self.input(Array(words.dropFirst()), at: now)
            let orders = dispatcher.handle(event, at: now).compactMap(Self.text)
            let head = words.joined(separator: " ")
            lines.append(orders.isEmpty ? head : head + " => " + orders.joined(separator: "; "))
        }
        return lines.joined(separator: "\n")
    }

    private static func input(_ words: [String], at now: Instant) throws -> Dispatcher.Input {
        let fault = Unreadable(line: words.joined(separator: " "))
        func id() throws -> WorkID {
            guard words.count == 2, let number = Int(words[1]) else { throw fault }
            return WorkID(number)
        }
        switch words.first {
        case "start":
            let after = words.firstIndex(of: "after")
            let record = after.map { Array(words[..<$0]) } ?? words
            var leavings = Leavings.nothing
            for place in stride(from: (after ?? words.count) + 1, to: words.count - 1, by: 2) {
                leavings = leavings.after(
                    try ending(words[place]), of: Plan.Direction(rawValue: words[place + 1]))
            }
            let wanted = record.count > 1 ? try wanted(record, now) : nil
            return .start(wanted: wanted, leavings: leavings)
        case "wanted": return .wanted(try wanted(words, now))
        case "held": return .held(.all)
        case "acquires-held": return .held(.acquires)
        case "unheld": return .held(.nothing)
        case "holds": return .looked(try id(), Look(.holds, .none))
        case "denied": return .looked(try id(), Look(.doesNot("it is backup"), .none))
        case "woke": return .woke(try id())
        case "ended":
            let required = words.contains("requiring") ? [FlagCondition("whole", .up)] : []
            return .ended(try ending(words[1]), required: required)
        default: throw fault
        }
    }

    private static func ending(_ word: String) throws -> Ending {
        let isServing = word == "stuck-serving"
        guard let kind = isServing ? .stuck : Ending.Kind(rawValue: word) else {
            throw Unreadable(line: word)
        }
        return Ending(
            kind, reason: kind == .done ? "" : "it went wrong", isCommitted: isServing)
    }

    private static func wanted(_ words: [String], _ now: Instant) throws -> Wanted {
        guard words.count == 3, let direction = Plan.Direction(rawValue: words[1]) else {
            throw Unreadable(line: words.joined(separator: " "))
        }
        return Wanted(
            direction: direction, signal: words[1], source: "signal \(words[1])", at: now,
            serial: words[2])
    }

    /// An order as a story tells it; nil for an ordinary line.
    static func text(_ order: Dispatcher.Order) -> String? {
        switch order {
        case .work(.await(let id, _, let until, _)): "await \(id.number) until \(time(until))"
        case .work(.sleep(let id, let until)): "sleep \(id.number) until \(time(until))"
        case .work(.cancel(let id)): "cancel \(id.number)"
        case .work: "other work"
        case .run(let direction, let settled, let terms):
            "run \(direction.rawValue)"
                + (settled == .zero ? "" : " settled \(durationText(settled))")
                + (terms == .last ? " last" : "")
        case .supersede(let direction): "supersede \(direction.rawValue)"
        case .clear(let wanted): "clear \(wanted.serial)"
        case .say(_, .info): nil
        case .say(_, let weight): weight.rawValue
        case .leave: "leave"
        }
    }

    private static func time(_ instant: Instant) -> String {
        let milliseconds = (instant - .zero).milliseconds
        return milliseconds % 1000 == 0 ? "\(milliseconds / 1000)s" : "\(milliseconds)ms"
    }
}
