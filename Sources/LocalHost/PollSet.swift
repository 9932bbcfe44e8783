import CSystem
import Engine

/// The descriptors that the host waits on, and which of them have something to tell.
struct PollSet {
    private var entries: [pollfd] = []
    /// By descriptor number.
    private var ready: [Bool] = []

    mutating func add(_ descriptor: Descriptor?, for events: Int32 = Int32(POLLIN)) {
        guard let descriptor else { return }
        entries.append(
            pollfd(fd: descriptor.number, events: Int16(truncatingIfNeeded: events), revents: 0)
        )
    }

    /// Waits until a descriptor is ready or the time is over; nil waits for ever.
    mutating func wait(_ limit: Duration?) {
        let nanoseconds = limit.map { max(0, $0.nanoseconds) } ?? -1
        let count = system_poll(&entries, entries.count, nanoseconds)
        guard count > 0 else { return }
        let highest = entries.lazy.map(\.fd).max() ?? 0
        ready = Array(repeating: false, count: Int(highest) + 1)
        for entry in entries where entry.revents != 0 { ready[Int(entry.fd)] = true }
    }

    /// Whether a read, or for a socket the result of its connection, will not block.
    func isReady(_ descriptor: Descriptor?) -> Bool {
        guard let descriptor, Int(descriptor.number) < ready.count else { return false }
        return ready[Int(descriptor.number)]
    }
}
