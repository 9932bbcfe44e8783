public import Engine

/// Where a node stands when its world begins.
public enum Standing: String, Sendable, CaseIterable {
    /// It has just become CARP's master, and the peer had the pool until now.
    case takingOver = "taking-over"
    /// It is the master and serves.
    case serving
    /// It is the backup, and the peer serves.
    case standby

    /// Where a node stands for a plan to have something to do.
    public init(for direction: Plan.Direction?) {
        switch direction {
        case .release: self = .serving
        case .acquire, nil: self = .takingOver
        }
    }
}
