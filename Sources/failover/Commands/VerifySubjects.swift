import ArgumentParser
import Engine
import LocalHost
import Service
import Simulation
import Steps

/// What `verify` plays: the plans of one pair, as they are and with two items in each list.
struct VerifySubjects {
    /// With the lists as the site has them.
    let full: Subject
    /// With two items in each list: what goes for two of a kind goes for more.
    let small: Subject
    /// The lists that are longer than two: `disks (10)`.
    let shortened: [String]
    /// What the plans rely on and the simulation takes for granted.
    let granted: [Grant]

    /// Something that is taken for granted, and where it stands.
    struct Grant {
        let what: String
        let how: String
        let file: String
        let line: Int?
    }

    init(folder: String, pair name: String?, platform: Platform?, isJSON: Bool) throws {
        let reading = Reading(isJSON: isJSON)
        let file = FileReader.absolute(folder) + "/\(Signals.fileName)"
        let loaded = Signals.load(
            file, site: nil, catalog: .builtin, platform: platform, read: FileReader.read)
        var told = Told()
        reading.tell(
            loaded.diagnostics.filter { told.isNew($0, loaded.sources) }, sources: loaded.sources)
        guard let signals = loaded.signals else { throw Reading.invalid }
        let rules = try Self.pair(name, of: signals, in: folder)
        let load = { (direction: Plan.Direction, shorter: [(name: String, text: String)]) in
            Self.load(direction, of: rules, shorter: shorter, loaded, platform)
        }
        let acquire = load(.acquire, [])
        let release = load(.release, [])
        for plan in [acquire, release] {
            let new = plan.diagnostics.filter { told.isNew($0, plan.sources) }
            reading.tell(new, sources: plan.sources)
        }
        guard let first = acquire.plan, let second = release.plan else { throw Reading.invalid }
        full = Subject(rules, acquire: first, release: second)
        let files = (acquire: acquire.sources, release: release.sources, signals: file)
        granted = try Self.grants(full.unknowns, files, reading).map { grant in
            // As the folder was named, and not from the root.
            let name = grant.file.dropFirst(FileReader.absolute(folder).count)
            return Grant(
                what: grant.what, how: grant.how, file: folder.withoutSlash + name,
                line: grant.line)
        }
        let longer = first.parameters.compactMap(\.shorter)
        guard !longer.isEmpty, let few = load(.acquire, longer.map(\.setting)).plan,
            let fewBack = load(.release, longer.map(\.setting)).plan
        else {
            small = full
            shortened = []
            return
        }
        let shorter = Subject(rules, acquire: few, release: fewBack)
        // Plans that write out what a list has must be played with all of it.
        guard !shorter.unknowns.contains(where: \.isRefused) else {
            small = full
            shortened = []
            return
        }
        small = shorter
        shortened = longer.map { "\($0.setting.name) (\($0.count))" }
    }

    /// A plan with the settings of its pair, some lists of which are cut short.
    private static func load(
        _ direction: Plan.Direction, of pair: Signals.Pair,
        shorter: [(name: String, text: String)], _ loaded: Signals.Loaded, _ platform: Platform?
    ) -> PlanLoader.Loaded {
        let whole = pair.settings.filter { own in !shorter.contains { $0.name == own.name } }
        return PlanLoader.load(
            pair[direction].plan, site: loaded.sitePath, settings: whole + shorter,
            catalog: .builtin, platform: platform, read: FileReader.read)
    }

    private static func pair(
        _ name: String?, of signals: Signals, in folder: String
    ) throws -> Signals.Pair {
        let names = signals.pairs.map { $0.name }
        if let name {
            guard let pair = signals.pair(named: name) else {
                throw ValidationError(
                    "signals.yaml has no pair \(printable(name)); it has \(listed(names))")
            }
            return pair
        }
        guard signals.pairs.count == 1, let pair = signals.pairs.first else {
            throw PairOptions.several(names, for: "failover verify \(shellQuoted(folder))")
        }
        return pair
    }

    // MARK: - What the simulation does not know

    private typealias Files = (acquire: [SourceText], release: [SourceText], signals: String)

    /// What can be taken for granted; the end of the program where something cannot.
    private static func grants(
        _ unknowns: [Unknown], _ files: Files, _ reading: Reading
    ) throws -> [Grant] {
        var grants: [Grant] = []
        var isRefused = false
        for unknown in unknowns {
            let sources = unknown.direction.map { $0 == .acquire ? files.acquire : files.release }
            switch unknown.use {
            case .granted(let how):
                let source = sources?.indices.contains(unknown.span?.source ?? 0) == true
                let file = source ? sources?[unknown.span?.source ?? 0].name : nil
                grants.append(
                    Grant(
                        what: unknown.what, how: how, file: file ?? files.signals,
                        line: unknown.span?.line))
            case .refused(let why):
                isRefused = true
                reading.tell([refusal(of: unknown, why)], sources: sources ?? [])
            }
        }
        if isRefused { throw Reading.invalid }
        return grants
    }

    private static func refusal(of unknown: Unknown, _ why: String) -> Diagnostic {
        let place = unknown.direction.map { "the \($0.rawValue) plan" } ?? Signals.fileName
        return Diagnostic(
            code: "not-simulated",
            "\(place) relies on \(unknown.what), which the simulation does not know",
            at: unknown.span,
            note: "\(why); a verdict without it would be a guess",
            help: "the simulated pair is named by the parameters of the acquire plan (`disks`,"
                + " `pool`, `interface`, `vhid`; on Linux `resources`, `devices`, `pool`,"
                + " `volumes`, `interface`, `address`, `track-file`): use these, or try the step by"
                + " `failover run --simulate --world FILE`")
    }
}

extension String {
    fileprivate var withoutSlash: String { last == "/" && count > 1 ? String(dropLast()) : self }
}

extension Plan.Parameter {
    /// The setting by which a longer list has two items, and how many it has.
    fileprivate var shorter: (setting: (name: String, text: String), count: Int)? {
        guard case .list(let values) = value, values.count > 2 else { return nil }
        return ((name, values.prefix(2).compactMap(\.text).joined(separator: ",")), values.count)
    }
}
