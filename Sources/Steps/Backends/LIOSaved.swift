import Engine
import FoundationEssentials

/// What `targetctl restore` is to set up: the saved configuration of rtslib, of which the kernel's
/// own tree shows only what came of it (rtslib/root.py, `_get_saveconf` and `save_to_file`).
struct LIOSaved {
    /// The units of each portal group, by the target's name and the group's: `tpgt_1`.
    private(set) var units: [(target: String, group: String, count: Int)] = []

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
            for target in file.targets where target.fabric == "iscsi" {
                for group in target.tpgs ?? [] {
                    units.append((target.wwn, "tpgt_\(group.tag)", group.luns?.count ?? 0))
                }
            }
            return
        }
        return nil
    }

    private struct File: Decodable {
        let targets: [Target]
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

    private struct Unit: Decodable {}
}
