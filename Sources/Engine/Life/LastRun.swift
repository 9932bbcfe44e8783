/// What the last run of a pair in this boot says of those to come.
public struct LastRun: Hashable, Sendable {
    /// What its plan did; nil where none was begun, or it had no direction.
    public let direction: Plan.Direction?
    /// Whether it, or one before it, left an acquire stuck.
    public let isStuck: Bool

    /// Creates a last run; by itself that of a pair of which nothing was run.
    public init(_ direction: Plan.Direction? = nil, isStuck: Bool = false) {
        self.direction = direction
        self.isStuck = isStuck
    }

    /// After another run.
    public func after(_ ending: Ending, of direction: Plan.Direction?) -> LastRun {
        LastRun(direction, isStuck: ending.leavesStuck(by: direction, before: isStuck))
    }
}
