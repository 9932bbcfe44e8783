/// What the signals do with plans that are in order by themselves, and can still end badly.
extension Signals.Pair {
    /// What the pair does not mean; the places are in the signals' file.
    func warnings(acquire: Plan?, release: Plan?) -> [Diagnostic] {
        var found = [(self.acquire, acquire), (self.release, release)].flatMap { rule, plan in
            plan.map { questions(in: $0, at: rule.span) } ?? []
        }
        if let acquire, let release {
            found += shortWaits(of: acquire, for: release)
        }
        return found.filter { !allowed.contains($0.code) }
    }

    /// What a plan asks of a person that runs unattended, unless the pair means it.
    func unattendedQuestions(in plan: Plan, at span: Span?) -> [Diagnostic] {
        questions(in: plan, at: span).filter { !allowed.contains($0.code) }
    }

    private func questions(in plan: Plan, at span: Span?) -> [Diagnostic] {
        let sections = [plan.steps] + (plan.ifFailed.map { [$0] } ?? [])
        let asking = sections.flatMap { plan.steps(from: $0) }.first { id in
            guard case .step(let node) = plan[id].kind, case .once = node.step.goal else {
                return false
            }
            return node.step.apply(.none).contains(where: \.endsUnattended)
        }
        guard let asking else { return [] }
        return [
            LintPage.askBySignal.warning(
                "\(plan.name) asks a person, and a signal runs it: \(plan[asking].label)",
                at: span,
                help: "write `unattended: wait` (then `failover approve` answers), or take the"
                    + " question out")
        ]
    }

    private func shortWaits(of acquire: Plan, for release: Plan) -> [Diagnostic] {
        let needed = self.release.settle + release.timeout
        let walk = LintWalk(
            acquire.nodes, from: acquire.steps, require: acquire.require, budget: acquire.timeout)
        // What is shorter than the release plan alone is told of the plan.
        let short = walk.waits.map(\.limit).filter { $0 < needed && $0 >= release.timeout }.min()
        guard let short else { return [] }
        return [
            LintPage.releaseOutlastsWait.warning(
                "the release may take \(durationText(needed)) from its signal on"
                    + " (`settle` and its `timeout`), and \(acquire.name) waits for"
                    + " \(durationText(short))",
                at: self.release.span,
                help: "write a smaller `settle` for the release, or a longer `timeout` beside the"
                    + " wait of \(acquire.name)")
        ]
    }
}

extension Command {
    /// Whether it is a question that fails, or is answered with no, where nobody can be asked.
    fileprivate var endsUnattended: Bool {
        guard case .ask(_, let unattended) = action else { return false }
        return unattended == .refuse || unattended == .no
    }
}

extension LintPage {
    /// A warning of this kind.
    fileprivate func warning(_ message: String, at span: Span?, help: String) -> Diagnostic {
        Diagnostic(.warning, code: code, message, at: span, note: why, help: help)
    }

    static let askBySignal = LintPage(
        code: "ask-by-signal",
        summary: "A plan that a signal runs asks a person, whom it cannot ask.",
        why: "started by devd or keepalived there is no terminal, and the question fails",
        story: """
            The master plan was tried by hand, and its question, whether the other node is off, \
            was a comfort each time. At 3 a.m. devd runs it. There is no terminal, the question \
            counts as refused, and the takeover ends at its first step, at this signal and at \
            each further one. Nobody serves until somebody is woken up by the clients.
            """,
        mend: """
            Say what happens without a person: `unattended: wait` leaves the question open until \
            `failover approve`, `unattended: yes` goes on. Or keep the question in a plan of its \
            own that people run. A pair that means to refuse says `allow: [ask-by-signal]` beside \
            its `acquire` in signals.yaml.
            """,
        example: """
            - ask: {question: Is the other node switched off?, unattended: wait}
            """,
        subject: .signals
    )

    static let releaseOutlastsWait = LintPage(
        code: "release-outlasts-wait",
        summary: "A release may take longer, from its signal on, than the other node waits.",
        why: "both nodes hear of the change at one moment, and the one that takes over gives up"
            + " first",
        story: """
            The release has two minutes, the wait of the master plan 130 s, and both were well \
            matched. Then somebody gave the release a `settle` of 20 s, against an address that \
            flutters. On a bad night the export takes all of its time: the release is done after \
            140 s, the other node rolled back ten seconds before, and nobody has the pool.
            """,
        mend: """
            `settle` of the release and its plan's `timeout` together must be less than each wait \
            for the peer in the acquire plan. A release needs no `settle`, as a rule. A pair whose \
            nodes hear of a change at different times can allow it.
            """,
        example: """
            release:
              match: [carp: 1@vlan50 BACKUP]
              run: become-slave.yaml   # timeout: 2m; the other plan waits for 130s
            """,
        subject: .signals
    )
}
