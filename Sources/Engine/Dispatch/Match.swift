extension Signals {
    /// What selects a rule, besides its signal's name.
    public enum Match: Hashable, Sendable {
        /// `carp: '1@vlan50 MASTER'`
        case carp(vhid: Int, interface: String, state: String)
        /// `interface: carp0 LINK_UP`
        case interface(name: String, type: String)
        /// `keepalived: INSTANCE VI_1 MASTER`
        case keepalived(kind: String, name: String, state: String)
        /// `hast: split-brain disk0`
        case hast(event: String, resource: String)
        /// `drbd: quorum r0 no`
        case drbd(event: String, resource: String, state: String)

        /// Whether it is this very notice.
        func fits(_ notice: Notice) -> Bool {
            switch (self, notice) {
            case (.hast(let event, let resource), .hast(let came, let name, _)):
                event == came && resource == name
            case (.drbd(let event, let resource, let state), .drbd(let came, let name, let now)):
                event == came && resource == name && state == now
            case (.carp(_, _, let state), .carp(_, _, let now)),
                (.interface(_, let state), .interface(_, let now)),
                (.keepalived(_, _, let state), .keepalived(_, _, let now)):
                state == now && concerns(notice)
            default: false
            }
        }

        /// Whether the notice is of the same address, in whatever state.
        func concerns(_ notice: Notice) -> Bool {
            switch (self, notice) {
            case (.carp(let vhid, let interface, _), .carp(let number, let name, _)):
                vhid == number && interface == name
            case (.interface(let name, _), .interface(let other, _)): name == other
            case (.keepalived(let kind, let name, _), .keepalived(let other, let called, _)):
                kind == other && name == called
            default: false
            }
        }

        /// The address as a person writes it; nil for what is none.
        var address: String? {
            switch self {
            case .carp(let vhid, let interface, _): "\(vhid)@\(interface)"
            case .interface(let name, _): name
            case .keepalived(let kind, let name, _): "\(kind) \(name)"
            case .hast, .drbd: nil
            }
        }

        /// The state of the address; nil for what is none.
        var state: String? {
            switch self {
            case .carp(_, _, let state), .interface(_, let state), .keepalived(_, _, let state):
                state
            case .hast, .drbd: nil
            }
        }
    }
}

extension Notice {
    /// Whether it tells an address's state, rather than something else of it.
    ///
    /// keepalived also tells priorities (`MASTER_PRIORITY`, `MASTER_RX_LOWER_PRI`), and an
    /// interface the addresses that come and go.
    var isState: Bool {
        switch self {
        case .carp: true
        case .interface(_, let type): !["ATTACH", "ADDR_ADD", "ADDR_DEL", "RENAME"].contains(type)
        case .keepalived(_, _, let state):
            !state.hasPrefix("MASTER_") && !state.hasPrefix("BACKUP_")
        case .named, .hast, .drbd: false
        }
    }
}
