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
        guard let signals = loaded.signals else { return nil }
        self.folder = folder
        self.signals = signals
        site = loaded.site
        sitePath = loaded.sitePath
        self.catalog = catalog
        self.platform = platform
    }

    package var folders: StateFolders { StateFolders(site) }

    package var syslog: Syslog? {
        Syslog(facility: site.facility, level: site.level, tag: site.tag)
    }

    /// Loads the plan of a pair's signal, with its seal; or every fault of it.
    package func plan(
        _ direction: Plan.Direction, of pair: Signals.Pair
    ) -> Result<SealedPlan, PlanFault> {
        let rule = pair[direction]
        let loaded = pair.plan(
            for: direction, site: sitePath, catalog: catalog, platform: platform,
            read: FileReader.read)
        guard let plan = loaded.plan else {
            let first = loaded.diagnostics.first { $0.severity == .error }
            return .failure(
                PlanFault(path: rule.plan, why: first?.message ?? "it cannot be read"))
        }
        return .success(
            SealedPlan(
                plan, path: rule.plan, site: sitePath, settings: pair.settings,
                sources: loaded.sources))
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
            "\(path) is at fault and does not run: \(why); `failover validate \(path)` tells all"
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
}
