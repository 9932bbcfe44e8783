/// The limits of the steps add up to more than the plan may take.
struct LimitsAboveTimeout: LintRule {
    static let page = LintPage(
        code: "limits-above-timeout",
        summary: "The limits of the steps add up to more than the plan may take.",
        why: "the budget of the plan ends first, and the last steps never get the time that they"
            + " are promised",
        story: """
            Ten disks wait one after the other, each for up to two minutes, and the plan has \
            eight. The peer is slow that night. Each disk stays inside its own limit, the budget \
            is spent at the fifth, and the plan rolls back a takeover that was going well. Read \
            by its steps, it would have had half an hour.
            """,
        mend: """
            Let the limits add up to at most `timeout`: smaller limits, `at-once: all` beside a \
            `for-each`, or a larger `timeout`. A preview shows the sum. `retry` happens within the \
            limit of a step.
            """,
        example: """
            - for-each: disk
              in: ${disks}
              at-once: all            # as long as the slowest one, not as all together
              steps:
                - wait-for-device: /dev/hast/${disk}
                  timeout: 30s
            """
    )

    static func findings(in plan: LintedPlan) -> [Finding] {
        let budget = plan.header.timeout
        let sum = Limits(nodes: plan.nodes, budget: budget)
            .limit(of: plan.steps, requiring: plan.require)
        guard sum > budget else { return [] }
        return [
            Finding(
                message: "the limits of the steps add up to \(durationText(sum)), and the plan may"
                    + " take \(durationText(budget))",
                span: plan.header.timeoutSpan,
                help: "write a `timeout` of at least \(durationText(round(sum))), or smaller limits"
            )
        ]
    }

    /// As a person would write it: whole seconds, from two minutes on whole minutes; never less.
    private static func round(_ sum: Duration) -> Duration {
        let unit: Int64 = sum < .seconds(120) ? 1000 : 60_000
        return .milliseconds((sum.milliseconds + unit - 1) / unit * unit)
    }
}
