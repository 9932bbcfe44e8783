/// When what a pair watches is looked at: once in a while, and soon after an event.
public struct MonitorRounds: Sendable {
    /// An event brings no look sooner after the last one.
    public static let shortest = Duration.seconds(5)

    /// A pair is given up for what is watched no more often: two nodes that see the same cause
    /// would hand it to each other for ever.
    public static let releasePause = Duration.seconds(3600)

    /// No look is put off for longer because the last one took long.
    public static let longestRest = Duration.seconds(300)

    /// How long nobody looks after looks that took so long: a pool of 20,000 file systems is listed
    /// for seconds, and a tenth of the time is enough for that.
    public static func rest(after took: Duration) -> Duration { min(took * 9, longestRest) }

    private let pause: Duration
    private let least: Duration
    private var lastAt: Instant
    /// When the next is due.
    public private(set) var dueAt: Instant

    /// One round each `pause`, the first after one.
    public init(at now: Instant, every pause: Duration) {
        self.pause = pause
        least = min(pause, Self.shortest)
        lastAt = now
        dueAt = now + pause
    }

    /// Something has happened that may have broken something.
    public mutating func hear(at now: Instant) { dueAt = min(dueAt, max(now, lastAt + least)) }

    /// Whether a round is to begin now.
    public mutating func begin(at now: Instant) -> Bool {
        guard dueAt <= now else { return false }
        lastAt = now
        dueAt = now + pause
        return true
    }
}
