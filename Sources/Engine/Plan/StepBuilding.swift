/// How a member of a list of steps is told apart and built.
extension TreeBuilder {
    /// The kinds of member that are no step of the catalog.
    enum Structure: String, CaseIterable {
        case parallel
        case sequence
        case forEach = "for-each"
        case pointOfNoReturn = "point-of-no-return"

        static let names = allCases.map(\.rawValue)
    }

    /// The keys of a member, told apart.
    struct Sorted {
        var kinds: [Node.Entry] = []
        var unknown: [Node.Entry] = []
    }

    mutating func member(_ keys: Keys, _ place: Place) -> NodeID? {
        let sorted = sorted(keys)
        guard let kind = sorted.kinds.first, sorted.kinds.count == 1 else {
            reportKinds(sorted, keys)
            return nil
        }
        if let structure = Structure(rawValue: kind.key) {
            return group(structure, kind, keys, place)
        }
        guard let entry = catalog.step(named: kind.key) else { return nil }
        let strays = sorted.unknown.filter { stray in
            entry.reference.fields.contains { $0.name == stray.key }
        }
        for stray in sorted.unknown {
            let isField = strays.contains { $0.key == stray.key }
            let whole = isField ? "- " + entry.reference.whole(kind, strays) : nil
            diagnostics.report(unknownModifier(stray, of: kind.key, whole: whole))
        }
        // With its fields beside it instead of below, a kind would seem to lack them all.
        if kind.value.isNull && !strays.isEmpty { return nil }
        guard countStep(kind.keySpan) else { return nil }
        return step(entry, kind, keys, place)
    }

    private func sorted(_ keys: Keys) -> Sorted {
        var sorted = Sorted()
        let isForEach = keys.entries.contains { $0.key == Structure.forEach.rawValue }
        for entry in keys.entries where !StepModifiers.names.contains(entry.key) {
            if Structure.names.contains(entry.key) || catalog.step(named: entry.key) != nil {
                sorted.kinds.append(entry)
            } else if !isForEach || !Self.forEachKeys.contains(entry.key) {
                sorted.unknown.append(entry)
            }
        }
        if let first = sorted.kinds.first, Structure(rawValue: first.key) != nil {
            // Each structure reports its own unknown keys.
            sorted.unknown = []
        }
        return sorted
    }

    private mutating func step(
        _ kind: Catalog.Entry<any Step>,
        _ entry: Node.Entry,
        _ keys: Keys,
        _ place: Place
    ) -> NodeID? {
        let modifiers = modifiers(keys)
        let step = catalog.step(
            kind,
            entry.value,
            timeout: modifiers.timeout,
            in: keys.scope,
            platform: platform,
            span: entry.keySpan,
            &diagnostics
        )
        guard let step else { return nil }
        let timeout = modifiers.timeout ?? step.limit ?? kind.reference.timeout
        checkDirection(step, entry)
        checkTimeouts(step, modifiers, timeout, keys)
        let node = StepNode(
            kind: kind.reference.name,
            step: step,
            attemptTimeout: modifiers.attemptTimeout,
            retry: modifiers.retry,
            inverse: modifiers.undo.map(Inverse.step) ?? step.inverse
        )
        return append(
            parent: place.parent,
            label: step.summary,
            .step(node),
            modifiers,
            timeout,
            entry.keySpan
        )
    }
}

// MARK: - Checks of a step

extension TreeBuilder {
    private mutating func checkDirection(_ step: any Step, _ kind: Node.Entry) {
        guard section.isDirectionChecked, step.effect != .neither else { return }
        let fitting: Plan.Direction = step.effect == .acquires ? .acquire : .release
        guard section.direction != fitting else { return }
        guard section.direction != nil else {
            section.isDirectionChecked = false
            diagnostics.report(
                Diagnostic(
                    code: "missing-direction",
                    "`\(kind.key)` \(step.effect.rawValue), and the plan has no `direction`",
                    at: kind.keySpan,
                    note: "the direction decides what a failure leads to: a roll-back, or going on",
                    help: "write `direction: \(fitting.rawValue)` and a `counterpart` at the top"
                )
            )
            return
        }
        diagnostics.report(
            Diagnostic(
                code: "contradicts-direction",
                "`\(kind.key)` \(step.effect.rawValue), and the plan does not",
                at: kind.keySpan,
                note: fitting == .acquire
                    ? "a release plan runs without guards and is never undone: nothing in it may"
                        + " take over"
                    : "a plan that takes over gives up by its roll-back and by its counterpart",
                help: "move it to the counterpart"
            )
        )
    }

    private mutating func checkTimeouts(
        _ step: any Step,
        _ modifiers: StepModifiers,
        _ timeout: Duration,
        _ keys: Keys
    ) {
        if let attempt = modifiers.attemptTimeout, attempt > timeout {
            diagnostics.report(
                Diagnostic(
                    code: "bad-timeout",
                    "`attempt-timeout` is longer than the step's timeout of"
                        + " \(durationText(timeout))",
                    at: keys.node("attempt-timeout")?.span,
                    note: "`timeout` is for all attempts together, `attempt-timeout` for one",
                    help: "write a longer `timeout`, or a shorter `attempt-timeout`"
                )
            )
        }
        guard case .condition(let goal) = step.goal, goal.steadyFor >= timeout else { return }
        diagnostics.report(
            Diagnostic(
                code: "bad-timeout",
                "the step waits for a state that is steady for \(durationText(goal.steadyFor)),"
                    + " and its timeout is \(durationText(timeout))",
                at: (keys.node("timeout")?.span ?? keys.entries.first?.keySpan),
                note: "it can never come to its end",
                help: "write a longer `timeout`, or a shorter `steady-for`"
            )
        )
    }
}
