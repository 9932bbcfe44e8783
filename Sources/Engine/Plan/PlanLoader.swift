/// Reads a plan with its counterpart and its site's settings, or tells every fault of them.
public struct PlanLoader {
    /// Reads a file: its bytes, or a fault in words (`is a folder`, `cannot be read: …`); nil when
    /// there is no such file.
    public typealias Read = (String) -> Result<[UInt8], ReadFault>?

    /// Why a file could not be read.
    public struct ReadFault: Error {
        /// In words, after the file's name: `is a folder`.
        public let why: String
        /// Creates a fault.
        public init(_ why: String) { self.why = why }
    }

    /// What a load came to.
    public struct Loaded {
        /// The plan; nil when any diagnostic is an error.
        public let plan: Plan?
        /// The site's settings.
        public let site: Site
        /// All faults, in the order of the files and lines.
        public let diagnostics: [Diagnostic]
        /// The files that were read, by which a diagnostic finds its excerpt.
        public let sources: [SourceText]
    }

    /// Loads the plan at `path`.
    ///
    /// `site` is the path of the settings, by default `site.yaml` beside the plan if there is one;
    /// `settings` are those of the command line, name and text.
    public static func load(
        _ path: String,
        site: String? = nil,
        settings: [(name: String, text: String)] = [],
        catalog: Catalog,
        platform: Platform,
        read: Read
    ) -> Loaded {
        Loaded(plan: nil, site: Site(), diagnostics: [], sources: [])
    }
}

/// What an administrator settles for all plans of a folder, in `site.yaml`.
public struct Site: Sendable {
    /// Where tools are searched, absolute folders in order; nil for the platform's own.
    public internal(set) var path: [String]?
    /// The syslog facility, by name; the seed's is `local0`.
    public internal(set) var facility = "daemon"
    /// The syslog level of ordinary lines, by name; the seed's is `debug`.
    public internal(set) var level = "notice"
    /// The syslog tag; the seed's is `carp-hast`.
    public internal(set) var tag = "failover"
    /// Parameters, by which the defaults of all plans beside it are overridden.
    public internal(set) var parameters: [Node.Entry] = []

    /// The settings of a site that says nothing.
    public init() {}
}
