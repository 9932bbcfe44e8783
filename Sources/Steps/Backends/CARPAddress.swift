import Engine

/// A shared address that CARP moves: by its preference, and by a state that is asked for.
struct CARPAddress: AddressBackend {
    /// The least and the most preferred value of `advskew`.
    private static let (least, most) = (254, 0)

    private let host: CARP
    private let advskew: Int

    static func fields(of move: AddressMove) -> [Field] {
        let field: Field =
            switch move {
            case .claim:
                .optional(
                    "advskew", .integer(0...254), "the preference to set, 0 being preferred most",
                    absent: "`\(most)`")
            case .yield:
                .optional(
                    "advskew", .integer(0...254),
                    "the preference to set, 254 being preferred least", absent: "`\(least)`")
            }
        return CARP.fields + [field]
    }

    init?(_ fields: inout Fields, for move: AddressMove) {
        let host = CARP(&fields)
        let advskew = fields.integer("advskew")
        guard let host else { return nil }
        self.host = host
        self.advskew = advskew ?? (move == .claim ? Self.most : Self.least)
    }

    private init(_ host: CARP, advskew: Int) {
        self.host = host
        self.advskew = advskew
    }

    var subject: String { host.subject }

    func isMade(_ move: AddressMove) -> Probe {
        host.isMaster(move == .claim, advskew: advskew)
    }

    func make(_ move: AddressMove, _ seen: Answers) -> [Command] {
        guard !host.isKnownMissing(seen) else { return [] }
        return [host.set(advskew: advskew, state: move == .claim ? "master" : "backup")]
    }

    var yielding: CARPAddress { CARPAddress(host, advskew: Self.least) }
}
