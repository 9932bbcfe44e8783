/// What signals mean on this node, per pair: a `signals.yaml`, read and found sound.
public struct Signals: Sendable {
    /// The name of the file beside the plans.
    public static let fileName = "signals.yaml"

    /// The pairs in the order of the file, each with a name of its own; none without a file.
    public let pairs: [Pair]

    /// What one pair of machines shares, by which plans it is taken over and given up.
    public struct Pair: Sendable {
        /// The name, which also names its folder of journals and its lock.
        public let name: String
        /// How it is taken over.
        public let acquire: Rule
        /// How it is given up.
        public let release: Rule
        /// What is to hold for as long as it is served here.
        public let watched: [Watched]
        /// Parameters for this pair's plans, over the site's, as `--set` would take them.
        public let settings: [(name: String, text: String)]
        /// The codes of the warnings that it means to give.
        let allowed: [String]

        /// The rule for a direction.
        public subscript(direction: Plan.Direction) -> Rule {
            switch direction {
            case .acquire: acquire
            case .release: release
            }
        }
    }

    /// When a plan of a pair runs, and how it is tried again.
    public struct Rule: Sendable {
        /// The name by which `failover on` calls it.
        public let signal: String
        /// What else calls it.
        public let matches: [Match]
        /// The plan's path, as it resolves beside the file.
        public let plan: String
        /// How long what is wanted must last before the plan runs.
        public let settle: Duration
        /// What must hold all that while; empty in a release, which nothing has to confirm.
        public let onlyIf: [any Condition]
        /// How long it may take until `onlyIf` has held for `settle`; zero in a release.
        public let within: Duration
        /// How it is tried again.
        public let retry: Backoff
        /// Where the plan is named.
        public let span: Span
    }

    /// How often a run is tried, and how far apart.
    public struct Backoff: Hashable, Sendable {
        /// The attempts in total; `endless` in a release.
        public let attempts: Int
        /// The pause after the first attempt.
        public let delay: Duration
        /// What each further pause is multiplied by, at least 1.
        public let backoff: Int
        /// The longest pause.
        public let atMost: Duration

        /// As many attempts as it takes.
        public static let endless = Int.max

        /// The pause after the failed attempt number `attempt`, from 1.
        public func delay(after attempt: Int) -> Duration {
            var pause = delay
            var left = attempt - 1
            while left > 0, backoff > 1, pause > .zero, pause < atMost {
                pause *= backoff
                left -= 1
            }
            return min(pause, atMost)
        }
    }

    /// The pair of this name.
    public func pair(named name: String) -> Pair? { pairs.first { $0.name == name } }

    /// The pairs for which the plan at `path` runs; links are not looked at.
    public func pairs(running path: String) -> [Pair] {
        pairs.filter { pair in pair.paths.contains { PlanPath.areSame($0, path) } }
    }

    /// The pairs of the signals' file beside the plan at `path` for which it runs: none where there
    /// is no such file, nil where it is at fault, which is told elsewhere.
    public static func pairs(
        besideAndRunning path: String, site: String?, catalog: Catalog, platform: Platform?,
        read: PlanLoader.Read
    ) -> [Pair]? {
        let file = PlanPath.path(of: fileName, beside: path)
        guard let found = read(file) else { return [] }
        guard case .success = found else { return nil }
        let loaded = load(file, site: site, catalog: catalog, platform: platform, read: read)
        return loaded.signals?.pairs(running: path)
    }

    /// What a notice asks of which pairs; nothing when it is of no interest.
    ///
    /// An address that an acquire matches asks for the release in each of its other states, be it
    /// one that nobody knows. Several pairs may share a signal's name.
    public func select(_ notice: Notice) -> [(pair: Pair, direction: Plan.Direction)] {
        pairs.compactMap { pair in pair.direction(of: notice).map { (pair, $0) } }
    }
}

extension Signals.Pair {
    /// What a notice asks of this pair; nil when it is of no interest.
    public func direction(of notice: Notice) -> Plan.Direction? {
        if case .named(let name) = notice {
            if name == release.signal { return .release }
            return name == acquire.signal ? .acquire : nil
        }
        if release.matches.contains(where: { $0.fits(notice) }) { return .release }
        if acquire.matches.contains(where: { $0.fits(notice) }) { return .acquire }
        let isLost = notice.isState && acquire.matches.contains { $0.concerns(notice) }
        return isLost ? .release : nil
    }
}
