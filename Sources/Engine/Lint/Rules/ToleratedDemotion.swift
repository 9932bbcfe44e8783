/// A release may leave a disk primary, and goes on.
struct ToleratedDemotion: LintRule {
    static let page = LintPage(
        code: "tolerated-demotion",
        summary: "A release goes on though a disk could not be demoted.",
        why: "the peer cannot take over while a disk is primary here, and the release ends stuck",
        story: """
            Ten disks are demoted side by side, and one may fail, since a raidz survives one bad \
            disk. hastd does not answer for the tenth. The release goes through the other nine and \
            to its end, and only then finds that it has not given the pair up: the peer waits for \
            the disk, promotes nothing, and has lost the minutes in which the disk could have been \
            asked again.
            """,
        mend: """
            Take `allow-failures` and `on-failure: continue` away from what demotes: a release \
            tries each step until its budget is spent anyway. What may be missing without harm is \
            a service, or a disk in a takeover. A plan that means it can allow it; its run ends \
            stuck all the same while a disk is primary.
            """,
        example: """
            - for-each: disk
              in: ${disks}
              at-once: all
              steps:
                - set-role: {resource: '${disk}', role: secondary}
            """
    )

    static func findings(in plan: LintedPlan) -> [Finding] {
        guard plan.header.direction == .release else { return [] }
        let lax = plan.deeds.filter {
            $0.effect == .releases && $0.reach.layers.lowerBound == .replicas && $0.mayFail
        }
        return lax.map { deed in
            Finding(
                message: "\(deed.kind) gives up \(deed.reach.thing), and may fail",
                span: deed.span,
                help: "remove `allow-failures` and `on-failure: continue` from it and from the"
                    + " groups around it"
            )
        }
    }
}
