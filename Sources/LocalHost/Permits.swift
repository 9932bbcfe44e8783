import Engine

/// The rights to use hastd that the commands of one host have.
struct Permits {
    private struct Held {
        let id: WorkID
        let permit: HastdGate.Permit
        /// Whether its command's request still lies with hastd.
        var isUnsettled = false
    }

    private var held: [Held] = []

    /// One promotion's right is that of all that run beside it.
    func shared(_ use: HastdUse?) -> Looks.Admission? {
        guard use == .promotes else { return nil }
        return held.first { $0.permit.use == .promotes }.map { .granted($0.permit) }
    }

    mutating func add(_ permit: HastdGate.Permit?, of id: WorkID) {
        if let permit { held.append(Held(id: id, permit: permit)) }
    }

    /// A command was given up on, and hastd may still have its request: that of a demotion, which
    /// it is asked about. It must not be asked about a promotion.
    mutating func keep(_ id: WorkID, _ command: Command) {
        guard command.settledBy != nil else { return }
        for index in held.indices where held[index].id == id {
            held[index].isUnsettled = held[index].permit.use == .demotes
        }
    }

    /// hastd is through with such a request.
    mutating func settle(_ id: WorkID) { held.removeAll { $0.id == id } }

    /// A command is over.
    mutating func end(_ id: WorkID) { held.removeAll { $0.id == id && !$0.isUnsettled } }
}
