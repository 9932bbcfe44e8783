import Engine

/// A shared address that a condition can be about.
protocol SharedAddress: Sendable {
    /// The fields that name one.
    static var fields: [Field] { get }
    init?(_ fields: inout Fields)
    /// How a condition names what it is about.
    var subject: String { get }
    /// What this node is to it.
    func isState(_ state: AddressState) -> Probe
}

extension CARP: SharedAddress {}
extension Keepalived: SharedAddress {}

/// A state of a shared address that is wanted of this node.
struct WantedAddress: Sendable {
    let wanted: AddressState
    let state: HostState

    /// The fields of a condition on an address of this kind.
    static func fields(of address: any SharedAddress.Type) -> [Field] {
        address.fields + [.required("state", .choice(AddressState.words), "what is wanted")]
    }

    init?(_ address: any SharedAddress.Type, _ fields: inout Fields) {
        let address = address.init(&fields)
        let wanted = fields.choice("state", of: AddressState.self)
        guard let address, let wanted else { return nil }
        self.wanted = wanted
        state = HostState(
            "\(address.subject) is \(wanted.rawValue) here",
            subject: address.subject,
            address.isState(wanted)
        )
    }
}

/// A kind of condition that wants a state of a shared address.
protocol AddressConditionKind: ConditionKind {
    static var address: any SharedAddress.Type { get }
    var wanted: WantedAddress { get }
    init(_ wanted: WantedAddress)
}

extension AddressConditionKind {
    init?(_ fields: inout Fields) {
        guard let wanted = WantedAddress(Self.address, &fields) else { return nil }
        self.init(wanted)
    }

    var claim: String? { "\(Self.reference.name)=\(wanted.wanted.rawValue)" }
    var assurance: Assurance? { wanted.wanted == .master ? .mastership : nil }
    var summary: String { wanted.state.summary }
    var subject: String? { wanted.state.subject }
    var queries: [Query] { wanted.state.queries }

    func judge(_ answers: Answers) -> Verdict { wanted.state.judge(answers) }
}
