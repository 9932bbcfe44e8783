import Engine

/// `claim-address`: takes a shared address over.
struct ClaimAddress: StepKind {
    static let reference = Reference(
        "claim-address",
        "Makes this node master of a shared address.",
        notes: """
            With CARP: sets advskew and state of this one vhid, both absolute; the demotion \
            counter, which is relative and moves every address of the host, is never touched. A \
            vhid that the interface does not have fails the step, since ifconfig would make one. \
            CARP ignores the state while the interface is down (INIT), and a peer that \
            preempts with a lower advskew takes the address right back: then this fails. With \
            keepalived: removes the track file, so that nothing of ours keeps the instance in \
            FAULT, and waits. It becomes master when nobody else is, about 3 s later; with \
            `nopreempt` nothing moves an address away from a master that lives but its own \
            `yield-address`, and then this fails.
            """,
        fields: Registry.address.fields(of: .claim),
        timeout: .seconds(10),
        undone: "by `yield-address`, with its default advskew",
        example: "- claim-address: {using: carp, interface: vlan50, vhid: 1, advskew: 0}"
    )

    private let address: any AddressBackend
    private let state: HostState

    init?(_ fields: inout Fields) {
        guard let address = Registry.address.address(&fields, for: .claim) else { return nil }
        self.address = address
        state = HostState(
            "\(address.subject) is claimed",
            subject: address.subject,
            address.isMade(.claim)
        )
    }

    var summary: String { "claim \(address.subject)" }
    var effect: Effect { .acquires }
    var reach: Reach? { Reach(address.subject, on: .address) }
    var goal: Goal { .condition(state) }
    func apply(_ seen: Answers) -> [Command] { address.make(.claim, seen) }
    var inverse: Inverse { .step(YieldAddress(address.yielding)) }
}
