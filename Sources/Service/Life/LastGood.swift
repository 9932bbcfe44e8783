package import Engine
import FoundationEssentials
package import LocalHost

/// The texts of signals.yaml, site.yaml and the release plans when they were last without fault.
///
/// What gives something up, and what only looks, goes on with them while one of these files is at
/// fault; nothing is taken over by them. They lie in the state folder, for root alone, and are
/// written anew whenever a worker leaves that began with other ones.
package struct LastGood: Codable, Sendable {
    /// No pair's folder begins with a dot.
    static let name = ".last-good.json"
    static let limit = 16 << 20

    /// The folder of the plans, by which it is known whose texts they are.
    private let folder: String
    /// When they were kept, ISO 8601 in UTC.
    package let time: String
    private let files: [JournalHeading.Sealed]

    /// Those of an installation's folder; nil when none are kept.
    ///
    /// `site` is what is left of settings at fault: it may still tell the state folder.
    init?(of folder: String, _ site: Site) {
        let folder = FileReader.absolute(folder)
        var places = [StateFolders(site), .usual]
        if places[0] == places[1] { places.removeLast() }
        for place in places {
            guard let bytes = place.kept(Self.name, limit: Self.limit),
                let kept = try? JSONDecoder().decode(Self.self, from: Data(bytes)),
                FileReader.absolute(kept.folder) == folder
            else { continue }
            self = kept
            return
        }
        return nil
    }

    /// Those of an installation; nil for one that is at fault itself.
    package init?(_ installation: Installation) {
        guard installation.outdated == nil else { return nil }
        folder = installation.folder
        time = wallTime(Date.now)
        var sources = installation.sources
        for pair in installation.signals.pairs {
            guard case .success(let sealed) = installation.plan(.release, of: pair) else {
                continue
            }
            for source in sealed.sources where !sources.contains(where: { $0.name == source.name })
            {
                sources.append(source)
            }
        }
        files = sources.map { source in
            JournalHeading.Sealed(
                name: source.name, text: String(decoding: source.bytes, as: UTF8.self))
        }
    }

    /// Keeps the texts, unless they are kept already.
    package func keep(_ site: Site) -> StoreFault? {
        let old = LastGood(of: folder, site)
        if let old, old.files.elementsEqual(files, by: { ($0.name, $0.text) == ($1.name, $1.text) })
        {
            return nil
        }
        return StateFolders(site).keep(Self.name, Array(JSONLines().line(self).utf8))
    }

    /// The release plan at `path` that a person runs, with the settings as they were kept, and the
    /// plan itself too where it is at fault; nil for any other plan, and when nothing is kept.
    package static func release(
        _ path: String, _ site: Site, on platform: Platform?, catalog: Catalog
    ) -> (sealed: SealedPlan, site: Site)? {
        let path = FileReader.absolute(path)
        let folder = "/" + path.split(separator: "/").dropLast().joined(separator: "/")
        guard let kept = LastGood(of: folder, site) else { return nil }
        let reads: [PlanLoader.Read] = [
            { $0 == path ? FileReader.read($0) : kept.read($0) }, kept.read,
        ]
        for read in reads {
            let loaded = PlanLoader.load(path, catalog: catalog, platform: platform, read: read)
            guard let plan = loaded.plan, plan.direction == .release else { continue }
            let sealed = SealedPlan(
                plan, path: path, site: nil, settings: [], sources: loaded.sources,
                remark: "what is told above is at fault; the release runs by the texts of"
                    + " \(kept.time)")
            return (sealed, loaded.site)
        }
        return nil
    }

    /// Reads a kept text; what was not there then is not there.
    ///
    /// A file is the same however a plan or a person spells its path.
    func read(_ path: String) -> Result<[UInt8], PlanLoader.ReadFault>? {
        let path = FileReader.absolute(path)
        return files.first { FileReader.absolute($0.name) == path }
            .map { .success(Array($0.text.utf8)) }
    }
}
