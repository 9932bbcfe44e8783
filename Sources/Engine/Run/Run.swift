/// A run of a plan: a pure state machine, events in, work out.
public struct Run: Sendable {
    /// The plan that is run.
    public let plan: Plan
    /// How the run ended; nil while it is under way.
    public private(set) var ending: Ending?

    /// A run that waits for its `begin`.
    public init(_ plan: Plan) { self.plan = plan }

    /// Takes an event in; answers with records and work.
    public mutating func handle(_ event: Event) -> Turn { Turn() }
}
