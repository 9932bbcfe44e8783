/// What `watch` does about one pair besides passing on what it hears: a pure state machine.
///
/// Signals are lost while nobody listens, and workers are killed: it looks at the address at the
/// start and after each break, and reviews once a minute, and when a worker dies, whether all is
/// followed. An address that is as it was known to be is no news, neither after a break nor for a
/// service that was started anew: what a person did meanwhile stands.
public struct Lookout: Sendable {
    /// What is to be looked at.
    public enum Need: Hashable, Sendable {
        /// Nothing yet.
        case nothing
        /// The address, for the first time or after a break; first, where so said, whether the
        /// host can be asked at all: at a boot hastd may not be up yet.
        case address(onceTellable: Bool)
        /// The address, in a review.
        case review
    }

    /// What was seen of a pair.
    public struct Sight: Sendable {
        /// What the address calls for; nil when it cannot be told.
        public let address: Plan.Direction?
        /// What is wanted and not settled, and what is held of it.
        public let survey: Survey
        /// What the last run of this boot was about.
        public let followed: Plan.Direction?
        /// Whether the newest run of this boot is neither over nor dealt with.
        public let isUnfinished: Bool

        /// Creates a sight.
        public init(
            address: Plan.Direction?, _ survey: Survey, followed: Plan.Direction?,
            isUnfinished: Bool
        ) {
            self.address = address
            self.survey = survey
            self.followed = followed
            self.isUnfinished = isUnfinished
        }
    }

    /// What follows from it.
    public enum Deed: Hashable, Sendable {
        case nothing
        /// Record that this direction is wanted, and have it acted on.
        case take(Plan.Direction)
        /// Have acted on what is recorded.
        case wake
        /// The same, where whoever was to do so is gone.
        case replace
    }

    /// A look that tells nothing is made again after so long.
    public static let pause = Duration.seconds(5)
    /// The first look waits no longer for a host that can be asked.
    public static let tellingLimit = Duration.seconds(300)
    /// So often it is reviewed whether all is followed.
    public static let usualReview = Duration.seconds(60)

    private let reviewPause: Duration
    private let tellableBy: Instant
    private var reviewAt: Instant
    /// When the address is to be looked at; nil once it was.
    private var pending: Instant?
    /// What the address was when it was last looked at, or heard of.
    public private(set) var seen: Plan.Direction?
    private var isReviewing = false
    /// When somebody who was gone was last replaced.
    private var replacedAt: Instant?

    /// One that begins now; where the address is known already, it is not looked at first.
    public init(
        at now: Instant, seen: Plan.Direction? = nil, reviewEvery pause: Duration = usualReview
    ) {
        reviewPause = pause
        tellableBy = now + Self.tellingLimit
        reviewAt = now + pause
        self.seen = seen
        pending = seen == nil ? now : nil
    }

    /// When it is to be asked next.
    public var dueAt: Instant { pending.map { min($0, reviewAt) } ?? reviewAt }

    /// Whether it has yet to see the address, for the first time or after a break.
    public var isPending: Bool { pending != nil }

    /// The address was heard of.
    public mutating func hear(_ direction: Plan.Direction) { seen = direction }

    /// What was said before is lost; the state is there to be seen.
    public mutating func lookSoon(at now: Instant) { pending = now }

    /// Something was heard that is no news of the address, but may come with some.
    public mutating func reviewSoon(at now: Instant) { reviewAt = min(reviewAt, now) }

    /// Whoever was at work has died over it: that is reviewed at once, unless the one before died
    /// as soon, too.
    public mutating func hearDeath(at now: Instant) {
        guard replacedAt.map({ now - $0 >= reviewPause }) ?? true else { return }
        reviewSoon(at: now)
    }

    /// What is to be looked at now; `isAtWork` is whether somebody has the lock of the pair.
    public mutating func need(
        at now: Instant, _ held: Held, isAtWork: @autoclosure () -> Bool
    ) -> Need {
        isReviewing = false
        if let pending, pending <= now {
            guard held != .all else {
                self.pending = nil
                return .nothing
            }
            return .address(onceTellable: now < tellableBy)
        }
        guard reviewAt <= now else { return .nothing }
        reviewAt = now + reviewPause
        guard pending == nil, held != .all, !isAtWork() else { return .nothing }
        isReviewing = true
        return .review
    }

    /// The host cannot be asked yet.
    public mutating func untellable(at now: Instant) { pending = now + Self.pause }

    /// What follows from what was seen.
    public mutating func saw(_ sight: Sight, at now: Instant) -> Deed {
        guard let direction = sight.address else {
            // Not to know is no reason to give anything up.
            if !isReviewing { pending = now + Self.pause }
            return .nothing
        }
        let isHeld = sight.survey.held.covers(direction)
        guard !isReviewing else {
            return reviewed(direction, sight, isHeld: isHeld, at: now)
        }
        pending = nil
        guard !isHeld else { return .nothing }
        guard seen == nil else {
            // Somebody may be at work, and hears of it.
            let deed = reviewed(direction, sight, isHeld: false, at: now)
            return deed == .replace ? .wake : deed
        }
        seen = direction
        return sight.survey.wanted?.direction == direction ? .wake : .take(direction)
    }

    /// A pair is acted on whose worker died, or whose address changed without a signal.
    ///
    /// What a person did or wants by hand meanwhile stands: an address that stayed as it was is no
    /// news.
    private mutating func reviewed(
        _ direction: Plan.Direction, _ sight: Sight, isHeld: Bool, at now: Instant
    ) -> Deed {
        // What is held stays news until it is not held any more.
        if !isHeld, seen != direction {
            seen = direction
            let wanted = sight.survey.wanted?.direction
            if (wanted ?? sight.followed) != direction { return .take(direction) }
        }
        guard sight.survey.isOpen(isUnfinished: sight.isUnfinished) else { return .nothing }
        replacedAt = now
        return .replace
    }
}

extension Plan.Direction {
    /// What an address calls for of which this is the verdict on `only-if`; nil when it cannot be
    /// told, which is no reason to give anything up.
    public init?(calledForBy verdict: Verdict) {
        switch verdict {
        case .holds: self = .acquire
        case .doesNot, .never: self = .release
        case .unknown: return nil
        }
    }
}
