public import Engine
public import LocalHost
public import Simulation
import Steps

extension Subject {
    /// Reads a file by its path.
    public typealias Reading = (String) -> Result<[UInt8], PlanLoader.ReadFault>?

    /// The plans of a folder, with two items in each list; nil when they do not load.
    public init?(folder: String, read: @escaping Reading = FileReader.read) {
        let file = FileReader.absolute(folder) + "/\(Signals.fileName)"
        let loaded = Signals.load(
            file, site: nil, catalog: .builtin, platform: .freebsd, read: read)
        guard let rules = loaded.signals?.pairs.first else { return nil }
        let load = { (direction: Plan.Direction, settings: [(name: String, text: String)]) in
            PlanLoader.load(
                rules[direction].plan, site: loaded.sitePath, settings: rules.settings + settings,
                catalog: .builtin, platform: .freebsd, read: read
            ).plan
        }
        guard let full = load(.acquire, []) else { return nil }
        let few = full.parameters.compactMap { parameter -> (name: String, text: String)? in
            guard case .list(let values) = parameter.value, values.count > 2 else { return nil }
            return (parameter.name, values.prefix(2).compactMap(\.text).joined(separator: ","))
        }
        guard let acquire = load(.acquire, few), let release = load(.release, few) else {
            return nil
        }
        self.init(rules, acquire: acquire, release: release)
    }
}
