/// What can be told here of the peer that takes over what a step gives up.
public struct Successor: Sendable {
    /// That it could take it over now: its copy is connected, full, and not being made.
    public let ready: any Condition
    /// That it has taken it.
    public let taken: any Condition

    /// Creates what can be told.
    public init(ready: any Condition, taken: any Condition) {
        self.ready = ready
        self.taken = taken
    }
}

extension Plan {
    /// What can be told of the peer before and after this plan hands over, each thing once.
    public var successors: [Successor] {
        var seen: Set<String> = []
        return steps(from: steps).compactMap { id in
            guard case .step(let node) = self[id].kind, node.step.effect == .releases,
                let successor = node.step.successor, seen.insert(successor.ready.summary).inserted
            else { return nil }
            return successor
        }
    }
}
