import Engine

/// `carp`: what this node is to a shared address.
struct CARPCondition: AddressConditionKind {
    static let reference = Reference(
        "carp",
        "This node is master, backup or init for a CARP address.",
        notes: """
            Read from the `carp:` lines of ifconfig. At boot and after a link comes back, CARP \
            goes through INIT, BACKUP and MASTER within seconds, so one look proves little: say \
            `steady-for`. A node whose interface is down is `init`, not `backup`.
            """,
        fields: WantedAddress.fields(of: address),
        timeout: .seconds(30),
        undone: "nothing to undo",
        example: "- carp: {interface: vlan50, vhid: 1, state: master, steady-for: 3s}"
    )

    static let address: any SharedAddress.Type = CARP.self
    let wanted: WantedAddress

    init(_ wanted: WantedAddress) { self.wanted = wanted }
}
