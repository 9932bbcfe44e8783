import ArgumentParser
import Engine
import LocalHost
import Service
import Simulation
import Steps

/// `failover validate PLAN…`.
struct ValidateCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "validate",
        abstract: "Find every fault of plans, signals, cases and worlds; looks at no host.",
        discussion: """
            Reads each plan as a run would, with its counterpart and the site's settings, and \
            tells all faults at once: what is wrong, where, why it matters, what to write.

              failover validate plans/become-master.yaml
              failover validate plans/*-master.yaml --set pool=backup
              failover validate plans/become-slave.yaml --json | jq .message
              failover validate plans/signals.yaml
              failover validate plans                   all plans, cases, worlds
              generate-plan | failover validate -

            Of a signals.yaml, both plans of each pair are read as well, with the pair's settings; \
            a plan that runs for pairs of a signals.yaml beside it is read with those of each. \
            Of a folder, its plans are read, and the cases and worlds in `cases` and `worlds`. \
            Relative paths in a plan from standard input start at the current folder.

            Exits with 0 when all plans can run (warnings aside), with 65 when one cannot; with \
            --strict a plan that is warned of counts as one. `failover explain CODE` tells what a \
            warning means, and a plan that means it says `allow: [CODE]`.
            """)

    @Argument(
        help: "The files, folders with plans, or `-` for standard input.",
        completion: .file(extensions: ["yaml", "yml"]))
    var plans: [String]

    @Flag(help: "Let warnings count: exit with 65 when there is one.") var strict = false
    @OptionGroup var settings: SettingOptions
    @OptionGroup var platform: PlatformOption
    @OptionGroup var display: DisplayOptions

    func run() throws {
        let reading = Reading(isJSON: display.json)
        var output = Console.standardOutput(forPrograms: display.json)
        var told = Told()
        let input = plans.contains("-") ? FileReader.standardInput() : nil
        let read: PlanLoader.Read = { $0 == "-" ? input : FileReader.read($0) }
        var areValid = true
        for path in plans {
            let files = ValidateSubject.files(at: path)
            if files.isEmpty {
                _ = reading.fault("there is no file *.yaml in \(path), so nothing was read")
                areValid = false
            }
            for file in files where try !isValid(file, read, reading, &told, &output) {
                areValid = false
            }
        }
        if !areValid { throw Reading.invalid }
    }

    private func isValid(
        _ path: String, _ read: @escaping PlanLoader.Read, _ reading: Reading, _ told: inout Told,
        _ output: inout Console
    ) throws -> Bool {
        let form: FileForm?
        let diagnostics: [Diagnostic]
        let sources: [SourceText]
        switch ValidateSubject(path, read) {
        case .signals:
            let check = SignalsCheck(
                path: path, settings: settings, platform: platform.value, reading: reading,
                isStrict: strict, read: read)
            return try check.isValid(&told, &output)
        case .plan:
            return isValidPlan(path, read, reading, &told, &output)
        case .testCase:
            let loaded = CaseFile.load(
                path, site: settings.site, catalog: .builtin, platform: platform.value, read: read)
            (diagnostics, sources) = (loaded.diagnostics, loaded.sources)
            form = loaded.testCase.map { _ in .other(OtherForm(file: path, kind: "case")) }
        case .world:
            let loaded = ValidateSubject.world(path, read)
            (diagnostics, sources) = (loaded.diagnostics, [loaded.source])
            let isSound = !diagnostics.contains { $0.severity == .error }
            form = isSound ? .other(OtherForm(file: path, kind: "world")) : nil
        }
        return tell(path, form, [(diagnostics, sources)], reading, &told, &output)
    }

    /// A plan, as it is run: with the settings of each pair of signals.yaml for which it runs.
    private func isValidPlan(
        _ path: String, _ read: @escaping PlanLoader.Read, _ reading: Reading, _ told: inout Told,
        _ output: inout Console
    ) -> Bool {
        let pairs = settings.pairs(running: path, on: platform.value, read: read)
        let own = pairs.map { SettingOptions.settings(of: $0, for: path, read: read) }
        let all = (own.isEmpty ? [[]] : own).map { own in
            var settings = settings
            settings.add(own)
            return settings.load(path, for: platform.value, read: read)
        }
        let plans = all.compactMap(\.plan)
        let form = plans.count == all.count ? plans.first.map { PlanForm($0, file: path) } : nil
        return tell(
            path, form.map { .plan($0) }, all.map { ($0.diagnostics, $0.sources) }, reading, &told,
            &output)
    }

    /// Tells what is new, and whether the file is valid: its form is there then.
    private func tell(
        _ path: String, _ form: FileForm?, _ found: [([Diagnostic], [SourceText])],
        _ reading: Reading, _ told: inout Told, _ output: inout Console
    ) -> Bool {
        var isNew = false
        for (diagnostics, sources) in found {
            let new = diagnostics.filter { told.isNew($0, sources) }
            reading.tell(new, sources: sources)
            isNew = isNew || !new.isEmpty
        }
        guard let form, !strict || found.allSatisfy(\.0.isEmpty) else {
            if !isNew || form != nil { reading.tellFaulty(path) }
            return false
        }
        output.write(form.line(isJSON: display.json))
        return true
    }
}

/// A file without a fault, in short.
enum FileForm {
    case plan(PlanForm)
    case other(OtherForm)

    func line(isJSON: Bool) -> String {
        switch self {
        case .plan(let form): isJSON ? JSONLines().line(form) : form.sentence + "\n"
        case .other(let form): isJSON ? JSONLines().line(form) : form.sentence + "\n"
        }
    }
}

/// A case or a world without a fault, in short.
struct OtherForm: Encodable {
    let file: String
    let valid = true
    let kind: String

    /// The same for a person.
    var sentence: String { printable("\(file): valid (a \(kind))") }
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
