/// A wait for the peer ends before the peer's release plan must have ended.
struct WaitShorterThanCounterpart: LintRule {
    static let page = LintPage(
        code: "wait-shorter-than-counterpart",
        summary: "A wait for the peer ends before the peer's release plan must have ended.",
        why: "the peer runs the counterpart meanwhile, and may take the whole budget of it",
        story: """
            The address moves by plan, and both nodes do their part. On the old master a client \
            holds the pool busy; the release tries the export again and again and succeeds after \
            90 s, well inside its two minutes. By then this node has waited for 30 s, given up, \
            rolled back and yielded the address. Nobody has the pool. With a signal it begins \
            anew, by hand it does not, and the service is gone although nothing was broken.
            """,
        mend: """
            Give the wait, and the groups around it, as much as the `timeout` of the counterpart \
            and a few seconds more, and the plan enough for the rest. Or give the counterpart a \
            smaller `timeout`: then it is stuck sooner.
            """,
        example: """
            - wait-for-process:
                title: "hastd: disk0 (secondary)"
                state: absent
              timeout: 130s           # the release plan has 2m
            """
    )

    static func findings(in plan: LintedPlan) -> [Finding] {
        guard plan.acquires, let other = plan.counterpart?.header else { return [] }
        return plan.waits.filter { $0.limit < other.timeout }.map { wait in
            let budget = durationText(other.timeout)
            return Finding(
                message: "the wait for the peer ends after \(durationText(wait.limit)), and"
                    + " \(other.name) may take \(budget)",
                span: wait.span,
                help: "write a `timeout` of more than \(budget) beside it, and leave the groups"
                    + " around it as much"
            )
        }
    }
}
