/// What a plan says of itself: all of its keys but the parameters and the steps.
struct PlanHeader {
    /// The keys of a plan.
    static let keys = [
        "plan", "direction", "counterpart", "description", "parameters", "timeout",
        "roll-back-timeout", "recovery-time-objective", "on-failure", "when-superseded", "require",
        "steps", "if-failed", "if-stuck", "allow",
    ]

    let name: String
    /// Where it names itself.
    let span: Span
    let description: String
    /// Nil when the plan has none, or when its word for it is at fault.
    let direction: Plan.Direction?
    /// Whether the plan names a direction, be it at fault.
    let hasDirection: Bool
    /// The counterpart's path beside the plan, and where it is named.
    let counterpart: (path: String, span: Span)?
    /// Whether the plan names a counterpart, be it at fault.
    let namesCounterpart: Bool
    let timeout: Duration
    /// Where it says so, or names itself.
    let timeoutSpan: Span
    /// Where it says what follows a failure, or names itself.
    let ifFailedSpan: Span
    let rollBackTimeout: Duration
    let recoveryTimeObjective: Duration?
    let onFailure: Plan.OnFailure
    let whenSuperseded: Plan.WhenSuperseded
    let ifStuck: Plan.IfStuck
    /// The codes of the warnings that it means to give.
    let allowed: [String]

    init(_ keys: Keys, _ diagnostics: inout Diagnostics) {
        if keys.node("plan") == nil {
            keys.reportMissing(
                "plan",
                note: "displays, logs and newer signals speak of a plan by its name",
                help: "write `plan: become-master` at its top",
                &diagnostics
            )
        }
        name = keys.name("plan", &diagnostics) ?? ""
        span = keys.entry("plan")?.keySpan ?? keys.span.firstLine
        description = keys.prose("description", &diagnostics) ?? ""
        direction = keys.word("direction", &diagnostics)
        hasDirection = keys.node("direction") != nil
        counterpart = keys.scalar("counterpart", &diagnostics).map { ($0.text, $0.span) }
        namesCounterpart = keys.node("counterpart") != nil
        timeoutSpan = keys.entry("timeout")?.keySpan ?? span
        ifFailedSpan = keys.entry("if-failed")?.keySpan ?? span
        timeout = keys.limit("timeout", &diagnostics) ?? Plan.defaultTimeout
        rollBackTimeout =
            keys.limit("roll-back-timeout", &diagnostics) ?? Plan.defaultRollBackTimeout
        recoveryTimeObjective = keys.limit("recovery-time-objective", &diagnostics)
        onFailure = keys.word("on-failure", &diagnostics) ?? .rollBack
        let superseded: Plan.WhenSuperseded? = keys.word("when-superseded", &diagnostics)
        whenSuperseded = superseded ?? (direction == .release ? .finish : .handOver)
        ifStuck = keys.word("if-stuck", &diagnostics) ?? .park
        allowed = Lint.allowed(keys, &diagnostics)
        checkDirection(keys, &diagnostics)
        if direction == .release {
            checkRelease(keys, &diagnostics)
        } else if !hasDirection || direction == .acquire {
            refuse(
                "if-stuck",
                keys,
                note: "only a release plan ends stuck by a choice of its own:"
                    + " any other one rolls back, or calls a person",
                &diagnostics
            )
        }
    }
}

// MARK: - What fits the direction

extension PlanHeader {
    private func checkDirection(_ keys: Keys, _ diagnostics: inout Diagnostics) {
        if hasDirection, keys.node("counterpart") == nil {
            keys.reportMissing(
                "counterpart",
                note: "a plan with a direction names the plan that takes its effects back from"
                    + " any state",
                help: "write `counterpart: become-slave.yaml`, a file beside this one",
                &diagnostics
            )
        }
        guard !hasDirection else { return }
        refuse(
            "counterpart",
            keys,
            note: "without a `direction` there is nothing to take back",
            help: "write `direction: acquire` or `direction: release` beside it",
            &diagnostics
        )
        guard onFailure == .counterpart else { return }
        refuse(
            "on-failure",
            keys,
            note: "without a `direction` there is no counterpart to run",
            help: "write `on-failure: roll-back` or `on-failure: stop`",
            &diagnostics
        )
    }

    private func checkRelease(_ keys: Keys, _ diagnostics: inout Diagnostics) {
        if keys.node("if-stuck") == nil {
            keys.reportMissing(
                "if-stuck",
                note: "a release plan must choose what happens when it cannot go on:\n"
                    + "  `fence-self`: reboot this machine at once, so that the peer can take over"
                    + " without two writers\n"
                    + "  `park`: leave all as it is and call a person; the peer cannot take over"
                    + " until then",
                help: "write `if-stuck: park` or `if-stuck: fence-self`; there is no default",
                &diagnostics
            )
        }
        let forward =
            "a release goes forward, retries, or ends stuck: to undo it would be an"
            + " unguarded promotion"
        refuse("on-failure", keys, note: forward, &diagnostics)
        refuse("roll-back-timeout", keys, note: forward, &diagnostics)
        refuse("if-failed", keys, note: forward, help: "see `if-stuck`", &diagnostics)
        guard whenSuperseded == .handOver else { return }
        refuse(
            "when-superseded",
            keys,
            note: "a release always finishes before it hands over: half a release leaves the pair"
                + " to nobody",
            &diagnostics
        )
    }

    private func refuse(
        _ key: String,
        _ keys: Keys,
        note: String,
        help: String? = nil,
        _ diagnostics: inout Diagnostics
    ) {
        guard let entry = keys.entry(key) else { return }
        let kind = direction.map { "a plan with `direction: \($0.rawValue)`" }
        diagnostics.report(
            Diagnostic(
                code: "misplaced-key",
                "`\(key)` means nothing in \(kind ?? "a plan without `direction`")",
                at: entry.keySpan,
                note: note,
                help: help ?? "remove it"
            )
        )
    }
}
