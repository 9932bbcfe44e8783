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

    /// The name of the settings that stand beside a plan.
    public static let siteName = "site.yaml"

    private let catalog: Catalog
    let settings: [ParameterValues.Setting]
    private let isStaleAccepted: Bool
    var files = SourceFiles()
    var diagnostics = Diagnostics()
    var builder: TreeBuilder

    /// Loads the plan at `path`.
    ///
    /// `site` is the path of the settings, by default `site.yaml` beside the plan if there is one;
    /// `settings` are those of the command line, name and text. With `acceptingStale` the plan does
    /// not require full copies any more, and its runs warn of that; the digest tells both apart.
    /// `platform` is that of the host; nil for none, and then the site says which, or it is the
    /// presumed one.
    public static func load(
        _ path: String,
        site: String? = nil,
        settings: [(name: String, text: String)] = [],
        acceptingStale: Bool = false,
        catalog: Catalog,
        platform: Platform?,
        read: Read
    ) -> Loaded {
        var loader = PlanLoader(catalog, settings, acceptingStale)
        return loader.load(path, site: site, on: platform, read)
    }

    private init(
        _ catalog: Catalog,
        _ settings: [ParameterValues.Setting],
        _ isStaleAccepted: Bool
    ) {
        self.catalog = catalog
        self.settings = settings
        self.isStaleAccepted = isStaleAccepted
        builder = TreeBuilder(catalog, .presumed)
    }

    private mutating func load(
        _ path: String, site sitePath: String?, on host: Platform?, _ read: Read
    ) -> Loaded {
        var node = files.open(path, as: "the plan", read, &diagnostics)
        if let file = node, reportsOtherFile(file) { node = nil }
        let site = site(sitePath, beside: path, read)
        builder.platform = site.platform(on: host, &diagnostics)
        var plan: Plan?
        var headers: [PlanHeader] = []
        if let node, let file = file(node, site) {
            let counterpart = counterpart(of: file, path, site, read)
            checkNames(file, counterpart?.file, site)
            plan = assembled(file, counterpart?.file, site)
            if plan != nil { lint(file, counterpart, site) }
            headers = [file.header] + (counterpart.map { [$0.file.header] } ?? [])
        }
        diagnostics.report(builder.diagnostics)
        let told = diagnostics.all.filter { !Self.isMeant($0, by: headers) }
        return Loaded(
            plan: diagnostics.hasErrors ? nil : plan,
            site: site,
            diagnostics: told.sorted(),
            sources: files.sources
        )
    }

    /// Whether a warning is allowed by the plan in whose file it stands; what stands in neither
    /// plan, as in site.yaml, is for the first of them, which is loaded, to allow.
    private static func isMeant(_ fault: Diagnostic, by headers: [PlanHeader]) -> Bool {
        guard fault.severity == .warning, let first = headers.first else { return false }
        let owner = headers.first { $0.span.source == fault.span?.source } ?? first
        return owner.allowed.contains(fault.code)
    }

    private mutating func site(_ path: String?, beside plan: String, _ read: Read) -> Site {
        let beside = PlanPath.path(of: Self.siteName, beside: plan)
        let node =
            path.map { files.open($0, as: "the site", read, &diagnostics) }
            ?? files.openIfPresent(beside, read, &diagnostics)
        return node.map { Site($0, &diagnostics) } ?? Site()
    }

    mutating func file(_ node: Node, _ site: Site) -> PlanFile? {
        PlanFile(node, site: site, settings: settings, &builder, &diagnostics)
    }

    private mutating func assembled(
        _ file: PlanFile, _ counterpart: PlanFile?, _ site: Site
    ) -> Plan? {
        guard let steps = file.steps, !diagnostics.hasErrors, !builder.diagnostics.hasErrors
        else { return nil }
        let header = file.header
        return Plan(
            name: header.name,
            description: header.description,
            direction: header.direction,
            timeout: header.timeout,
            rollBackTimeout: header.rollBackTimeout,
            recoveryTimeObjective: header.recoveryTimeObjective,
            onFailure: header.onFailure,
            whenSuperseded: header.whenSuperseded,
            ifStuck: header.ifStuck,
            require: file.require.filter { !isAccepted($0) },
            accepted: file.require.filter { isAccepted($0) },
            nodes: nodes,
            steps: steps,
            ifFailed: file.ifFailed,
            counterpart: counterpart.flatMap { other in
                other.steps.map {
                    Plan.Counterpart(
                        name: other.header.name,
                        timeout: other.header.timeout,
                        ifStuck: other.header.ifStuck,
                        steps: $0
                    )
                }
            },
            parameters: file.parameters,
            platform: builder.platform,
            lookTimeout: site.lookTimeout,
            digest: digest()
        )
    }

    /// The nodes, whose steps know what the plan takes over.
    private var nodes: [PlanNode] {
        let nodes = isStaleAccepted ? builder.nodes.map(Self.accepting) : builder.nodes
        let taken = nodes.compactMap { node -> Reach? in
            guard case .step(let step) = node.kind, step.step.effect == .acquires else {
                return nil
            }
            return step.step.reach
        }
        return nodes.map { node in
            guard case .step(let step) = node.kind else { return node }
            return node.replacing(step.replacing(step.step.amid(taken)))
        }
    }

    /// What is no fault, and can still end badly; of a counterpart, too, which this plan may run.
    private mutating func lint(_ file: PlanFile, _ counterpart: Counterpart?, _ site: Site) {
        let other = counterpart?.file
        let twin = counterpart?.isMutual == true
        let plans = [
            LintedPlan(
                file, on: builder.platform, site: site, counterpart: twin ? other : nil,
                nodes: builder.nodes),
            other.flatMap {
                LintedPlan(
                    $0, on: builder.platform, site: site, counterpart: twin ? file : nil,
                    nodes: builder.nodes)
            },
        ]
        for plan in plans.compactMap(\.self) { Lint.check(plan, &diagnostics) }
    }

    private func isAccepted(_ requirement: any Condition) -> Bool {
        isStaleAccepted && requirement.assurance == .fullCopy
    }

    /// A wait for a full copy holds at once.
    private static func accepting(_ node: PlanNode) -> PlanNode {
        guard case .step(let step) = node.kind, let wait = step.step as? WaitFor,
            wait.condition.assurance == .fullCopy
        else { return node }
        return node.replacing(step.replacing(WaitFor(AcceptedCondition(wait.condition))))
    }

    private func digest() -> String {
        var digest = Digest()
        for source in files.sources { digest.addPart(source.bytes) }
        for setting in settings {
            digest.addPart(Array(setting.name.utf8))
            digest.addPart(Array(setting.text.utf8))
        }
        if isStaleAccepted { digest.addPart(Array("accept-stale".utf8)) }
        return digest.hexadecimal()
    }
}
