/// What others may change while somebody holds the lock of a pair.
public struct Survey: Sendable {
    /// The newest record of what is wanted; nil when it is settled.
    public let wanted: Wanted?
    /// What a person keeps from being acted on.
    public let held: Held
    /// The plan of a person who wants the lock.
    public let claim: String?

    /// Creates a survey.
    public init(wanted: Wanted?, held: Held, claim: String? = nil) {
        self.wanted = wanted
        self.held = held
        self.claim = claim
    }

    /// Whether anything is wanted that is not held.
    public var isOpen: Bool { wanted.map { !held.covers($0.direction) } ?? false }

    /// The same, where nothing new is wanted the newest run, too, which may not be over.
    public func isOpen(isUnfinished: @autoclosure () -> Bool) -> Bool {
        wanted == nil ? isUnfinished() : isOpen
    }
}
