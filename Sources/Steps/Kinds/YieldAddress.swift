import Engine

/// `yield-address`: lets a shared address go.
struct YieldAddress: StepKind {
    static let reference = Reference(
        "yield-address",
        "Lets a shared address go, so that the peer can take it.",
        notes: """
            With CARP: sets advskew and state of this one vhid, both absolute; the demotion \
            counter, which is relative and moves every address of the host, is never touched. A \
            vhid that the interface does not have fails the step, since ifconfig would make one. \
            Done when the node is not master and ifconfig shows the advskew, which stays until \
            `claim-address`, ifconfig or a reboot sets another. With keepalived: puts the \
            instance into FAULT for a second, by a 1 in its track file, which is then removed. \
            Done when the address is off the interface and no track file keeps the instance in \
            FAULT; what a killed keepalived left there is taken off. The folder of the track \
            file must be there when keepalived starts, or it never looks at the file. When \
            nobody else takes the address, either protocol gives it back after about 3 s.
            """,
        fields: Registry.address.fields(of: .yield),
        timeout: .seconds(10),
        undone: "not undone: what was given up is not taken back",
        example: "- yield-address: {using: carp, interface: vlan50, vhid: 1}"
    )

    private let address: any AddressBackend
    private let state: HostState

    init?(_ fields: inout Fields) {
        guard let address = Registry.address.address(&fields, for: .yield) else { return nil }
        self.init(address)
    }

    init(_ address: any AddressBackend) {
        self.address = address
        state = HostState(
            "\(address.subject) is yielded",
            subject: address.subject,
            address.isMade(.yield)
        )
    }

    var summary: String { "yield \(address.subject)" }
    var effect: Effect { .releases }
    var reach: Reach? { Reach(address.subject, on: .address) }
    var bearing: Bearing {
        Bearing(effect, ([address.subject] + address.parts).map { Reach($0, on: .address) })
    }
    var goal: Goal { .condition(state) }
    func apply(_ seen: Answers) -> [Command] { address.make(.yield, seen) }
    var inverse: Inverse { .releasesOnly }
}
