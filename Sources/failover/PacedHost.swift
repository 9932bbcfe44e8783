import Engine
import LocalHost

/// Plays another host's virtual time in real time, so that a person can watch and interrupt.
struct PacedHost<Virtual: Host>: Host {
    private var virtual: Virtual
    private let timeline: Timeline
    private let clock: LocalHost
    private var held: Event?
    private var sleeps = 0

    /// Plays `virtual` as `timeline` says; `clock` waits, and catches interrupts.
    init(_ virtual: Virtual, along timeline: Timeline, on clock: LocalHost) {
        self.virtual = virtual
        self.timeline = timeline
        self.clock = clock
    }

    mutating func perform(_ work: Work) { virtual.perform(work) }

    mutating func next() -> Event? {
        guard let event = held ?? virtual.next() else { return nil }
        held = event
        let due = timeline.real(event.at)
        if due > clock.now, isInterrupted(before: due) {
            return Event(at: min(timeline.virtual(clock.now), event.at), .interrupt)
        }
        held = nil
        return event
    }

    /// Waits until `due`; true when a person interrupted first.
    private mutating func isInterrupted(before due: Instant) -> Bool {
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
