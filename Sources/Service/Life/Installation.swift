package import Engine
package import LocalHost

/// What an administrator has set up: a folder with plans, `site.yaml` and `signals.yaml`.
package struct Installation {
    /// The folder, where the plans and their settings are.
    package let folder: String
    package let signals: Signals
    package let site: Site
    /// The path of the settings.
    package let sitePath: String?
    package let catalog: Catalog
    package let platform: Platform
    /// The texts of the signals and the settings.
    package let sources: [SourceText]
    /// Why these are not the texts of now, but of when they were last without fault; nil when they
    /// are.
    package let outdated: Outdated?
    private let lastGood: LastGood?

    /// A file that is at fault, and what goes on all the same.
    package struct Outdated: Sendable {
        /// The file.
        package let path: String
        /// Its first fault.
        package let why: String
        /// When the texts were kept that are used, ISO 8601 in UTC.
        package let time: String

        package var text: String {
            "\(path) is at fault: \(why); its text of \(time) is used to give up and to look, and"
                + " nothing is taken over by it"
        }
    }

    /// Where the folder is when nobody names one.
    package static func usualFolder(on platform: Platform) -> String {
        switch platform {
        case .freebsd: "/usr/local/etc/failover"
        case .linux: "/etc/failover"
        }
    }

    /// `loaded` is `signals.yaml` of that folder.
    package init?(
        folder: String, _ loaded: Signals.Loaded, catalog: Catalog, platform: Platform
    ) {
        self.init(folder, loaded, catalog, platform, nil, nil)
    }

    /// The installation as it was last without fault; nil when that was not kept.
    ///
    /// `open` is what others could have written, where that is the fault.
    package init?(
        lastGoodOf folder: String, _ loaded: Signals.Loaded, open: TrustFault? = nil,
        catalog: Catalog, platform: Platform
    ) {
        let found: (path: String?, why: String)? =
            open.map { ($0.path, "it \($0.what), \($0.why); mend it with: \($0.mend)") }
            ?? loaded.fault
        guard let fault = found, let kept = LastGood(of: folder, loaded.site) else { return nil }
        let path = "\(folder)/\(Signals.fileName)"
        let old = Signals.load(path, catalog: catalog, platform: platform, read: kept.read)
        let outdated = Outdated(path: fault.path ?? path, why: fault.why, time: kept.time)
        self.init(folder, old, catalog, platform, outdated, kept)
    }

    private init?(
        _ folder: String, _ loaded: Signals.Loaded, _ catalog: Catalog, _ platform: Platform,
        _ outdated: Outdated?, _ lastGood: LastGood?
    ) {
        guard let signals = loaded.signals else { return nil }
        self.folder = folder
        self.signals = signals
        site = loaded.site
        sitePath = loaded.sitePath
        self.catalog = catalog
        self.platform = platform
        sources = loaded.sources
        self.outdated = outdated
        self.lastGood = lastGood
    }

    package var folders: StateFolders { StateFolders(site) }

    /// The names of the pairs; without signals.yaml there is the one whose plans a person runs.
    package var pairNames: [String] {
        signals.pairs.isEmpty ? [Signals.Pair.defaultName] : signals.pairs.map { $0.name }
    }

    /// What names a pair in a line that a person may type, where there are several: ` --pair red`.
    package func option(of pair: Signals.Pair) -> String {
        pairNames.count > 1 ? " --pair \(pair.name)" : ""
    }

    package var syslog: Syslog? {
        Syslog(facility: site.facility, level: site.level, tag: site.tag)
    }

    /// Loads the plan of a pair's signal, with its seal; or its first fault.
    ///
    /// A release that is at fault is the one that was last without fault, where that is kept.
    package func plan(
        _ direction: Plan.Direction, of pair: Signals.Pair
    ) -> Result<SealedPlan, PlanFault> {
        if let outdated, direction == .acquire {
            return .failure(PlanFault(path: outdated.path, why: outdated.why))
        }
        let now = plan(direction, of: pair, read: read, remark: nil).flatMap(trusted)
        guard case .failure(let fault) = now, direction == .release,
            let kept = lastGood ?? LastGood(of: folder, site),
            case .success(let old) = plan(
                direction, of: pair, read: kept.read, remark: fault.text(insteadOf: kept.time))
        else { return now }
        return .success(old)
    }

    /// Loads the plan that takes a pair over for its way to let the address go, which goes on
    /// whatever is at fault, as all does by which a pair is given up: by its kept text then.
    package func planToYield(of pair: Signals.Pair) -> Result<SealedPlan, PlanFault> {
        let now = plan(.acquire, of: pair, read: read, remark: nil).flatMap(trusted)
        guard case .failure(let fault) = now, let kept = lastGood ?? LastGood(of: folder, site),
            case .success(let old) = plan(
                .acquire, of: pair, read: kept.read,
                remark: "\(fault.path) is at fault; it is yielded by its text of \(kept.time)")
        else { return now }
        return .success(old)
    }

    /// A plan as it is, or that others could have written a file of it.
    private func trusted(_ sealed: SealedPlan) -> Result<SealedPlan, PlanFault> {
        // What was kept lies in the state folder, and a release does nothing by its counterpart.
        let paths = sealed.sources.map(\.name).filter { path in
            if path == sitePath { return lastGood == nil }
            return sealed.plan.direction != .release || path == sealed.path
        }
        guard let fault = Trust.check(paths).first else { return .success(sealed) }
        return .failure(
            PlanFault(
                path: fault.path, why: "it \(fault.what), \(fault.why); mend it with: \(fault.mend)"
            ))
    }

    /// Reads a file, the signals and the settings from where these are from.
    private func read(_ path: String) -> Result<[UInt8], PlanLoader.ReadFault>? {
        guard let lastGood, path == sitePath else { return FileReader.read(path) }
        return lastGood.read(path)
    }

    /// The same for a run: no pair is taken over of which something is another pair's, too.
    package func planToRun(
        _ direction: Plan.Direction, of pair: Signals.Pair
    ) -> Result<SealedPlan, PlanFault> {
        let found = plan(direction, of: pair)
        guard direction == .acquire, case .success = found else { return found }
        guard let clash = clash(of: pair.name) else { return found }
        return .failure(PlanFault(path: "\(folder)/\(Signals.fileName)", why: clash.message))
    }

    /// Why a pair must not be taken over beside the others of its file; nil when it can be.
    package func clash(of name: String) -> Diagnostic? {
        signals.clash(of: name) { pair in
            let usual = [Plan.Direction.acquire, .release].map { plan($0, of: pair) }
            let watched = pair.watchedPlans.map {
                plan(at: $0.path, of: pair, read: read, remark: nil)
            }
            return (usual + watched).compactMap { try? $0.get().plan }
        }
    }

    private func plan(
        _ direction: Plan.Direction, of pair: Signals.Pair, read: PlanLoader.Read, remark: String?
    ) -> Result<SealedPlan, PlanFault> {
        plan(at: pair[direction].plan, of: pair, read: read, remark: remark)
    }

    /// Loads a plan that runs by what a pair watches, with its seal; or its first fault.
    package func plan(watched path: String, of pair: Signals.Pair) -> Result<SealedPlan, PlanFault>
    {
        if let outdated { return .failure(PlanFault(path: outdated.path, why: outdated.why)) }
        return plan(at: path, of: pair, read: read, remark: nil).flatMap(trusted).flatMap {
            sealed in
            let faults = pair.faults(ofWatched: sealed.plan, at: nil)
            let fault = faults.first { $0.severity == .error } ?? clash(of: pair.name)
            guard let fault else { return .success(sealed) }
            return .failure(PlanFault(path: path, why: fault.message))
        }
    }

    private func plan(
        at path: String, of pair: Signals.Pair, read: PlanLoader.Read, remark: String?
    ) -> Result<SealedPlan, PlanFault> {
        let loaded = pair.plan(
            at: path, site: sitePath, catalog: catalog, platform: platform, read: read)
        guard let plan = loaded.plan else {
            let fault = loaded.fault
            return .failure(
                PlanFault(path: fault?.path ?? path, why: fault?.why ?? "it cannot be read"))
        }
        return .success(
            SealedPlan(
                plan, path: path, site: sitePath, settings: pair.settings(of: path, read: read),
                sources: loaded.sources, remark: remark))
    }

    /// What holds when nothing of a promotion is left; nothing where the release plan is at fault.
    package func cleanGoals(of pair: Signals.Pair) -> [any Condition] {
        guard case .success(let sealed) = plan(.release, of: pair) else { return [] }
        return sealed.plan.lastingGoals
    }

    /// Why a plan cannot run at all.
    package struct PlanFault: Error {
        package let path: String
        package let why: String

        package var text: String {
            "\(path) is at fault, and nothing runs by it: \(why); `failover validate \(path)`"
                + " tells all"
        }

        func text(insteadOf time: String) -> String {
            "\(path) is at fault: \(why); the release runs by its text of \(time)"
        }
    }
}

