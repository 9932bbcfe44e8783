import Engine

/// `claim-address`: takes a shared address over.
struct ClaimAddress: StepKind {
    /// The most preferred value of CARP's `advskew`.
    static let advskew = 0

    static let reference = Reference(
        "claim-address",
        "Makes this node master of a shared address.",
        notes: """
            With CARP: sets advskew and state of this one vhid, both absolute; the demotion \
            counter, which is relative and moves every address of the host, is never touched. \
            CARP ignores the state while the interface is down (INIT), and a peer that \
            preempts with a lower advskew takes the address right back: then this fails.
            """,
        fields: SharedAddress.fields + [
            .optional(
                "advskew",
                .integer(0...254),
                "the preference to set, 0 being preferred most",
                absent: "`0`"
            ),
            Registry.address.field,
        ],
        timeout: .seconds(10),
        undone: "by `yield-address` with its default advskew",
        example: "- claim-address: {interface: vlan50, vhid: 1, advskew: 0}"
    )

    private let address: SharedAddress
    private let advskew: Int
    private let backend: any AddressBackend
    private let state: HostState

    init?(_ fields: inout Fields) {
        let address = SharedAddress(&fields)
        advskew = fields.integer("advskew") ?? Self.advskew
        backend = Registry.address.chosen(by: &fields)
        guard let address else { return nil }
        self.address = address
        state = HostState(
            "\(address.subject) is claimed",
            subject: address.subject,
            backend.address(address, isClaimed: true, advskew: advskew)
        )
    }

    var summary: String { "claim \(address.subject)" }
    var effect: Effect { .acquires }
    var reach: Reach? { Reach(address.subject, on: .address) }
    var goal: Goal { .condition(state) }
    func apply(_ seen: Answers) -> [Command] { backend.claim(address, advskew: advskew) }
    var inverse: Inverse { .step(YieldAddress(address, YieldAddress.advskew, backend)) }
}

extension SharedAddress {
    /// The fields that name an address.
    static let fields: [Field] = [
        .required("interface", .name, "the network interface"),
        .required("vhid", .integer(1...255), "the number of the virtual host"),
    ]

    init?(_ fields: inout Fields) {
        let interface = fields.name("interface")
        let vhid = fields.integer("vhid")
        guard let interface, let vhid else { return nil }
        self.init(interface: interface, vhid: vhid)
    }
}
