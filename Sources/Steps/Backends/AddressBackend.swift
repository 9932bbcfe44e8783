import Engine

/// What a node is to a shared address.
enum AddressState: String, CaseIterable, Sendable {
    case master, backup
    /// Not taking part: the interface is down, the protocol has only begun, or its daemon is gone.
    case initial = "init"
}

/// What a step does about a shared address.
enum AddressMove: Sendable { case claim, yield }

/// A shared address as one back end names it, looks at it and moves it.
///
/// What an address is called, and what it takes to move it, is each back end's own affair: it says
/// which fields it has, and reads them itself.
protocol AddressBackend: Sendable {
    /// Its fields in a step that makes this move; those that it requires, it alone requires.
    static func fields(of move: AddressMove) -> [Field]
    /// Reads its fields, of which those that it requires were given.
    init?(_ fields: inout Fields, for move: AddressMove)
    /// How a condition names what it is about.
    var subject: String { get }
    /// That the move is made, and lasts as far as this node decides that.
    func isMade(_ move: AddressMove) -> Probe
    /// What is still missing of the move.
    func make(_ move: AddressMove, _ seen: Answers) -> [Command]
    /// What of the host belongs to it alone, besides itself: `track file /run/failover/VI_1.track`.
    var parts: [String] { get }
    /// The same address, as it is let go of where no plan says how.
    var yielding: Self { get }
}

extension AddressBackend {
    var parts: [String] { [] }
}

extension Backends where Backend == any AddressBackend.Type {
    /// The fields of all back ends in a step that makes this move, and `using`.
    func fields(of move: AddressMove) -> [Field] {
        var fields: [Field] = []
        for (word, backend) in all {
            for field in backend.fields(of: move)
            where !fields.contains(where: { $0.name == field.name }) {
                fields.append(isShared(field, move) ? field : field.optional(besides: word))
            }
        }
        return fields + [field]
    }

    /// The address that the fields name, by the back end of `using` or of the platform.
    func address(_ fields: inout Fields, for move: AddressMove) -> (any AddressBackend)? {
        let (word, backend) = choice(by: &fields)
        let own = backend.fields(of: move)
        for field in own
        where field.absent == nil && !isShared(field, move) && !fields.isGiven(field.name) {
            fields.lack(field.name)
        }
        for (other, theirs) in all where other != word {
            for field in theirs.fields(of: move)
            where fields.isGiven(field.name) && !own.contains(where: { $0.name == field.name }) {
                let isNamed = fields.isGiven("using")
                fields.report(
                    field.name,
                    "`\(field.name)` is a field of `\(other)`, and `\(word)` moves this address",
                    note: isNamed
                        ? "`using` names it"
                        : "no `using` is given, and it is the back end of the platform",
                    help: isNamed ? "leave it out" : "leave it out, or write `using: \(other)`"
                )
            }
        }
        return backend.init(&fields, for: move)
    }

    /// Whether every back end requires a field.
    private func isShared(_ field: Field, _ move: AddressMove) -> Bool {
        all.allSatisfy { _, backend in
            backend.fields(of: move).contains { $0.name == field.name && $0.absent == nil }
        }
    }
}

extension Field {
    /// The field where other back ends do without it.
    fileprivate func optional(besides word: String) -> Field {
        .optional(
            name, kind, summary,
            absent: absent.map { "\($0), with `\(word)`" } ?? "must be given with `\(word)`")
    }
}
