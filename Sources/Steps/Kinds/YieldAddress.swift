import Engine

/// `yield-address`: lets a shared address go.
struct YieldAddress: StepKind {
    /// The least preferred value of CARP's `advskew`.
    static let advskew = 254

    static let reference = Reference(
        "yield-address",
        "Lets a shared address go, so that the peer can take it.",
        notes: """
            With CARP: sets advskew and state of this one vhid, both absolute; the demotion \
            counter, which is relative and moves every address of the host, is never touched. \
            Done when the node is not master and ifconfig shows the advskew. When nobody else \
            takes the address, CARP gives it back after about 3 s. The advskew stays until \
            `claim-address`, ifconfig or a reboot sets another.
            """,
        fields: SharedAddress.fields + [
            .optional(
                "advskew",
                .integer(0...254),
                "the preference to set, 254 being preferred least",
                absent: "`254`"
            ),
            Registry.address.field,
        ],
        timeout: .seconds(10),
        undone: "not undone: what was given up is not taken back",
        example: "- yield-address: {interface: vlan50, vhid: 1}"
    )

    private let address: SharedAddress
    private let advskew: Int
    private let backend: any AddressBackend
    private let state: HostState

    init?(_ fields: inout Fields) {
        let address = SharedAddress(&fields)
        let advskew = fields.integer("advskew") ?? Self.advskew
        let backend = Registry.address.chosen(by: &fields)
        guard let address else { return nil }
        self.init(address, advskew, backend)
    }

    init(_ address: SharedAddress, _ advskew: Int, _ backend: any AddressBackend) {
        self.address = address
        self.advskew = advskew
        self.backend = backend
        state = HostState(
            "\(address.subject) is yielded",
            subject: address.subject,
            backend.address(address, isClaimed: false, advskew: advskew)
        )
    }

    var summary: String { "yield \(address.subject)" }
    var effect: Effect { .releases }
    var reach: Reach? { Reach(address.subject, on: .address) }
    var goal: Goal { .condition(state) }
    func apply(_ seen: Answers) -> [Command] { backend.yield(address, advskew: advskew) }
    var inverse: Inverse { .releasesOnly }
}
