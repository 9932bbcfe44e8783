/// The output of a child: all of it when it is short, else its head and its tail.
struct Capture {
    /// So much of the head is kept, and so much of the tail.
    static let limit = 32 * 1024

    private var head: [UInt8] = []
    private var tail: [UInt8] = []
    private var total = 0

    mutating func append(_ chunk: UnsafeRawBufferPointer) {
        total += chunk.count
        let first = min(chunk.count, Self.limit - head.count)
        head.append(contentsOf: chunk.prefix(first))
        let rest = chunk.dropFirst(first)
        if rest.count >= Self.limit { tail.removeAll(keepingCapacity: true) }
        tail.append(contentsOf: rest.suffix(Self.limit))
        // Dropped in batches, so that a long output is not moved at every piece of it.
        if tail.count > 4 * Self.limit { tail.removeFirst(tail.count - Self.limit) }
    }

    /// Head and tail, with a line between them when something is left out.
    var bytes: [UInt8] {
        let kept = tail.suffix(Self.limit)
        let missing = total - head.count - kept.count
        if missing == 0 { return head + kept }
        return head + "\n[\(missing) bytes left out]\n".utf8 + kept
    }
}
