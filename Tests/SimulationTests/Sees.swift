import Engine
import Simulation

/// A condition that a test writes as a closure.
struct Sees: Condition {
    let summary: String
    let queries: [Query]
    var steadyFor = Duration.zero
    let verdict: @Sendable (Answers) -> Verdict

    func judge(_ answers: Answers) -> Verdict { verdict(answers) }

    /// That a path is not absent.
    static func path(_ path: String, steadyFor: Duration = .zero) -> Sees {
        Sees(summary: "\(path) is there", queries: [.path(path)], steadyFor: steadyFor) {
            $0[.path(path)] == .path(.absent) ? .doesNot("absent") : .holds
        }
    }

    /// That a look command exits with 0 and prints `text`.
    static func command(_ look: LookCommand, prints text: String) -> Sees {
        let query = Query.command(look)
        return Sees(summary: "it prints \(text)", queries: [query]) { answers in
            switch answers[query] {
            case .output(let output) where output.text.contains(text): .holds
            case .output(let output): .doesNot(output.text)
            case .missing(let why): .unknown(why)
            default: .unknown("another answer")
            }
        }
    }
}

extension Output {
    /// Standard output as text.
    var text: String { String(decoding: standardOutput, as: UTF8.self) }
    /// Standard error as text.
    var errorText: String { String(decoding: standardError, as: UTF8.self) }
}

extension Instant {
    /// The moment so many milliseconds after a host's zero.
    static func ms(_ milliseconds: Int) -> Instant { .zero + .milliseconds(milliseconds) }
}

extension SimulatedHost {
    /// Every event that is still to come, as text that two runs can be compared by.
    mutating func drain(_ limit: Int = 1000) -> [String] {
        var lines: [String] = []
        while lines.count < limit, let event = next() {
            lines.append("\((event.at - .zero).milliseconds)ms \(event.input.text)")
        }
        return lines
    }

    /// Lets so much time pass, without any work of a run.
    mutating func pass(_ duration: Duration) {
        perform(.sleep(WorkID(9_999_999), until: now + duration))
        _ = drain()
    }
}

extension Event.Input {
    /// The event as text.
    var text: String {
        switch self {
        case .begin: "begin"
        case .looked(let id, let look): "looked \(id.number): \(look.verdict)"
        case .finished(let id, .ended(let output)): "ended \(id.number): \(output.status)"
        case .finished(let id, .left): "left something of \(id.number)"
        case .finished(let id, .gaveUp): "gave up \(id.number)"
        case .started(let id, _): "started \(id.number)"
        case .gone(let id): "gone \(id.number)"
        case .woke(let id): "woke \(id.number)"
        case .superseded(let plan): "superseded by \(plan)"
        case .interrupt: "interrupt"
        }
    }
}

/// The words of a command line without quotes.
func words(_ line: String) -> [String] { line.split(separator: " ").map(String.init) }