extension StateFolders {
    /// The folders that a site settles, else the usual ones.
    package init(_ site: Site) {
        self.init(
            state: site.stateFolder ?? StateFolders.usual.state,
            runtime: site.runtimeFolder ?? StateFolders.usual.runtime)
    }
}

extension PairLock.Holder {
    /// Who it is, for a person: `pid 812 (become-master by a person)`.
    package var text: String { "pid \(pid)" + (what.isEmpty ? "" : " (\(what))") }

    /// What a person does about one that is stopped; nil where it is not.
    package var stopped: String? {
        isStopped ? "stopped (pid \(pid)); continue it with kill -CONT \(pid)" : nil
    }
}

extension Hold {
    /// What it keeps from happening.
    package var what: String {
        held == .acquires
            ? "it is not taken over here" : "signals are recorded and not acted on"
    }

    /// What for, by whom and since when: `replacing disk3 (anna, since 2026-11-22T03:15:00Z)`.
    package var text: String {
        let since = wallTime(milliseconds: since).map { ", since \($0)" } ?? ""
        return "\(reason) (\(who.isEmpty ? "somebody" : who)\(since))"
    }
}

extension Signals.Loaded {
    /// The first error, and the file that it stands in.
    fileprivate var fault: (path: String?, why: String)? {
        firstError(of: diagnostics, in: sources)
    }
}

extension PlanLoader.Loaded {
    /// The first error, and the file that it stands in: the plan, its counterpart or the settings.
    fileprivate var fault: (path: String?, why: String)? {
        firstError(of: diagnostics, in: sources)
    }
}

private func firstError(
    of diagnostics: [Diagnostic], in sources: [SourceText]
) -> (path: String?, why: String)? {
    diagnostics.first { $0.severity == .error }.map { error in
        let source = error.span?.source
        return (
            source.flatMap { sources.indices.contains($0) ? sources[$0].name : nil }, error.message
        )
    }
}
