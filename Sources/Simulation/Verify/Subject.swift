public import Engine

/// What is verified: the rules by which signals run the plans of one pair, and both plans.
public struct Subject: Sendable {
    /// The rules of `signals.yaml`.
    public let rules: Signals.Pair
    /// The plan that takes the pair over.
    public let acquire: Plan
    /// The plan that gives it up.
    public let release: Plan
    /// What both nodes share, as the plans' parameters tell it.
    public let pair: Pair
    /// What the plans rely on and the simulation does not know.
    public let unknowns: [Unknown]
    /// What holds when a plan is done; reckoned once, since each play asks for it.
    private let acquired: [any Condition]
    let released: [any Condition]
    /// The commands by which a person's handover yields the address, before the pair is released.
    let yielding: [Command]

    /// Joins what was loaded; both plans are those that the rules name.
    public init(_ rules: Signals.Pair, acquire: Plan, release: Plan) {
        self.rules = rules
        self.acquire = acquire
        self.release = release
        var named = Pair(asServedBy: acquire)
        if let instance = rules.keepalivedInstance { named.keepalived?.instance = instance }
        let census = Census(named, rules, [(.acquire, acquire), (.release, release)])
        pair = census.pair
        unknowns = census.unknowns
        acquired = acquire.lastingGoals
        released = release.lastingGoals
        yielding = acquire.yielding.map(\.commands) ?? []
    }

    /// Whether DRBD replicates the disks.
    var usesDRBD: Bool { pair.replication != .hast }

    /// What holds when the plan for a direction is done.
    func goals(_ direction: Plan.Direction) -> [any Condition] {
        switch direction {
        case .acquire: acquired
        case .release: released
        }
    }

    /// The plan for a direction.
    subscript(direction: Plan.Direction) -> Plan {
        switch direction {
        case .acquire: acquire
        case .release: release
        }
    }
}

extension Signals.Pair {
    /// The instance of keepalived whose states call for the plans; nil where none is named.
    fileprivate var keepalivedInstance: String? {
        for case .keepalived(_, let name, _) in acquire.matches { return name }
        return nil
    }
}

extension Plan {
    /// What its steps do where nothing was looked at, in order.
    fileprivate var commands: [Command] {
        steps(from: steps).flatMap { id -> [Command] in
            if case .step(let node) = self[id].kind { node.step.apply(.none) } else { [] }
        }
    }

    /// So long a run may take in all, on its way forward, back, and in what follows.
    ///
    /// Between its parts a run drains, and what is in doubt has a moment to be gone.
    var longest: Duration {
        var sum = timeout + Self.slack
        if direction != .release {
            sum += rollBackTimeout + Self.slack
            if let counterpart { sum += counterpart.timeout + Self.slack }
            if ifFailed != nil { sum += rollBackTimeout + Self.slack }
        }
        return sum
    }

    private static let slack = Duration.seconds(10)
}
