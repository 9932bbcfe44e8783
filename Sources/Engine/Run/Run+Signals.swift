/// What comes from outside: a newer signal, a person's interrupt.
extension Run {
    /// A newer signal names another plan: hand over to it now, or once this run is over.
    mutating func superseded(by newer: String) {
        ledger.record(.superseded(by: newer))
        waiting = newer
        let yields = plan.direction != .release && plan.whenSuperseded == .handOver
        switch stage {
        case .requiring, .forward, .checking, .pausing, .repairing:
            if yields { drain("a newer signal names \(newer)", .handOver(newer)) }
        case .idle, .draining, .back, .clearing, .counterpart, .ifFailed, .proving, .fencing,
            .settling,
            .over:
            return
        }
    }

    /// The first interrupt turns back where there is a way back; the second stops at once.
    mutating func interrupted() {
        ledger.record(.interrupted)
        interrupts += 1
        switch stage {
        case .idle: close(Ending(.interrupted, reason: Self.byPerson))
        case .requiring where !isTakenUp:
            drain(Self.byPerson, .end(.interrupted, reason: Self.byPerson))
        case .requiring, .forward, .checking, .pausing, .repairing:
            if !tree.rules.isCommitted {
                drain(Self.byPerson, .rollBackInterrupted)
            } else if interrupts > 1 {
                halt(.left, Self.byPerson)
            }
        case .draining(.rollBack(let reason)), .back(.rollBack(let reason)):
            if interrupts > 1 { halt(.stuck, "\(reason); and the roll-back was interrupted") }
        case .back, .clearing, .counterpart, .draining(.rollBackInterrupted),
            .draining(.counterpart), .draining(.handOver):
            if interrupts > 1 { halt(.left, Self.byPerson) }
        case .ifFailed(let ending):
            if interrupts > 1 { drain(Self.byPerson, .close(ending)) }
        case .draining(.end), .draining(.close), .proving, .fencing, .over: return
        case .settling(let ending): conclude(ending)
        }
    }

    private static let byPerson = "interrupted by a person"
}
