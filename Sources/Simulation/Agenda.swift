import Engine

/// What falls due in a simulated host, earliest first; ties in the order of entering.
struct Agenda {
    /// The kinds of entry; each names its object by an index, and by an id where that is used anew.
    enum Kind: UInt8 {
        case look, glance, command, deadline, gone, sleep, change, input
    }

    struct Entry {
        let at: Instant
        let order: Int
        let kind: Kind
        let index: Int
        let id: Int

        func isBefore(_ other: Entry) -> Bool {
            at.nanoseconds != other.at.nanoseconds
                ? at.nanoseconds < other.at.nanoseconds : order < other.order
        }
    }

    private var heap: [Entry] = []
    private var entered = 0

    /// The entry that falls due next.
    var first: Entry? { heap.first }

    mutating func enter(_ kind: Kind, index: Int, id: Int = 0, at: Instant) {
        entered += 1
        heap.append(Entry(at: at, order: entered, kind: kind, index: index, id: id))
        var child = heap.count - 1
        while child > 0 {
            let parent = (child - 1) / 2
            guard heap[child].isBefore(heap[parent]) else { return }
            heap.swapAt(child, parent)
            child = parent
        }
    }

    /// Strikes out what does not satisfy the predicate; ties keep their order.
    mutating func keep(where isKept: (Entry) -> Bool) {
        // Sorted entries are a heap already.
        heap = heap.filter(isKept).sorted { $0.isBefore($1) }
    }

    mutating func popFirst() -> Entry? {
        guard let first = heap.first, let last = heap.popLast() else { return nil }
        guard !heap.isEmpty else { return first }
        heap[0] = last
        var parent = 0
        while true {
            var least = parent
            let left = 2 * parent + 1
            if left < heap.count, heap[left].isBefore(heap[least]) { least = left }
            if left + 1 < heap.count, heap[left + 1].isBefore(heap[least]) { least = left + 1 }
            guard least != parent else { return first }
            heap.swapAt(parent, least)
            parent = least
        }
    }
}
