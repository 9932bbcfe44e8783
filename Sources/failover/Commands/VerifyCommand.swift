import ArgumentParser
import Engine
import LocalHost
import Service
import Simulation

/// `failover verify FOLDER`.
struct VerifyCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify",
        abstract: "Try every fault, at every moment, on a simulated pair; show how data is lost.",
        discussion: """
            Plays both nodes in memory, with their plans, signals, locks and journals: each \
            scenario as it is, then with each mishap at each piece of work of both nodes. It tells \
            whether the plans come through, and if not, the shortest story of how they do not. \
            Nothing of this machine is touched.

              failover verify plans/
              failover verify plans/ --assume no-partition
              failover verify plans/ --scenario master-dies --long
              failover verify plans/ --for 10m --seed 42
              failover verify plans/ --html verdict.html
              failover verify plans/ --story 'master-dies b17:power-cut'

            EXIT CODES
              0   all stories end well
              1   a story ends badly
              2   all end well under what --assume takes for granted
              64  bad usage
              65  the plans are at fault, or rely on what cannot be simulated
            """)

    @Argument(
        help: "The folder with signals.yaml, site.yaml and the plans.", completion: .directory)
    var folder: String

    @Option(help: "The pair, where signals.yaml has several.") var pair: String?

    @OptionGroup var stories: StoryOptions

    @Option(
        help: ArgumentHelp("Play one story and tell it line by line.", valueName: "words"))
    var story: String?

    @Flag(help: "Play lists as long as they are; else two items of each stand for all.")
    var full = false

    @Option(
        help: ArgumentHelp(
            "Write the verdict as a page, to a new file or in place of an earlier page.",
            valueName: "file"),
        completion: .file(extensions: ["html"]))
    var html: String?

    @OptionGroup var platform: PlatformOption
    @OptionGroup var display: DisplayOptions

    func validate() throws {
        guard story != nil else { return }
        guard html == nil, !stories.areGiven else {
            throw ValidationError(
                "--story plays one story: --html, --scenario, --long, --quick, --for, --stories"
                    + " and --seed do not go with it")
        }
    }

    func run() throws {
        // What is wrong with the words is told before anything of the plans.
        let words = try story.map(read)
        if let fault = page?.fault { throw refused(fault) }
        let scope = try stories.scope()
        let chance = try stories.chance()
        let subjects = try VerifySubjects(
            folder: folder, pair: pair, platform: platform.value, isJSON: display.json)
        if let words { return try tell(words, subjects) }
        let verification = Verification(
            subjects: subjects, isFull: full, scope: scope, chance: chance, call: call)
        let verdict = verification.play()
        var output = Console.standardOutput(forPrograms: display.json)
        if display.json {
            let lines = JSONLines()
            RulingForm(verdict).write { output.write(lines.line($0)) }
        } else {
            let style = DisplayOptions.style(for: output)
            output.write(RulingText(verdict: verdict, style: style).text())
        }
        if let fault = page?.write(Array(RulingPage(verdict: verdict, folder: folder).text().utf8))
        {
            throw refused(fault)
        }
        if verdict.exitCode != 0 { throw ExitCode(verdict.exitCode) }
    }

    /// How the program was called, as far as it decides what is played.
    private var call: String {
        let pair = pair.map { " --pair \(shellQuoted($0))" } ?? ""
        let system = platform.value.map { " --platform \($0.rawValue)" } ?? ""
        let assumed = stories.assumptions.filter(\.changesStories)
            .map { " --assume \($0.rawValue)" }.joined()
        return "failover verify \(shellQuoted(folder))\(pair)\(system)\(assumed)"
            + (full ? " --full" : "")
    }

    private func read(_ words: String) throws -> Story {
        let story: Story
        do { story = try Story(parsing: words) } catch { throw ValidationError(error.why) }
        if let assumption = story.scenario.excludedBy, stories.assumptions.contains(assumption) {
            throw ValidationError(
                "\(story.scenario.rawValue) cannot happen where \(assumption.rawValue) is taken"
                    + " for granted: leave that out to play it")
        }
        return story
    }

    private func tell(_ story: Story, _ subjects: VerifySubjects) throws {
        let retelling = Retelling(
            full ? subjects.full : subjects.small, story, assuming: stories.assumptions)
        var output = Console.standardOutput(forPrograms: display.json)
        if display.json {
            output.write(JSONLines().line(StoryForm(retelling)))
        } else {
            let view = RetellingText(retelling: retelling, granted: subjects.granted)
            output.write(view.text(style: DisplayOptions.style(for: output)))
        }
        if !retelling.endsWell { throw ExitCode(1) }
    }

    private var page: OutputFile? { html.map { OutputFile($0, mark: RulingPage.mark) } }

    private func refused(_ fault: StoreFault) -> ExitCode {
        Locked.warn(fault.why)
        return ExitCode(64)
    }
}
