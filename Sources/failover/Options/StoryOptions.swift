import ArgumentParser
import Engine
import Service
import Simulation

/// Which stories `verify` plays.
struct StoryOptions: ParsableArguments {
    @Option(
        name: .customLong("scenario"),
        help: ArgumentHelp("Only this scenario; may be repeated.", valueName: "name"),
        completion: .list(Scenario.allCases.map(\.rawValue)),
        transform: StoryOptions.scenario)
    var scenarios: [Scenario] = []

    @Option(
        name: .customLong("assume"),
        help: ArgumentHelp(
            "Take for granted: \(listed(Assumption.allCases.map(\.rawValue))); may be repeated.",
            valueName: "what"),
        completion: .list(Assumption.allCases.map(\.rawValue)),
        transform: StoryOptions.assumption)
    var assumptions: [Assumption] = []

    @Flag(help: "Only each scenario as it is, without a mishap.") var quick = false

    @Flag(help: "Also each pair of mishaps, and three slow commands: hours, not seconds.")
    var long = false

    @Option(
        name: .customLong("for"),
        help: ArgumentHelp("Then play at random for so long, e.g. 10m.", valueName: "duration"))
    var time: String?

    @Option(
        name: .customLong("stories"),
        help: ArgumentHelp("Then play so many at random, at most.", valueName: "count"))
    var count: Int?

    @Option(help: "The seed of what is played at random (default: 1).") var seed: UInt64?

    /// Whether anything is said of which stories to play.
    var areGiven: Bool {
        !scenarios.isEmpty || quick || long || time != nil || count != nil || seed != nil
    }

    private static func scenario(_ text: String) throws -> Scenario {
        if let scenario = Scenario(rawValue: text) { return scenario }
        let width = Scenario.allCases.map(\.rawValue.count).max() ?? 0
        let names = Scenario.allCases.map {
            "  \($0.rawValue.padded(to: width))  \($0.sentence)"
        }
        throw ValidationError(
            "no scenario is named \(text); there are\n" + names.joined(separator: "\n"))
    }

    private static func assumption(_ text: String) throws -> Assumption {
        if let assumption = Assumption(rawValue: text) { return assumption }
        let width = Assumption.allCases.map(\.rawValue.count).max() ?? 0
        let names = Assumption.allCases.map {
            "  \($0.rawValue.padded(to: width))  \($0.sentence)"
        }
        throw ValidationError(
            "nothing that could be assumed is named \(text); there are\n"
                + names.joined(separator: "\n"))
    }

    /// The scenarios, the mishaps and what is assumed.
    func scope() throws -> Verifier.Scope {
        guard !quick || !long else {
            throw ValidationError("--quick plays no mishap and --long pairs of them: say one")
        }
        var scope = Verifier.Scope()
        if !scenarios.isEmpty {
            scope.scenarios = Scenario.allCases.filter(scenarios.contains)
        }
        scope.assumptions = Assumption.allCases.filter(assumptions.contains)
        scope.depth = quick ? 0 : long ? 2 : 1
        scope.delays = long ? 3 : 2
        guard !Verification.scenarios(of: scope).isEmpty else {
            let names = listed(scope.scenarios.map(\.rawValue))
            let given = listed(scope.assumptions.map(\.rawValue))
            throw ValidationError(
                "nothing is left to play: \(names) cannot happen where \(given) is taken for"
                    + " granted")
        }
        return scope
    }

    /// What is played at random; nil for nothing.
    func chance() throws -> Verification.Chance? {
        let duration = try time.map { text in
            guard let duration = Duration(authored: text), duration > .zero else {
                throw ValidationError("`\(text)` is no time; write for example 30s, 10m or 2h")
            }
            return duration
        }
        if let count, count < 1 {
            throw ValidationError("--stories takes a number from 1, and \(count) is none")
        }
        guard duration != nil || count != nil else {
            guard seed == nil else {
                throw ValidationError(
                    "--seed is of what is played at random: say how long by --for, or how much by"
                        + " --stories")
            }
            return nil
        }
        return Verification.Chance(seed: seed ?? 1, time: duration, count: count)
    }
}
