/// What the last run of a pair in this boot says of those to come.
public struct LastRun: Hashable, Sendable {
    /// What its plan did; nil where none was begun, or it had no direction.
    public let direction: Plan.Direction?
    /// What it, or one before it, left of an acquire that is stuck.
    public let leavings: Leavings
    /// Whether the pair is served here, as far as runs say: an acquire is done, and nothing was
    /// given up since.
    public let isServing: Bool

    /// Creates a last run; by itself that of a pair of which nothing was run.
    public init(
        _ direction: Plan.Direction? = nil, leavings: Leavings = .nothing, isServing: Bool = false
    ) {
        self.direction = direction
        self.leavings = leavings
        self.isServing = isServing
    }

    /// After another run.
    public func after(_ ending: Ending, of direction: Plan.Direction?) -> LastRun {
        LastRun(
            direction, leavings: leavings.after(ending, of: direction),
            isServing: isServing(after: ending, of: direction))
    }

    private func isServing(after ending: Ending, of direction: Plan.Direction?) -> Bool {
        // What a plan of the site's own left to the release plan is given up as well.
        if ending.kind == .released { return false }
        guard let direction, ending.kind != .refused else { return isServing }
        return direction == .acquire && ending.kind == .done
    }
}
