import Engine

/// `carp`: what this node is to a shared address.
struct CARPCondition: ConditionKind {
    static let reference = Reference(
        "carp",
        "This node is master, backup or init for a CARP address.",
        notes: """
            Read from the `carp:` lines of ifconfig. At boot and after a link comes back, CARP \
            goes through INIT, BACKUP and MASTER within seconds, so one look proves little: say \
            `steady-for`. A node whose interface is down is `init`, not `backup`.
            """,
        fields: CARP.fields + [
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
        example: "- carp: {interface: vlan50, vhid: 1, state: master, steady-for: 3s}"
    )

    let steadyFor: Duration
    let claim: String?
    let assurance: Assurance?
    private let state: HostState

    init?(_ fields: inout Fields) {
        let address = CARP(&fields)
        let wanted = fields.choice("state", of: AddressState.self)
        steadyFor = fields.duration("steady-for") ?? .zero
        guard let address, let wanted else { return nil }
        claim = "carp=\(wanted.rawValue)"
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
