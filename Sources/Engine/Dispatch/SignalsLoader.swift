extension Signals {
    /// What a load came to.
    public struct Loaded {
        /// The signals; nil when any diagnostic is an error.
        public let signals: Signals?
        /// The site's settings.
        public let site: Site
        /// The path of the site's settings; nil when there are none.
        public let sitePath: String?
        /// The system whose tools the conditions use.
        public let platform: Platform
        /// All faults, in the order of the files and lines.
        public let diagnostics: [Diagnostic]
        /// The files that were read, by which a diagnostic finds its excerpt.
        public let sources: [SourceText]
    }

    /// How many pairs a file may have.
    public static let pairLimit = 64
    /// How many matches or conditions a rule may have.
    public static let itemLimit = 256

    /// Reads the file at `path` and the site's settings, not the plans: it is read at each signal.
    ///
    /// `site` is the path of the settings, by default `site.yaml` beside the file if there is one;
    /// `platform` is that of the host, or nil for none, as for a plan. A file that need not be
    /// there is one without pairs where it is not.
    public static func load(
        _ path: String,
        site: String? = nil,
        isNeeded: Bool = true,
        catalog: Catalog,
        platform: Platform?,
        read: PlanLoader.Read
    ) -> Loaded {
        var loader = SignalsLoader(path: path, catalog)
        return loader.load(site: site, isNeeded: isNeeded, on: platform, read)
    }

    /// Whether a file's keys are those of signals, not of a plan.
    static func areKeys(_ keys: [String]) -> Bool {
        keys.contains { ["pairs", "acquire", "release"].contains($0) }
    }
}

/// Reads `signals.yaml`, or tells every fault of it.
struct SignalsLoader {
    private static let topKeys = ["pairs"] + pairKeys
    private static let pairKeys = ["pair", "set", "allow", "acquire", "release", "watch"]

    private let path: String
    private var files = SourceFiles()
    var diagnostics = Diagnostics()
    /// Builds the conditions, and keeps their faults.
    private var builder: TreeBuilder
    private var siteScope = Scope()

    init(path: String, _ catalog: Catalog) {
        self.path = path
        builder = TreeBuilder(catalog, .presumed)
        siteScope.file = .signals
    }

    mutating func load(
        site sitePath: String?, isNeeded: Bool, on host: Platform?, _ read: PlanLoader.Read
    ) -> Signals.Loaded {
        let node =
            isNeeded
            ? files.open(path, as: "the signals' file", read, &diagnostics)
            : files.openIfPresent(path, read, &diagnostics)
        let beside = PlanPath.path(of: PlanLoader.siteName, beside: path)
        let siteNode =
            sitePath.map { files.open($0, as: "the site", read, &diagnostics) }
            ?? files.openIfPresent(beside, read, &diagnostics)
        let site = siteNode.map { Site($0, &diagnostics) } ?? Site()
        builder.platform = site.platform(on: host, &diagnostics)
        let parameters = site.parameters.prefix(ParameterReader.limit)
        Self.bind(parameters, from: .site, in: &siteScope, &diagnostics)
        let pairs = node.map { self.pairs($0) } ?? []
        diagnostics.report(builder.diagnostics)
        return Signals.Loaded(
            signals: diagnostics.hasErrors ? nil : Signals(pairs: pairs.map(\.pair)),
            site: site,
            sitePath: sitePath ?? siteNode.map { _ in beside },
            platform: builder.platform,
            diagnostics: diagnostics.all.sorted(),
            sources: files.sources
        )
    }

    /// Binds parameters by the types that their spellings show.
    private static func bind(
        _ entries: some Sequence<Node.Entry>, from origin: Plan.Parameter.Origin?,
        in scope: inout Scope, _ diagnostics: inout Diagnostics
    ) {
        for entry in entries {
            let kind = ParameterText.kind(of: entry.value)
            if let value = ParameterText.value(entry.value, kind, entry.key, &diagnostics) {
                let source = origin.map {
                    ValueSource(parameter: entry.key, origin: $0, span: entry.value.span)
                }
                scope.bind(entry.key, to: value, from: source)
            } else {
                scope.bindUnsettled(entry.key)
            }
        }
    }
}

// MARK: - Pairs

extension SignalsLoader {
    /// A pair, and where it is named.
    struct Found {
        let pair: Signals.Pair
        let span: Span
    }

    private mutating func pairs(_ node: Node) -> [Found] {
        if node.isNull {
            diagnostics.report(
                Diagnostic(
                    code: "empty-signals",
                    "the signals' file is empty",
                    at: node.span,
                    help: "write `acquire:` and `release:`, what calls for each and which plan runs"
                )
            )
            return []
        }
        guard
            let keys = Keys(
                "a signals' file", node, allowed: Self.topKeys, in: siteScope, &diagnostics)
        else { return [] }
        guard let list = keys.entry("pairs") else {
            let found = pair(keys, at: keys.node("pair")?.span ?? node.span.firstLine)
            return found.map { [$0] } ?? []
        }
        for entry in keys.entries where Self.pairKeys.contains(entry.key) {
            diagnostics.report(
                Diagnostic(
                    code: "misplaced-key",
                    "`\(entry.key)` stands beside `pairs`",
                    at: entry.keySpan,
                    note: "with `pairs`, each pair says everything of itself",
                    help: "move it into an item of `pairs`"
                )
            )
        }
        return self.pairs(listed: list.value)
    }

