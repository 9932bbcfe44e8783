import ArgumentParser
import Engine
import LocalHost
import Service

/// `failover validate PLAN…`.
struct ValidateCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "validate",
        abstract: "Find every fault of plans, without looking at any host.",
        discussion: """
            Reads each plan as a run would, with its counterpart and the site's settings, and \
            tells all faults at once: what is wrong, where, why it matters, what to write.

              failover validate plans/become-master.yaml
              failover validate plans/*-master.yaml --set pool=backup
              failover validate plans/become-slave.yaml --json | jq .message
              failover validate plans/signals.yaml

            Of a signals.yaml, both plans of each pair are read as well, with the pair's settings.

            Exits with 0 when all plans can run (warnings aside), with 65 when one cannot; with \
            --strict a plan that is warned of counts as one. `failover explain CODE` tells what a \
            warning means, and a plan that means it says `allow: [CODE]`.
            """)

    @Argument(
        help: "The files of plans, or of signals.", completion: .file(extensions: ["yaml", "yml"]))
    var plans: [String]

    @Flag(help: "Let warnings count: exit with 65 when there is one.") var strict = false
    @OptionGroup var settings: SettingOptions
    @OptionGroup var platform: PlatformOption
    @OptionGroup var display: DisplayOptions

    func run() throws {
        let reading = Reading(isJSON: display.json)
        var output = Console.standardOutput()
        var areValid = true
        var told = Told()
        for path in plans {
            if Signals.stand(at: path, read: FileReader.read) {
                let check = SignalsCheck(
                    path: path, settings: settings, platform: platform.value, reading: reading,
                    isStrict: strict)
                if try !check.isValid(&told, &output) { areValid = false }
                continue
            }
            let loaded = settings.load(path, for: platform.value)
            let new = loaded.diagnostics.filter { told.isNew($0, loaded.sources) }
            reading.tell(new, sources: loaded.sources)
            if let plan = loaded.plan, !strict || loaded.diagnostics.isEmpty {
                let form = PlanForm(plan, file: path)
                output.write(display.json ? JSONLines().line(form) : form.sentence + "\n")
            } else {
                areValid = false
                if new.isEmpty || loaded.plan != nil { reading.tellFaulty(path) }
            }
        }
        if !areValid { throw Reading.invalid }
    }
}

/// A plan that can run, in short.
struct PlanForm: Encodable {
    let file: String
    let valid = true
    let plan: String
    let direction: String?
    let counterpart: String?
    let steps: Int
    let digest: String

    init(_ plan: Plan, file: String) {
        self.file = file
        self.plan = plan.name
        direction = plan.direction?.rawValue
        counterpart = plan.counterpart?.name
        steps = plan.steps(from: plan.steps).count
        digest = plan.digest
    }

    /// The same for a person.
    var sentence: String {
        let direction = direction.map { ", \($0)s" } ?? ""
        let counterpart = counterpart.map { ", counterpart \($0)" } ?? ""
        return printable("\(file): valid (\(counted(steps, "step"))\(direction)\(counterpart))")
    }
}
