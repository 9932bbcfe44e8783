public import Engine

/// Reads cases: a plan, a world, what goes wrong there, and what is expected.
public enum CaseFile {
    /// What a file may say.
    static let keys = [
        "description", "plan", "pair", "set", "world", "faults", "later", "seed", "expect",
    ]

    /// What a load came to.
    public struct Loaded: Sendable {
        /// The case; nil when any diagnostic is an error.
        public let testCase: TestCase?
        /// All faults, those of the plan and the world included.
        public let diagnostics: [Diagnostic]
        /// The files that were read, by which a diagnostic finds its excerpt.
        public let sources: [SourceText]
    }

    /// Loads the case at `path`, with the plan and the world that it names.
    ///
    /// `site` is the path of the settings, by default `site.yaml` beside the plan if there is one.
    /// A case that is only to be recorded need not say what it expects.
    public static func load(
        _ path: String,
        site: String? = nil,
        recording isRecording: Bool = false,
        catalog: Catalog,
        platform: Platform? = nil,
        read: PlanLoader.Read
    ) -> Loaded {
        var loader = CaseLoader(path: path, isExpecting: !isRecording)
        let testCase = loader.load { name, settings in
            PlanLoader.load(
                name, site: site, settings: settings, catalog: catalog, platform: platform,
                read: read)
        } running: { name in
            Signals.pairs(
                besideAndRunning: name, site: site, catalog: catalog, platform: platform,
                read: read)
        } reading: {
            read($0)
        }
        return Loaded(
            testCase: loader.diagnostics.hasErrors ? nil : testCase,
            diagnostics: loader.diagnostics.all.sorted(), sources: loader.sources)
    }
}
