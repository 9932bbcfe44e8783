/// Reads what stands under `acquire` or `release` of a pair.
struct RuleReader {
    let direction: Plan.Direction
    let scope: Scope
    /// The path of the file, beside which the plans stand.
    let path: String
    /// The codes of the warnings that the pair means to give.
    let allowed: [String]

    private static let common = ["signal", "match", "run", "settle", "retry"]
    private static let confirmed = ["only-if", "within"]
    private var word: String { direction.rawValue }

    /// The longest `settle` and `within`, and the longest pause between two attempts.
    static let longest = Duration.seconds(3600)
    /// What a rule has that says nothing.
    static let defaultSettle = Duration.seconds(3)
    static let defaultWithin = Duration.seconds(60)
    static let defaultAcquire = Signals.Backoff(
        attempts: 5, delay: .seconds(5), backoff: 2, atMost: .seconds(60))
    static let defaultRelease = Signals.Backoff(
        attempts: Signals.Backoff.endless, delay: .seconds(1), backoff: 2, atMost: .seconds(30))

    /// The rule, or nil when it cannot be made.
    func rule(
        _ node: Node, _ builder: inout TreeBuilder, _ diagnostics: inout Diagnostics
    ) -> Signals.Rule? {
        let isAcquire = direction == .acquire
        let names = Self.common + (isAcquire ? Self.confirmed : [])
        let known = node.entries.map { entries in
            entries.filter { isAcquire || !Self.confirmed.contains($0.key) }
        }
        let rest = known.map { Node(.map($0), span: node.span) } ?? node
        guard let keys = Keys("`\(word)`", rest, allowed: names, in: scope, &diagnostics) else {
            return nil
        }
        if !isAcquire { refuseConfirmation(node, &diagnostics) }
        let settle =
            duration("settle", keys, &diagnostics) ?? (isAcquire ? Self.defaultSettle : .zero)
        let within =
            isAcquire ? duration("within", keys, &diagnostics) ?? Self.defaultWithin : .zero
        let matches = matches(keys, &diagnostics)
        let onlyIf = isAcquire ? conditions(keys, &builder, &diagnostics) : []
        let steady = onlyIf.reduce(settle) { max($0, $1.steadyFor) }
        if steady > within, isAcquire { reportSettle(keys, steady, within, &diagnostics) }
        if isAcquire { warnOfUncovered(matches, keys, &diagnostics) }
        let plan = plan(keys, &diagnostics)
        return Signals.Rule(
            signal: signal(keys, &diagnostics),
            matches: matches,
            plan: plan ?? "",
            settle: settle,
            onlyIf: onlyIf,
            within: within,
            retry: retry(keys, &diagnostics),
            span: keys.node("run")?.span ?? node.span.firstLine
        )
    }

    private func signal(_ keys: Keys, _ diagnostics: inout Diagnostics) -> String {
        let usual = direction == .acquire ? "master" : "slave"
        guard let (text, span) = keys.scalar("signal", &diagnostics) else { return usual }
        if !SignalText.isName(text) {
            diagnostics.report(
                Diagnostic(
                    code: "bad-name",
                    "`\(text.prefix(80))` cannot name a signal",
                    at: span,
                    note: "it stands in a command line: letters, digits, `_`, `.` and `-`, at most"
                        + " \(SignalText.nameLimit), with a letter or a digit first",
                    help: "write `signal: \(usual)`"
                )
            )
        }
        return text
    }

    private func plan(_ keys: Keys, _ diagnostics: inout Diagnostics) -> String? {
        guard keys.node("run") != nil else {
            let usual = direction == .acquire ? "become-master.yaml" : "become-slave.yaml"
            keys.reportMissing(
                "run",
                note: "it is the plan that runs",
                help: "write `run: \(usual)`, a file beside this one",
                &diagnostics
            )
            return nil
        }
        guard let name = keys.text("run", &diagnostics) else { return nil }
        if !name.isEmpty { return PlanPath.path(of: name, beside: path) }
        diagnostics.report(
            Diagnostic(code: "bad-value", "`run` is empty", at: keys.node("run")?.span)
        )
        return nil
    }

    private func matches(_ keys: Keys, _ diagnostics: inout Diagnostics) -> [Signals.Match] {
        guard let node = keys.node("match") else { return [] }
        let reader = MatchReader(direction: direction, scope: scope)
        return items(node, "match", &diagnostics).compactMap { reader.match($0, &diagnostics) }
    }

