/// What came in from outside: parsed, of known alphabets and lengths, safe to log.
public enum Notice: Sendable, Hashable {
    /// A signal by its name: `failover on master`.
    case named(String)
    /// CARP of FreeBSD 10 and later: an address came into a state.
    case carp(vhid: Int, interface: String, state: String)
    /// An interface of FreeBSD (before 10, CARP's own `carp0`): `LINK_UP`, `LINK_DOWN` …
    case interface(name: String, type: String)
    /// keepalived: an `INSTANCE` or a `GROUP` came into a state.
    case keepalived(kind: String, name: String, state: String)
    /// A hook of hastd; `roles` are the old and the new one of the event `role`, else empty.
    case hast(event: String, resource: String, roles: [String])
    /// DRBD: `role`, `disk`, `connection` or `quorum` with its state, else a helper's name.
    case drbd(event: String, resource: String, state: String)

    /// Whether it tells of an address, and is no word of a person or of a replica.
    public var isOfAddress: Bool {
        switch self {
        case .carp, .interface, .keepalived: true
        case .named, .hast, .drbd: false
        }
    }

    /// One line for a log: `carp 1@vlan50 MASTER`.
    public var text: String {
        switch self {
        case .named(let name): "signal \(name)"
        case .carp(let vhid, let interface, let state): "carp \(vhid)@\(interface) \(state)"
        case .interface(let name, let type): "interface \(name) \(type)"
        case .keepalived(let kind, let name, let state): "keepalived \(kind) \(name) \(state)"
        case .hast(let event, let resource, let roles):
            (["hast", event, resource] + roles).joined(separator: " ")
        case .drbd(let event, let resource, let state):
            ["drbd", event, resource, state].filter { !$0.isEmpty }.joined(separator: " ")
        }
    }
}
