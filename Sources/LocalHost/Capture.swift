/// The output of a child: all of it when it is short, else its head and its tail.
struct Capture {
    /// How much is kept.
    enum Bound {
        /// Of what a person reads: the head and the tail, 32 KiB each.
        case commands
        /// Of what is judged: everything, up to 64 MiB. With less a reader would tell of a part as
        /// if it were the whole.
        case looks

        /// The bytes of the head.
        var head: Int { self == .looks ? 64 * 1024 * 1024 : 32 * 1024 }
        /// The bytes of the tail.
        var tail: Int { self == .looks ? 0 : 32 * 1024 }
    }

    private let bound: Bound
    private var head: [UInt8] = []
    private var tail: [UInt8] = []
    private var total = 0

    init(_ bound: Bound = .commands) { self.bound = bound }

    mutating func append(_ chunk: UnsafeRawBufferPointer) {
        total += chunk.count
        let first = min(chunk.count, bound.head - head.count)
        head.append(contentsOf: chunk.prefix(first))
        let rest = chunk.dropFirst(first)
        if rest.count >= bound.tail { tail.removeAll(keepingCapacity: true) }
        tail.append(contentsOf: rest.suffix(bound.tail))
        // Dropped in batches, so that a long output is not moved at every piece of it.
        if tail.count > 4 * bound.tail { tail.removeFirst(tail.count - bound.tail) }
    }

    /// How many bytes are left out.
    private var missing: Int { total - head.count - min(tail.count, bound.tail) }

    /// Whether something is left out.
    var isCut: Bool { missing > 0 }

    /// Head and tail, with a line between them when something is left out, without the secrets.
    func bytes(hiding mask: SecretMask = SecretMask()) -> [UInt8] {
        if total == head.count { return mask.hiding(in: head) }
        let kept = Array(tail.suffix(bound.tail))
        if missing == 0 { return mask.hiding(in: head + kept) }
        return mask.hiding(inHead: head) + "\n[\(missing) bytes left out]\n".utf8
            + mask.hiding(inTail: kept)
    }
}
