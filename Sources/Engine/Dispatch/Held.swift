/// What a person keeps from being acted on at a pair.
public enum Held: String, Sendable, CaseIterable {
    /// Everything that is wanted is followed.
    case nothing
    /// The pair may be given up here, and is not taken over: what a shutdown needs.
    case acquires
    /// Nothing is followed.
    case all

    /// Whether what wants this direction waits.
    public func covers(_ direction: Plan.Direction) -> Bool {
        switch self {
        case .nothing: false
        case .acquires: direction == .acquire
        case .all: true
        }
    }
}
