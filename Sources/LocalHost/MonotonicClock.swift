import CSystem
public import Engine

/// The clock of the local host: it never jumps, whatever is done to the time of day.
public enum MonotonicClock {
    /// The time now, which is the same for all processes of a boot.
    public static var now: Instant {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return Instant(
            nanoseconds: Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec)
        )
    }

    /// Lets a moment pass; for what has to be asked again and tells nobody when.
    public static func pause(_ duration: Duration) {
        // A descriptor below zero is never ready.
        _ = system_await(-1, 0, duration.nanoseconds)
    }
}
