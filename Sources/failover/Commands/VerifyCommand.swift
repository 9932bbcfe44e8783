import ArgumentParser
import Engine
import LocalHost
import Service
import Simulation
import Steps

/// `failover verify FOLDER`.
struct VerifyCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify",
        abstract: "Try every fault, at every moment, on a simulated pair; show how data is lost.",
        discussion: """
            Plays both nodes in memory, with their plans, signals, locks and journals: each \
            scenario as it is, then with each mishap at each piece of work of both nodes. It tells \
            whether the plans come through, and if not, the shortest story of how they do not.

              failover verify plans/
              failover verify plans/ --assume no-partition
              failover verify plans/ --scenario master-dies --long
              failover verify plans/ --for 10m --seed 42
              failover verify plans/ --story 'master-dies b17:power-cut'

            Exits with 0 when all stories end well, with 1 when one does not, with 2 when they do \
            under what --assume takes for granted; with 65 when the plans are at fault.
            """)

    @Argument(
        help: "The folder with signals.yaml, site.yaml and the plans.", completion: .directory)
    var folder: String

    @Option(help: "The pair, where signals.yaml has several.") var pair: String?

    @Option(
        name: .customLong("scenario"),
        help: ArgumentHelp("Only this scenario; may be repeated.", valueName: "name"),
        transform: VerifyCommand.scenario)
    var scenarios: [Scenario] = []

    @Option(
        name: .customLong("assume"),
        help: ArgumentHelp(
            "Take for granted: no-partition, arbiter; may be repeated.", valueName: "what"),
        transform: VerifyCommand.assumption)
    var assumptions: [Assumption] = []

    @Flag(help: "Also pairs of mishaps, and more orders of parallel branches.") var long = false

    @Option(
        name: .customLong("for"),
        help: ArgumentHelp("Then play at random for so long, e.g. 10m.", valueName: "duration"))
    var time: String?

    @Option(help: "The seed of what is played at random.") var seed: UInt64 = 1

    @Option(help: ArgumentHelp("Play one story and show it.", valueName: "words"))
    var story: String?

    @OptionGroup var platform: PlatformOption
    @OptionGroup var display: DisplayOptions

    private static func scenario(_ text: String) throws -> Scenario {
        if let scenario = Scenario(rawValue: text) { return scenario }
        let names = Scenario.allCases.map { "  \($0.rawValue): \($0.sentence)" }
        throw ValidationError(
            "no scenario is named \(text); there are\n" + names.joined(separator: "\n"))
    }

    private static func assumption(_ text: String) throws -> Assumption {
        if let assumption = Assumption(rawValue: text) { return assumption }
        throw ValidationError(
            "nothing is called \(text) that could be assumed; there are \(listed(Assumption.allCases.map(\.rawValue)))"
        )
    }

    func run() throws {
        let subjects = try VerifySubjects(
            folder: folder, pair: pair, platform: platform.value, isJSON: display.json)
        var output = Console.standardOutput()
        if let story {
            do {
                let retelling = Retelling(subjects.small, try Story(parsing: story))
                let style = DisplayOptions.style(for: output)
                let lines = StoryTimeline(retelling.account, style: style).lines()
                output.write(lines.joined(separator: "\n") + "\n")
                guard retelling.breaches.isEmpty else { throw ExitCode(1) }
            } catch let fault as Story.Fault {
                throw ValidationError(fault.why)
            }
            return
        }
        var scope = Verifier.Scope()
        if !scenarios.isEmpty { scope.scenarios = scenarios }
        scope.assumptions = assumptions
        var verifier = Verifier(subjects.small, scope)
        verifier.playAll()
        let judgement = verifier.judgement
        let text = JudgementText(
            judgement: judgement, subject: subjects.small, folder: folder,
            style: DisplayOptions.style(for: output))
        output.write(text.text())
        guard judgement.faults.isEmpty else { throw ExitCode(1) }
        if !assumptions.isEmpty { throw ExitCode(2) }
    }
}
