import Engine
import FoundationEssentials

/// What `targetctl restore` is to set up: the saved configuration of rtslib, of which the kernel's
/// own tree shows only what came of it (rtslib/root.py, `_get_saveconf` and `save_to_file`).
struct LIOSaved {
    /// The units of each portal group, by the target's name and the group's: `tpgt_1`.
    private(set) var units: [(target: String, group: String, count: Int)] = []
    /// The file that says so.
    let path: String
    /// The storage object of each unit, by the target's name.
    private var objects: [(target: String, object: Object)] = []
    /// All storage objects.
    private var stored: [Object] = []

    /// A storage object: `/backstores/block/disk0`.
    struct Object: Hashable {
        let folder: String
        let name: String

        var text: String { "\(folder)/\(name)" }
    }

    /// A storage object, and one of another kind that has its name.
    struct Namesakes {
        let object: Object
        let other: String

        var text: String {
            "\(object.text) and \(other) have one name, by which alone targetcli sets one up: give"
                + " them two names"
        }
    }

    /// Where targetctl looks when it is told no file: Debian's place, and that of the others.
    private static let places = [
        "/etc/rtslib-fb-target/saveconfig.json", "/etc/target/saveconfig.json",
    ]

    /// What to look at.
    static func queries(_ config: String?) -> [Query] {
        (config.map { [$0] } ?? places).map { .text($0) }
    }

    /// The first file that is there; nil without one, or where it cannot be read: nobody can tell
    /// then what is to be served, and the next place may have an old one.
    init?(_ answers: Answers, config: String?) {
        for query in Self.queries(config) {
            guard case .text(let found) = answers[query] else { return nil }
            guard let bytes = found else { continue }
            guard let file = try? JSONDecoder().decode(File.self, from: Data(bytes)) else {
                return nil
            }
            guard case .text(let path) = query else { return nil }
            self.path = path
            stored = (file.storageObjects ?? []).map { Object(folder: $0.plugin, name: $0.name) }
            for target in file.targets where target.fabric == "iscsi" {
                for group in target.tpgs ?? [] {
                    objects += (group.luns ?? []).compactMap(\.object).map { (target.wwn, $0) }
                    units.append((target.wwn, "tpgt_\(group.tag)", group.luns?.count ?? 0))
                }
            }
            return
        }
        return nil
    }

    /// What the units of these targets lie on, each once.
    func objects(of targets: [String]) -> [Object] {
        objects.filter { targets.contains($0.target) }.map(\.object).uniqued
    }

    /// What those of all others lie on.
    func objects(ofOthersThan targets: [String]) -> [Object] {
        objects.filter { !targets.contains($0.target) }.map(\.object).uniqued
    }

    /// This storage object, and a saved one of another kind that has its name.
    func namesakes(of object: Object) -> Namesakes? {
        stored.first { $0.name == object.name && $0 != object }.map {
            Namesakes(object: object, other: $0.text)
        }
    }

    private struct File: Decodable {
        let targets: [Target]
        let storageObjects: [Stored]?

        private enum CodingKeys: String, CodingKey {
            case targets
            case storageObjects = "storage_objects"
        }
    }

    private struct Stored: Decodable {
        let plugin: String
        let name: String
    }

    private struct Target: Decodable {
        let fabric: String
        let wwn: String
        let tpgs: [Group]?
    }

    private struct Group: Decodable {
        let tag: Int
        let luns: [Unit]?
    }

    private struct Unit: Decodable {
        let storage: String?

        private enum CodingKeys: String, CodingKey { case storage = "storage_object" }

        var object: Object? {
            let parts = (storage ?? "").split(separator: "/").map(String.init)
            guard parts.count == 3, parts[0] == "backstores" else { return nil }
            return Object(folder: parts[1], name: parts[2])
        }
    }
}

extension [LIOSaved.Object] {
    /// Each of them once, in their order.
    fileprivate var uniqued: Self {
        var seen: Set<LIOSaved.Object> = []
        return filter { seen.insert($0).inserted }
    }
}
