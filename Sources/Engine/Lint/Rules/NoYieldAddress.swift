/// After a failed takeover the node keeps an address at which it serves nothing.
struct NoYieldAddress: LintRule {
    static let page = LintPage(
        code: "no-yield-address",
        summary: "After a failed takeover the node keeps an address at which it serves nothing.",
        why: "the address stays where the takeover failed, and the peer gets no signal",
        story: """
            This node becomes master, one of its disks does not answer, and the run rolls back as \
            it should. The address stays, since nothing told CARP. Clients find a host that \
            answers a ping and refuses each connection. The peer, healthy and with all disks, \
            remains backup and waits for a signal that nobody sends.
            """,
        mend: """
            Write `yield-address` under `if-failed`. It runs once all is taken back, after the \
            last attempt of a signal; the peer becomes master and takes over. A plan that no \
            signal runs can allow it.
            """,
        example: """
            if-failed:
              - yield-address: {interface: vlan50, vhid: 1}
            """
    )

    static func findings(in plan: LintedPlan) -> [Finding] {
        guard plan.acquires, plan.header.onFailure != .stop, !plan.stacked.isEmpty,
            plan.followsAnAddress
        else { return [] }
        let afterwards = plan.ifFailed.map { plan.deeds(from: $0) } ?? []
        let yields = afterwards.contains {
            $0.effect == .releases && $0.reach.layers.lowerBound == .address
        }
        if yields { return [] }
        let more = plan.platform == .linux ? "address: …, track-file: …" : "vhid: …"
        return [
            Finding(
                message: "the plan follows an address, and `if-failed` has no `yield-address`",
                span: plan.header.ifFailedSpan,
                help: "write `if-failed:` at the top of the plan, and below"
                    + " `- yield-address: {interface: …, \(more)}`"
            )
        ]
    }
}

extension LintedPlan {
    /// Whether the plan depends on an address being here: it asks for that, or sees to it.
    fileprivate var followsAnAddress: Bool {
        if deeds.contains(where: { $0.reach.layers.lowerBound == .address }) { return true }
        if require.contains(where: { $0.assurance == .mastership }) { return true }
        var rest = [steps]
        while let id = rest.popLast() {
            let node = nodes[id.index]
            if node.guards.contains(where: { $0.assurance == .mastership }) { return true }
            if node.when?.assurance == .mastership { return true }
            switch node.kind {
            case .group(let group): rest += group.children
            case .step(let step):
                guard case .condition(let goal) = step.step.goal else { continue }
                if goal.assurance == .mastership { return true }
            case .pointOfNoReturn: continue
            }
        }
        return false
    }
}
