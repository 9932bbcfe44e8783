/// What the last run of a pair in this boot says of those to come.
public struct LastRun: Hashable, Sendable {
    /// What its plan did; nil where none was begun, or it had no direction.
    public let direction: Plan.Direction?
    /// What it, or one before it, left of an acquire that is stuck.
    public let leavings: Leavings

    /// Creates a last run; by itself that of a pair of which nothing was run.
    public init(_ direction: Plan.Direction? = nil, leavings: Leavings = .nothing) {
        self.direction = direction
        self.leavings = leavings
    }

    /// After another run.
    public func after(_ ending: Ending, of direction: Plan.Direction?) -> LastRun {
        LastRun(direction, leavings: leavings.after(ending, of: direction))
    }
}
