package import Engine

/// The first line of a journal: which run it is, and all that made its plan.
///
/// A plan is made again from the sealed texts, so that a run can be told and recovered after its
/// files were changed.
package struct JournalHeading: Codable, Sendable {
    /// A file as it was read for the run.
    package struct Sealed: Codable, Sendable {
        package let name: String
        package let text: String
    }

    /// A parameter that was set for the run alone.
    package struct Setting: Codable, Sendable {
        package let name: String
        package let text: String
    }

    /// What the run is for.
    package enum Reason: String, Codable, Sendable { case person, signal }

    /// The version of the form: it grows when a reader of the old form would be misled.
    package static let formVersion = 1

    let fact: String
    let version: Int
    /// The engine that wrote it.
    package let engine: String
    /// The name of the run, which is that of its file.
    package let run: String
    /// The boot in which it ran; the times of the records mean nothing in another.
    package let boot: String
    /// The wall clock at its begin, ISO 8601 in UTC.
    package let time: String
    package let pair: String
    package let reason: Reason
    /// The signal that wanted it; a person's plan has none.
    package let signal: String?
    package let pid: Int32
    package let platform: String
    /// The plan's path, by which its text is found among the sealed ones.
    package let path: String
    /// The path of the site's settings, when they were named.
    package let site: String?
    package let plan: String
    package let direction: String?
    package let digest: String
    package let settings: [Setting]
    /// Whether a person did without full copies; that of a signal never does.
    package let acceptsStale: Bool
    package let sources: [Sealed]
    /// The labels of the plan's nodes: the numbers in the records mean these.
    package let labels: [String]
}

/// What a run is started from: a plan and how it was made.
package struct SealedPlan: Sendable {
    package let plan: Plan
    package let path: String
    package let site: String?
    package let settings: [(name: String, text: String)]
    package let sources: [SourceText]
    /// Whether a person does without full copies.
    package let acceptsStale: Bool
    /// What is said of it when it runs: that it is not the plan of now.
    package let remark: String?

    package init(
        _ plan: Plan,
        path: String,
        site: String?,
        settings: [(name: String, text: String)],
        sources: [SourceText],
        acceptsStale: Bool = false,
        remark: String? = nil
    ) {
        self.acceptsStale = acceptsStale
        self.remark = remark
        self.plan = plan
        self.path = path
        self.site = site
        self.settings = settings
        self.sources = sources
    }
}

extension JournalHeading {
    /// The heading of a run that is about to begin; one that `mends` has no direction, whatever its
    /// plan says.
    package init(
        _ sealed: SealedPlan,
        run: RunName,
        boot: String,
        pair: String,
        signal: String?,
        mends: Bool = false
    ) {
        fact = Self.fact
        version = Self.formVersion
        engine = EngineVersion.current
        self.run = run.text
        self.boot = boot
        time = run.time
        self.pair = pair
        reason = signal == nil ? .person : .signal
        self.signal = signal
        pid = run.pid
        platform = sealed.plan.platform.rawValue
        path = sealed.path
        site = sealed.site
        plan = sealed.plan.name
        direction = mends ? nil : sealed.plan.direction?.rawValue
        digest = sealed.plan.digest
        settings = sealed.settings.map { Setting(name: $0.name, text: $0.text) }
        acceptsStale = sealed.acceptsStale
        sources = sealed.sources.map {
            Sealed(name: $0.name, text: String(decoding: $0.bytes, as: UTF8.self))
        }
        labels = sealed.plan.nodes.map(\.label)
    }

    static let fact = "run"

    /// Whether this engine can read what follows.
    var isReadable: Bool { fact == Self.fact && version <= Self.formVersion }

    /// The plan, made again from the sealed texts; or why this engine makes another of them.
    package func reload(_ catalog: Catalog) -> Result<Plan, Unfit> {
        guard let platform = Platform(rawValue: platform) else {
            return .failure(Unfit(why: "it is for a platform that this engine does not know"))
        }
        let texts = Dictionary(sources.map { ($0.name, $0.text) }) { first, _ in first }
        let loaded = PlanLoader.load(
            path, site: site, settings: settings.map { ($0.name, $0.text) },
            acceptingStale: acceptsStale, catalog: catalog, platform: platform
        ) { name in
            texts[name].map { .success(Array($0.utf8)) }
        }
        guard let made = loaded.plan else {
            let first = loaded.diagnostics.first { $0.severity == .error }
            let why = first.map { ": \($0.message)" } ?? ""
            return .failure(Unfit(why: "engine \(engine) made it, and this one refuses it\(why)"))
        }
        guard made.digest == digest, made.nodes.map(\.label) == labels else {
            return .failure(
                Unfit(why: "engine \(engine) made it, and this one makes other steps of it"))
        }
        return .success(made)
    }

    /// Why a sealed plan cannot be made again.
    package struct Unfit: Error {
        package let why: String
    }
}
