import ArgumentParser
import Engine
import LocalHost
import Service
import Steps

/// Where the plans of this host are, and which of its pairs is meant.
struct InstallationOptions: ParsableArguments {
    @Option(
        name: .customLong("plans"),
        help: ArgumentHelp(
            """
            The folder with signals.yaml, site.yaml and the plans (default: \
            \(Installation.usualFolder(on: .local))).
            """, valueName: "folder"),
        completion: .directory)
    var folder: String?

    @Option(help: "The pair, where signals.yaml has several.") var pair: String?

    /// The tools of another system; for tests, in which they are played.
    @Option(
        help: ArgumentHelp(visibility: .hidden),
        transform: { text in
            guard let platform = Platform(rawValue: text) else {
                throw ValidationError("no platform is named \(text)")
            }
            return platform
        })
    var platform = Platform.local

    /// The folder as an absolute path.
    var path: String { Self.path(of: folder) }

    static func path(of folder: String?) -> String {
        FileReader.absolute(folder ?? Installation.usualFolder(on: .local))
    }

    /// The installation, or the end of the program with every fault told.
    func load(isJSON: Bool = false) throws -> Installation {
        try Self.load(path, on: platform, isJSON: isJSON)
    }

    /// With a file at fault it is the one that was last without fault, if that is kept: a release,
    /// a hold and all that only looks go on with it.
    static func load(
        _ path: String, on platform: Platform, isJSON: Bool = false
    ) throws -> Installation {
        let file = "\(path)/\(Signals.fileName)"
        let loaded = Signals.load(
            file, site: nil, catalog: .builtin, platform: platform, read: FileReader.read)
        let reading = Reading(isJSON: isJSON)
        let installation =
            Installation(folder: path, loaded, catalog: .builtin, platform: platform)
            ?? Installation(lastGoodOf: path, loaded, catalog: .builtin, platform: platform)
        guard let installation else {
            reading.tell(
                loaded.diagnostics.filter { $0.severity == .error }, sources: loaded.sources)
            throw Reading.invalid
        }
        try Trusted.check([path, file] + loaded.sources.map(\.name), isJSON: isJSON)
        if let outdated = installation.outdated {
            Locked.warn(outdated.text)
            installation.syslog?.send(outdated.text, level: "err")
        }
        return installation
    }

    /// The pairs that are meant: the one that is named, else all.
    func pairs(of installation: Installation) throws -> [Signals.Pair] {
        guard let name = pair else { return installation.signals.pairs }
        let named = installation.signals.pairs.filter { $0.name == name }
        guard named.isEmpty else { return named }
        let names = listed(installation.signals.pairs.map { $0.name })
        throw ValidationError("signals.yaml has no pair \(name); it has \(names)")
    }

    /// The one pair that is meant.
    func onlyPair(of installation: Installation) throws -> Signals.Pair {
        let pairs = try pairs(of: installation)
        if pairs.count == 1, let pair = pairs.first { return pair }
        let names = listed(pairs.map { $0.name })
        throw ValidationError("signals.yaml has several pairs: say which by --pair (\(names))")
    }
}
