import Engine
import LocalHost
import Simulation

/// Plays a simulated host's virtual time in real time, so that a person can watch and interrupt.
struct PacedHost: Host {
    /// The host as it is at this time.
    private(set) var virtual: SimulatedHost
    private let timeline: Timeline
    private let clock: LocalHost
    private var sleeps = 0

    /// Plays `virtual` as `timeline` says; `clock` waits, and catches interrupts.
    init(_ virtual: SimulatedHost, along timeline: Timeline, on clock: LocalHost) {
        self.virtual = virtual
        self.timeline = timeline
        self.clock = clock
    }

    mutating func perform(_ work: Work) { virtual.perform(work) }

    /// The next event once its time has come; until then it is only foreseen, on a copy, so that a
    /// person who interrupts finds the world as it is at that time.
    mutating func next() -> Event? {
        while true {
            var ahead = virtual
            guard let event = ahead.next() else { return nil }
            guard isInterrupted(before: timeline.real(event.at)) else {
                virtual = ahead
                return event
            }
            virtual.interrupt(at: min(timeline.virtual(clock.now), event.at))
        }
    }

    /// Waits until `due`; true when a person interrupted first.
    private mutating func isInterrupted(before due: Instant) -> Bool {
        guard due > clock.now else { return false }
        sleeps += 1
        let id = WorkID(sleeps)
        clock.perform(.sleep(id, until: due))
        while let event = clock.next() {
            switch event.input {
            case .interrupt: return true
            case .woke(id): return false
            default: continue
            }
        }
        return false
    }
}
