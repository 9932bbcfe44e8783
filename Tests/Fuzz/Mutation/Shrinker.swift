/// Makes an input smaller, as long as it still fails: leaves out ranges, halves first.
struct Shrinker {
    private(set) var input: Input
    private let open: [Int]
    private var part = 0
    private var start = 0
    private var length: Int

    init(_ input: Input, fixed: Set<String>) {
        self.input = input
        open = input.parts.indices.filter { !fixed.contains(input.parts[$0].name) }
        length = input.parts.map(\.bytes.count).max() ?? 0
    }

    /// The next smaller input; nil when there is none left to try.
    mutating func next() -> Input? {
        while length > 0 {
            guard part < open.count else {
                (part, length) = (0, length / 2)
                continue
            }
            let bytes = input.parts[open[part]].bytes
            guard start < bytes.count else {
                (part, start) = (part + 1, 0)
                continue
            }
            var smaller = input
            let end = min(bytes.count, start + length)
            smaller.parts[open[part]].bytes.removeSubrange(start..<end)
            return smaller
        }
        return nil
    }

    /// The input failed as well.
    mutating func accept(_ smaller: Input) { input = smaller }

    /// It did not.
    mutating func reject() { start += length }
}
