@testable import Engine

/// One plan on one toy host: what goes wrong, and how the run came out.
struct Course {
    /// A run that is over.
    struct Played {
        let host: ToyHost
        let ending: Ending
        let records: [Record]
        /// The time of the last record.
        let end: Instant
    }

    let plan: Plan
    var up: Set<String> = []
    /// How commands behave, by their line.
    var faults: [String: ToyHost.Behaviour] = [:]
    /// How long commands take that work, by their line; 100 ms for all others.
    var slow: [String: Duration] = [:]
    /// How commands behave that are started again.
    var repeated: [String: ToyHost.Behaviour] = [:]
    var changes: [(Duration, (inout ToyHost) -> Void)] = []
    var inputs: [(Duration, Event.Input)] = []
    /// How long what is required was seen before the run.
    var settled = Duration.zero
    /// Which attempt it is.
    var terms = Run.Terms.byHand

    init(_ plan: Plan) { self.plan = plan }

    func play() -> Played {
        var host = host
        var records: [Record] = []
        var driver = Driver(plan, terms: terms)
        let ending = driver.drive(&host, from: .zero, settled: settled) { records.append($0) }
        return Played(
            host: host, ending: ending, records: records, end: records.last?.at ?? .zero)
    }

    /// The host at the beginning.
    var host: ToyHost {
        var seen: Set<String> = []
        var host = ToyHost(up: up) { command, _ in
            let isFirst = seen.insert(command.line).inserted
            if !isFirst, let behaviour = repeated[command.line] { return behaviour }
            return faults[command.line]
                ?? .works(after: slow[command.line] ?? .milliseconds(100))
        }
        for (at, change) in changes { host.change(at: .zero + at, change) }
        for (at, input) in inputs { host.inject(input, at: .zero + at) }
        return host
    }

    /// The commands, the ending and its code, what is left and what follows.
    var told: String {
        let played = play()
        return played.ending.told(after: played.host.started.map(\.1.line))
    }
}

extension Ending {
    /// The commands, the ending and its code, what is left and what follows.
    func told(after commands: [String]) -> String {
        var told = commands.joined(separator: ", ") + ": \(kind.rawValue) \(kind.exitCode)"
        if isCommitted { told += ", it may serve" }
        let steps = remaining.map { $0.contains("unless this ends by itself") ? "a reboot" : $0 }
        if !steps.isEmpty { told += "; left to do: " + steps.joined(separator: ", ") }
        if let handOver { told += "; then \(handOver)" }
        return told
    }
}
