/// The plans that signals name.
extension Signals {
    /// Whether the file at `path` holds signals, by its name or its keys; a plan does not.
    public static func stand(at path: String, read: PlanLoader.Read) -> Bool {
        if path == fileName || path.hasSuffix("/" + fileName) { return true }
        guard case .success(let bytes)? = read(path) else { return false }
        var faults = Diagnostics()
        let node = YAML.read(SourceText(name: path, bytes: bytes), source: 0, &faults)
        let keys = (node?.entries ?? []).map(\.key)
        return areKeys(keys) && !keys.contains("plan") && !keys.contains("steps")
    }
}

extension Signals.Pair {
    /// Reads the plan for a direction, with this pair's settings.
    ///
    /// `site` is the path of the settings that the signals were read with (`Loaded.sitePath`).
    public func plan(
        for direction: Plan.Direction,
        site: String?,
        catalog: Catalog,
        platform: Platform?,
        read: PlanLoader.Read
    ) -> PlanLoader.Loaded {
        plan(
            at: self[direction].plan, site: site, catalog: catalog, platform: platform, read: read)
    }

    /// Reads the plan at `path` with this pair's settings, in the same way.
    public func plan(
        at path: String, site: String?, catalog: Catalog, platform: Platform?,
        read: PlanLoader.Read
    ) -> PlanLoader.Loaded {
        PlanLoader.load(
            path, site: site, settings: settings(of: path, read: read), catalog: catalog,
            platform: platform, read: read)
    }

    /// What the pair settles for the plan at `path`: all, for those that take it over and give it
    /// up; of that, what any other plan or its counterpart declares.
    public func settings(
        of path: String, read: PlanLoader.Read
    ) -> [(name: String, text: String)] {
        let own = [acquire.plan, release.plan]
        if settings.isEmpty || own.contains(where: { PlanPath.areSame($0, path) }) {
            return settings
        }
        func node(_ path: String) -> Node? {
            guard case .success(let bytes)? = read(path) else { return nil }
            var ignored = Diagnostics()
            return YAML.read(SourceText(name: path, bytes: bytes), source: 0, &ignored)
        }
        let plan = node(path)
        let counterpart = plan?["counterpart"]?.text.flatMap {
            node(PlanPath.path(of: $0, beside: path))
        }
        let declared = [plan, counterpart].flatMap { node in
            (node?["parameters"]?.entries ?? []).map(\.key)
        }
        return settings.filter { declared.contains($0.name) }
    }

    /// What is wrong between the rules and their plans; the places are in the signals' file.
    ///
    /// Faults of a plan itself are in its own `Loaded`.
    public func faults(
        acquire: PlanLoader.Loaded, release: PlanLoader.Loaded
    ) -> [Diagnostic] {
        var faults: [Diagnostic] = []
        for (direction, loaded, other) in [
            (Plan.Direction.acquire, acquire, release), (.release, release, acquire),
        ] {
            guard let plan = loaded.plan else { continue }
            let rule = self[direction]
            if plan.direction != direction {
                let found = plan.direction.map { "`direction: \($0.rawValue)`" } ?? "no `direction`"
                faults.append(
                    Diagnostic(
                        code: "wrong-direction",
                        "the plan \(plan.name) has \(found), and stands under"
                            + " `\(direction.rawValue)`",
                        at: rule.span,
                        note: "a signal would bring about something else than it says",
                        help: "name the plan that has `direction: \(direction.rawValue)`"
                    )
                )
            } else if let twin = other.plan, let counterpart = plan.counterpart,
                !loaded.sources.contains(where: { PlanPath.areSame($0.name, otherPath(direction)) })
            {
                faults.append(
                    Diagnostic(
                        code: "wrong-counterpart",
                        "the counterpart of \(plan.name) is \(counterpart.name), and the pair's"
                            + " other plan is \(twin.name)",
                        at: rule.span,
                        note: "a failure would be taken back by another plan than the one that the"
                            + " signals run",
                        help: "let each of the two plans name the other as its `counterpart`"
                    )
                )
            }
        }
        return faults + warnings(acquire: acquire.plan, release: release.plan)
    }

    private func otherPath(_ direction: Plan.Direction) -> String {
        self[direction == .acquire ? .release : .acquire].plan
    }
}
