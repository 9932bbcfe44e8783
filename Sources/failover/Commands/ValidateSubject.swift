import Engine
import FoundationEssentials
import LocalHost
import Simulation

/// What a file is that `failover validate` is given.
enum ValidateSubject {
    case signals, plan, testCase, world

    /// What the file at `path` is, by its keys; a plan, where they do not tell.
    init(_ path: String, _ read: PlanLoader.Read) {
        self = .plan
        if Signals.stand(at: path, read: read) {
            self = .signals
            return
        }
        guard case .success(let bytes)? = read(path) else { return }
        var ignored = Diagnostics()
        let text = SourceText(name: path, bytes: bytes)
        let keys = (YAML.read(text, source: 0, &ignored)?.entries ?? []).map(\.key)
        if keys.isEmpty || keys.contains("steps") { return }
        if keys.contains("expect") {
            self = .testCase
        } else if !keys.allSatisfy(Site.keys.contains), keys.allSatisfy(WorldFile.keys.contains) {
            self = .world
        }
    }

    /// A world with its faults, without those that only a plan could mend.
    static func world(
        _ path: String, _ read: PlanLoader.Read
    ) -> (diagnostics: [Diagnostic], source: SourceText) {
        guard case .success(let bytes)? = read(path) else {
            return ([], SourceText(name: path, bytes: []))
        }
        let source = SourceText(name: path, bytes: bytes)
        var found = Diagnostics()
        _ = WorldFile.read(source, &found)
        return (found.all.filter { $0.code != "unknown-name" }, source)
    }

    /// The files that a path means: itself, or those of a folder and of its cases and worlds.
    ///
    /// A site is read with each plan beside it, and so only alone where there is none.
    static func files(at path: String) -> [String] {
        guard let names = names(in: path) else { return [path] }
        let top = path.hasSuffix("/") ? String(path.dropLast()) : path
        let own = names.map { "\(top)/\($0)" }
        let beside = ["cases", "worlds"].flatMap { folder in
            (self.names(in: "\(top)/\(folder)") ?? []).map { "\(top)/\(folder)/\($0)" }
        }
        let hasOthers = own.count > 1 || !beside.isEmpty
        return own.filter { !hasOthers || !$0.hasSuffix("/\(PlanLoader.siteName)") } + beside
    }

    /// The YAML files of a folder in their order; nil when it is none.
    private static func names(in folder: String) -> [String]? {
        try? FileManager.default.contentsOfDirectory(atPath: folder)
            .filter { $0.hasSuffix(".yaml") || $0.hasSuffix(".yml") }.sorted()
    }
}