    private mutating func pairs(listed node: Node) -> [Found] {
        guard let items = node.items, (1...Signals.pairLimit).contains(items.count) else {
            let isList = node.items != nil
            diagnostics.report(
                Diagnostic(
                    code: isList ? "bad-value" : "wrong-type",
                    isList
                        ? "`pairs` has \(node.items?.count ?? 0) items, and takes 1 to"
                            + " \(Signals.pairLimit)"
                        : "`pairs` is \(node.kindName) and should be a list",
                    at: node.span.firstLine,
                    help: "write `- pair: NAME`, and below it `acquire:` and `release:`"
                )
            )
            return []
        }
        var found: [Found] = []
        for item in items {
            guard
                let keys = Keys(
                    "a pair", item, allowed: Self.pairKeys, in: siteScope, &diagnostics)
            else { continue }
            if keys.node("pair") == nil {
                keys.reportMissing(
                    "pair",
                    note: "its journals, its lock and `--pair` call it by a name",
                    help: "write `pair: NAME`",
                    &diagnostics
                )
            }
            let span = keys.node("pair")?.span ?? item.span.firstLine
            guard let pair = pair(keys, at: span) else { continue }
            for other in found { checkTwins(pair, other) }
            found.append(pair)
        }
        return found
    }

    private mutating func pair(_ keys: Keys, at span: Span) -> Found? {
        let name = keys.scalar("pair", &diagnostics)
        if let (text, span) = name, !SignalText.isName(text) {
            diagnostics.report(
                Diagnostic(
                    code: "bad-name",
                    "`\(text.prefix(80))` cannot name a pair",
                    at: span,
                    note: "it names a folder, too: letters, digits, `_`, `.` and `-`, at most"
                        + " \(SignalText.nameLimit), with a letter or a digit first"
                )
            )
        }
        var scope = siteScope
        let settings = self.settings(keys, in: &scope)
        let allowed = Lint.allowed(keys, of: .signals, &diagnostics)
        let acquire = rule(.acquire, keys, in: scope, allowed)
        let release = rule(.release, keys, in: scope, allowed)
        let watched = WatchReader(scope: scope, path: path).watched(keys, &builder, &diagnostics)
        guard let acquire, let release else { return nil }
        if acquire.signal == release.signal {
            diagnostics.report(
                Diagnostic(
                    code: "same-signal",
                    "`\(acquire.signal)` is the signal of the acquire and of the release",
                    at: release.span,
                    note: "`failover on \(acquire.signal)` could mean either"
                )
            )
        }
        checkMatches(acquire, release)
        let pair = Signals.Pair(
            name: name?.text ?? Signals.Pair.defaultName, acquire: acquire, release: release,
            watched: watched, settings: settings, allowed: allowed)
        return Found(pair: pair, span: span)
    }

    private mutating func settings(
        _ keys: Keys, in scope: inout Scope
    ) -> [(name: String, text: String)] {
        guard let node = keys.node("set"), !node.isNull else { return [] }
        guard let entries = node.entries, entries.count <= ParameterReader.limit else {
            diagnostics.report(
                Diagnostic(
                    code: "wrong-type",
                    "`set` is \(node.kindName) and should be a map of at most"
                        + " \(ParameterReader.limit) parameters",
                    at: node.span.firstLine,
                    help: "write `name: value`, a line for each"
                )
            )
            return []
        }
        Self.bind(entries, from: nil, in: &scope, &diagnostics)
        return entries.compactMap { entry in
            if let text = entry.value.text { return (entry.key, text) }
            let items = (entry.value.items ?? []).map { $0.text ?? "" }
            let text = items.joined(separator: ",")
            guard items.isEmpty || ParameterText.value(text, .list)?.count == items.count else {
                diagnostics.report(
                    Diagnostic(
                        code: "bad-value",
                        "an item of `\(entry.key)` holds a comma, a bracket or a quote, or is"
                            + " empty",
                        at: entry.value.span.firstLine,
                        note: "`set` hands a list on as `--set` writes it: `a,b,c`",
                        help: "settle it in site.yaml, or as a default of the plan"
                    )
                )
                return nil
            }
            return (entry.key, text)
        }
    }

    private mutating func rule(
        _ direction: Plan.Direction, _ keys: Keys, in scope: Scope, _ allowed: [String]
    ) -> Signals.Rule? {
        guard let node = keys.node(direction.rawValue) else {
            keys.reportMissing(
                direction.rawValue,
                note: direction == .acquire
                    ? "nothing would ever take the pair over here"
                    : "what was taken over could never be given up by a signal",
                help: "write `\(direction.rawValue):` and below it `run:`, the plan's file",
                &diagnostics
            )
            return nil
        }
        return RuleReader(direction: direction, scope: scope, path: path, allowed: allowed)
            .rule(node, &builder, &diagnostics)
    }
}

extension Value {
    fileprivate var count: Int { if case .list(let items) = self { items.count } else { 1 } }
}
