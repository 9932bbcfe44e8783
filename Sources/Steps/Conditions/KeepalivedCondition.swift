import Engine

/// `keepalived`: what this node is to an address that keepalived moves.
struct KeepalivedCondition: AddressConditionKind {
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
        fields: WantedAddress.fields(of: address),
        timeout: .seconds(30),
        undone: "nothing to undo",
        example: """
            - keepalived: {interface: eth1, address: 192.0.2.250, state: master, steady-for: 3s}
            """
    )

    static let address: any SharedAddress.Type = Keepalived.self
    let wanted: WantedAddress

    init(_ wanted: WantedAddress) { self.wanted = wanted }
}
