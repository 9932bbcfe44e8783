import ArgumentParser
import Engine
import LocalHost
import Service
import Steps

/// Where the plans are.
struct FolderOption: ParsableArguments {
    @Option(
        name: .customLong("plans"),
        help: ArgumentHelp(
            """
            The folder with signals.yaml, site.yaml and the plans \
            (default: \(Self.usualFolders)).
            """, valueName: "folder"),
        completion: .directory)
    var folder: String?

    /// The folders where nobody names one, for the help.
    static let usualFolders = Platform.allCases.map {
        "\(Installation.usualFolder(on: $0)) on \($0.name)"
    }.joined(separator: ", ")
}

/// Where the plans are, and which of their pairs is meant.
struct PairOptions: ParsableArguments {
    @OptionGroup var plans: FolderOption
    @Option(help: "The pair, where signals.yaml has several.") var pair: String?

    var folder: String? { plans.folder }
}

/// The system whose tools are used, where it is not that of the host; for tests, in which they are
/// played.
struct PlayedPlatform: ParsableArguments {
    @Option(help: .hidden, transform: PlatformOption.platform) var platform = Platform.local
}

/// The same on this host.
struct InstallationOptions: ParsableArguments {
    @OptionGroup var choice: PairOptions

    @OptionGroup var played: PlayedPlatform

    var platform: Platform { played.platform }
    var folder: String? { choice.folder }
    var pair: String? { choice.pair }

    /// The folder as an absolute path.
    var path: String { Self.path(of: folder) }

    static func path(of folder: String?, on platform: Platform = .local) -> String {
        FileReader.absolute(folder ?? Installation.usualFolder(on: platform))
    }

    /// The installation, or the end of the program with every fault told.
    func load(isJSON: Bool = false) throws -> Installation {
        try Self.load(path, on: platform, isJSON: isJSON)
    }

    /// The same for what concerns a person's runs as well: signals.yaml need not be there, nor the
    /// folder, unless it is named. A caller that tells of a file at fault by itself says so.
    func loadRuns(isJSON: Bool, tellingFault: Bool = true) throws -> Installation {
        if let folder, !FileReader.isFolder(path) {
            throw ValidationError("there is no folder \(printable(folder))")
        }
        return try Self.load(
            path, on: platform, needsSignals: false, isJSON: isJSON, tellingFault: tellingFault)
    }

    /// With a file at fault it is the one that was last without fault, if that is kept: a release,
    /// a hold and all that only looks go on with it.
    static func load(
        _ path: String, on platform: Platform, needsSignals: Bool = true, isJSON: Bool = false,
        tellingFault: Bool = true
    ) throws -> Installation {
        let file = "\(path)/\(Signals.fileName)"
        func load(isNeeded: Bool) -> Signals.Loaded {
            Signals.load(
                file, isNeeded: isNeeded, catalog: .builtin, platform: platform,
                read: FileReader.read)
        }
        func installation(_ loaded: Signals.Loaded) -> Installation? {
            Installation(folder: path, loaded, catalog: .builtin, platform: platform)
        }
        let loaded = load(isNeeded: true)
        let reading = Reading(isJSON: isJSON)
        let installed =
            installation(loaded)
            ?? Installation(lastGoodOf: path, loaded, catalog: .builtin, platform: platform)
            ?? (needsSignals ? nil : installation(load(isNeeded: false)))
        guard var installation = installed else {
            reading.tell(
                loaded.diagnostics.filter { $0.severity == .error }, sources: loaded.sources)
            throw Reading.invalid
        }
        // What was kept lies in the state folder.
        let paths = [path, file] + installation.sources.map(\.name)
        if installation.outdated == nil, let open = Trusted.fault(of: paths) {
            let kept = Installation(
                lastGoodOf: path, loaded, open: open, catalog: .builtin, platform: platform)
            guard let kept else { throw Trusted.refusal(of: paths, isJSON: isJSON) }
            installation = kept
        }
        if let outdated = installation.outdated {
            if tellingFault { Locked.warn(outdated.text) }
            installation.syslog?.send(outdated.text, level: "err")
        }
        return installation
    }
}

extension PairOptions {
    /// The pairs that are meant: the one that is named, else all.
    func pairs(of installation: Installation) throws -> [Signals.Pair] {
        try Self.pairs(pair, of: installation)
    }

    /// The same for a pair that is named elsewhere.
    static func pairs(_ pair: String?, of installation: Installation) throws -> [Signals.Pair] {
        let names = try names(pair, of: installation)
        return installation.signals.pairs.filter { names.contains($0.name) }
    }

    /// The one pair of which something is changed; `line` is what a person wrote without it.
    func onlyPair(of installation: Installation, for line: String) throws -> Signals.Pair {
        let pairs = try pairs(of: installation)
        if pairs.count == 1, let pair = pairs.first { return pair }
        throw Self.several(pairs.map { $0.name }, for: line)
    }

    /// The names of the pairs that are meant, also where no signals.yaml names any.
    func names(of installation: Installation) throws -> [String] {
        try Self.names(pair, of: installation)
    }

    private static func names(_ pair: String?, of installation: Installation) throws -> [String] {
        let names = installation.pairNames
        guard let pair else { return names }
        if names.contains(pair) { return [pair] }
        // Without signals a person names the pair of a run as he likes.
        guard installation.signals.pairs.isEmpty else {
            throw ValidationError(
                "signals.yaml has no pair \(printable(pair)); it has \(listed(names))")
        }
        if installation.folders.know(pair) { return [pair] }
        throw ValidationError(
            "there is no pair \(printable(pair)): no signals.yaml names one, and nothing was run"
                + " as it; a run without signals.yaml is of pair \(listed(names)), or of the one"
                + " behind its --pair")
    }

    /// Checks the name of the pair for which a plan is to run, where signals run it for those of
    /// `names`; where they run it for none, a person names the pair as he likes.
    static func check(_ name: String, among names: [String]) throws {
        guard StateFolders.isPairName(name) else {
            throw ValidationError("--pair takes letters, digits, `_`, `.`, `-`, 64 at most")
        }
        guard let first = names.first, !names.contains(name) else { return }
        let others = names.count > 1 ? "the pairs \(listed(names))" : "pair \(first)"
        throw ValidationError("signals.yaml runs this plan for \(others), not for \(name)")
    }

    /// The name of the one pair of which something is changed.
    func onlyName(of installation: Installation, for line: String) throws -> String {
        let names = try names(of: installation)
        if names.count == 1, let name = names.first { return name }
        throw Self.several(names, for: line)
    }

    /// That a person has to say which of several pairs he means.
    static func several(_ names: [String], for line: String) -> ValidationError {
        ValidationError(
            "signals.yaml has several pairs (\(listed(names))): say which one is meant, as in"
                + " `\(line) --pair \(names.first ?? "NAME")`")
    }
}
