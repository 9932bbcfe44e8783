import Engine

/// How the virtual time of a simulated run lies in real time.
final class Timeline {
    private var realStart = Instant.zero
    private var virtualStart = Instant.zero

    /// From now on the two go side by side.
    func begin(real: Instant, virtual: Instant) {
        realStart = real
        virtualStart = virtual
    }

    /// The virtual time at a real one.
    func virtual(_ real: Instant) -> Instant { virtualStart + (real - realStart) }

    /// The real time at a virtual one.
    func real(_ virtual: Instant) -> Instant { realStart + (virtual - virtualStart) }
}
