/// A moment on a host's monotonic clock; only differences mean anything.
public struct Instant: Hashable, Comparable, Sendable {
    /// Nanoseconds since the host's own zero.
    public let nanoseconds: Int64

    /// Creates the moment that lies so many nanoseconds after the host's zero.
    public init(nanoseconds: Int64) { self.nanoseconds = nanoseconds }

    /// The host's zero.
    public static let zero = Instant(nanoseconds: 0)
    /// Later than any deadline: 146 years after zero.
    public static let never = Instant(nanoseconds: .max / 2)

    public static func < (left: Instant, right: Instant) -> Bool {
        left.nanoseconds < right.nanoseconds
    }

    /// The moment `duration` after `start`.
    public static func + (start: Instant, duration: Duration) -> Instant {
        Instant(nanoseconds: start.nanoseconds &+ duration.nanoseconds)
    }

    /// The time from `start` to `end`.
    public static func - (end: Instant, start: Instant) -> Duration {
        .nanoseconds(end.nanoseconds - start.nanoseconds)
    }
}

extension Duration {
    /// The whole duration in nanoseconds, capped at about 146 years.
    public var nanoseconds: Int64 {
        let (seconds, attoseconds) = components
        guard seconds.magnitude < 4_000_000_000 else { return Instant.never.nanoseconds }
        return seconds * 1_000_000_000 + attoseconds / 1_000_000_000
    }

    /// The whole duration in milliseconds, rounded down.
    public var milliseconds: Int64 { nanoseconds / 1_000_000 }
}
