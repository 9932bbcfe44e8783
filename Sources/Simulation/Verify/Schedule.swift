import Engine

/// What falls due by itself, earliest first; ties in the order of entering.
struct Schedule<Item> {
    private var entries: [(at: Instant, item: Item)] = []

    var firstAt: Instant? { entries.first?.at }

    mutating func enter(_ item: Item, at: Instant) {
        // Few are open at a time, and most are entered last.
        var index = entries.count
        while index > 0, entries[index - 1].at > at { index -= 1 }
        entries.insert((at, item), at: index)
    }

    mutating func popFirst() -> Item? {
        entries.isEmpty ? nil : entries.removeFirst().item
    }
}
