import Engine

/// Events that were not fetched yet, in the order in which they happened.
struct EventQueue {
    private var events: [Event] = []
    private var taken = 0

    var isEmpty: Bool { taken == events.count }

    mutating func add(_ input: Event.Input, at now: Instant) {
        events.append(Event(at: now, input))
    }

    mutating func take() -> Event? {
        guard !isEmpty else { return nil }
        defer {
            taken += 1
            if isEmpty {
                events.removeAll(keepingCapacity: true)
                taken = 0
            }
        }
        return events[taken]
    }
}