    private func conditions(
        _ keys: Keys, _ builder: inout TreeBuilder, _ diagnostics: inout Diagnostics
    ) -> [any Condition] {
        guard let node = keys.node("only-if"), !node.isNull, node.items?.isEmpty != true else {
            keys.reportMissing(
                "only-if",
                note: "one signal proves nothing: CARP says MASTER and then BACKUP at every boot,"
                    + " and a signal may be late, doubled or lost",
                help: "write `only-if: [carp: {interface: vlan50, vhid: 1, state: master}]`",
                &diagnostics
            )
            return []
        }
        _ = items(node, "only-if", &diagnostics)
        return builder.conditions(node, of: "only-if", in: scope)
    }

    /// The items of a list, or the one that stands alone.
    private func items(
        _ node: Node, _ key: String, _ diagnostics: inout Diagnostics
    ) -> ArraySlice<Node> {
        let items = node.isNull ? [] : node.items ?? [node]
        if items.count > Signals.itemLimit {
            diagnostics.report(
                Diagnostic(
                    code: "bad-value",
                    "`\(key)` has \(items.count) items, and \(Signals.itemLimit) is the limit",
                    at: node.span.firstLine
                )
            )
        }
        return items.prefix(Signals.itemLimit)
    }
}

// MARK: - Times

extension RuleReader {
    private func duration(
        _ key: String, _ keys: Keys, _ diagnostics: inout Diagnostics
    ) -> Duration? {
        guard let duration = keys.duration(key, &diagnostics) else { return nil }
        if duration > Self.longest { reportLong(key, keys, &diagnostics) }
        return min(duration, Self.longest)
    }

    private func reportLong(_ key: String, _ keys: Keys, _ diagnostics: inout Diagnostics) {
        diagnostics.report(
            Diagnostic(
                code: "bad-value",
                "`\(key)` of \(keys.subject) is longer than \(durationText(Self.longest))",
                at: keys.node(key)?.span,
                note: "a pair would wait for so long before anything happens"
            )
        )
    }

    private func reportSettle(
        _ keys: Keys, _ settle: Duration, _ within: Duration, _ diagnostics: inout Diagnostics
    ) {
        diagnostics.report(
            Diagnostic(
                code: "bad-value",
                "`settle` (or a `steady-for`) is \(durationText(settle)), longer than `within`,"
                    + " which is \(durationText(within))",
                at: (keys.node("settle") ?? keys.node("within"))?.span ?? keys.span.firstLine,
                note: "the conditions must hold for `settle` before `within` is over, so it could"
                    + " never be confirmed",
                help: "give `within` the time that the address needs to become master, and more"
            )
        )
    }

    private func retry(_ keys: Keys, _ diagnostics: inout Diagnostics) -> Signals.Backoff {
        let isAcquire = direction == .acquire
        let usual = isAcquire ? Self.defaultAcquire : Self.defaultRelease
        guard let node = keys.node("retry") else { return usual }
        let counts = node.entries?.first { $0.key == "attempts" }
        let others = node.entries.map { $0.filter { isAcquire || $0.key != "attempts" } }
        let rest = others.map { Node(.map($0), span: node.span) } ?? node
        let allowed = (isAcquire ? ["attempts"] : []) + ["delay", "backoff", "at-most"]
        guard let keys = Keys("`retry`", rest, allowed: allowed, in: scope, &diagnostics) else {
            return usual
        }
        if !isAcquire, let counts {
            diagnostics.report(
                Diagnostic(
                    code: "misplaced-key",
                    "a release has no `attempts`: it is tried until it is done",
                    at: counts.keySpan,
                    note: "a node that keeps what it should give up is what makes two writers",
                    help: "remove it; `delay`, `backoff` and `at-most` space the attempts"
                )
            )
        }
        let attempts = keys.integer("attempts", in: 1...Retry.attemptLimit, &diagnostics)
        let backoff = keys.integer("backoff", in: 1...Retry.backoffLimit, &diagnostics)
        let delay = pause("delay", keys, &diagnostics)
        let atMost = pause("at-most", keys, &diagnostics)
        if let delay, let atMost, atMost < delay {
            diagnostics.report(
                Diagnostic(
                    code: "bad-value",
                    "`at-most` of `retry` is shorter than its `delay`",
                    at: keys.node("at-most")?.span,
                    note: "`delay` is the first pause, `at-most` the longest"
                )
            )
        }
        let first = delay ?? min(usual.delay, atMost ?? usual.delay)
        return Signals.Backoff(
            attempts: attempts ?? usual.attempts, delay: first, backoff: backoff ?? usual.backoff,
            atMost: max(first, atMost ?? usual.atMost))
    }

    /// A pause between two attempts: without one, a failing run would spin.
    private func pause(_ key: String, _ keys: Keys, _ diagnostics: inout Diagnostics) -> Duration? {
        guard let pause = keys.limit(key, &diagnostics) else { return nil }
        if pause > Self.longest { reportLong(key, keys, &diagnostics) }
        return min(pause, Self.longest)
    }
}
