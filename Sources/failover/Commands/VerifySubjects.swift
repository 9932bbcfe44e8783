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

    init(folder: String, pair name: String?, platform: Platform, isJSON: Bool) throws {
        let reading = Reading(isJSON: isJSON)
        let file = FileReader.absolute(folder) + "/\(Signals.fileName)"
        let loaded = Signals.load(
            file, site: nil, catalog: .builtin, platform: platform, read: FileReader.read)
        reading.tell(loaded.diagnostics, sources: loaded.sources)
        guard let signals = loaded.signals else { throw Reading.invalid }
        let named = name.map { name in signals.pairs.filter { $0.name == name } } ?? signals.pairs
        guard named.count == 1, let rules = named.first else {
            let names = listed(signals.pairs.map { $0.name })
            throw ValidationError("say which pair is meant by --pair (\(names))")
        }
        let load = { (direction: Plan.Direction, settings: [(name: String, text: String)]) in
            PlanLoader.load(
                rules[direction].plan, site: loaded.sitePath, settings: rules.settings + settings,
                catalog: .builtin, platform: platform, read: FileReader.read)
        }
        let acquire = load(.acquire, [])
        let release = load(.release, [])
        for plan in [acquire, release] { reading.tell(plan.diagnostics, sources: plan.sources) }
        guard let first = acquire.plan, let second = release.plan else { throw Reading.invalid }
        full = Subject(rules, acquire: first, release: second)
        let shorter = first.parameters.compactMap(\.shorter)
        guard let few = load(.acquire, shorter).plan, let fewBack = load(.release, shorter).plan
        else {
            small = full
            return
        }
        small = Subject(rules, acquire: few, release: fewBack)
    }
}

extension Plan.Parameter {
    /// The setting by which a longer list has two items.
    fileprivate var shorter: (name: String, text: String)? {
        guard case .list(let values) = value, values.count > 2 else { return nil }
        return (name, values.prefix(2).compactMap(\.text).joined(separator: ","))
    }
}
