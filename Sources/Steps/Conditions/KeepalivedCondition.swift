import Engine

/// `keepalived`: what this node is to an address that keepalived moves.
struct KeepalivedCondition: ConditionKind {
    static let reference = Reference(
        "keepalived",
        "This node is master, backup or init for an address that keepalived moves.",
        notes: """
            `master`: `ip` shows the address on the interface, and a process keepalived lives. \
            `backup`: it lives, and the address is not there; a node in FAULT is also that. \
            `init`: none lives, whether or not it left the address behind when it was killed, \
            for then the peer has it too. keepalived changes its mind within seconds at a boot \
            and after a link comes back, so one look proves little: say `steady-for`.
            """,
        fields: Keepalived.fields + [
            .required("state", .choice(AddressState.words), "what is wanted"),
            .optional(
                "steady-for",
                .duration,
                "how long it must hold without a break",
                absent: "one look is enough"
            ),
        ],
        timeout: .seconds(30),
        undone: "nothing to undo",
        example: """
            - keepalived: {interface: eth1, address: 192.0.2.250, state: master, steady-for: 3s}
            """
    )

    let steadyFor: Duration
    let claim: String?
    let assurance: Assurance?
    private let state: HostState

    init?(_ fields: inout Fields) {
        let address = Keepalived(&fields)
        let wanted = fields.choice("state", of: AddressState.self)
        steadyFor = fields.duration("steady-for") ?? .zero
        guard let address, let wanted else { return nil }
        claim = "keepalived=\(wanted.rawValue)"
        assurance = wanted == .master ? .mastership : nil
        state = HostState(
            "\(address.subject) is \(wanted.rawValue) here",
            subject: address.subject,
            address.isState(wanted)
        )
    }

    var summary: String {
        steadyFor == .zero
            ? state.summary : state.summary + " for \(durationText(steadyFor)) without a break"
    }
    var subject: String? { state.subject }
    var queries: [Query] { state.queries }

    func judge(_ answers: Answers) -> Verdict { state.judge(answers) }
}
