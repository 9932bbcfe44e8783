/// Bytes that are changed at random, by what they may mean: lines, words, numbers.
struct MutableText {
    private(set) var bytes: [UInt8]

    private static let newline: UInt8 = 0x0A
    /// A range that is removed or repeated has so many bytes at most.
    private static let rangeLimit = 64
    /// A range or line is repeated so many times at most.
    private static let repeatLimit = 40

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    mutating func flipBit(_ generator: inout SplitMix) {
        guard !bytes.isEmpty else { return }
        bytes[generator.below(bytes.count)] ^= 1 << UInt8(generator.below(8))
    }

    mutating func setByte(_ generator: inout SplitMix) {
        guard !bytes.isEmpty else { return }
        bytes[generator.below(bytes.count)] = generator.pick(Lexicon.bytes)
    }

    mutating func insert(_ piece: [UInt8], _ generator: inout SplitMix) {
        bytes.insert(contentsOf: piece, at: generator.below(bytes.count + 1))
    }

    mutating func truncate(_ generator: inout SplitMix) {
        bytes = Array(bytes.prefix(generator.below(bytes.count + 1)))
    }

    mutating func removeRange(_ generator: inout SplitMix) {
        bytes.removeSubrange(range(&generator))
    }

    mutating func repeatRange(_ generator: inout SplitMix) {
        let range = range(&generator)
        let piece = Array(bytes[range])
        for _ in 0..<generator.small(Self.repeatLimit) {
            bytes.insert(contentsOf: piece, at: range.lowerBound)
        }
    }

    private func range(_ generator: inout SplitMix) -> Range<Int> {
        let start = generator.below(bytes.count + 1)
        return start..<min(bytes.count, start + generator.below(Self.rangeLimit))
    }

    /// Joins a beginning of this text with an end of another.
    mutating func splice(_ other: [UInt8], _ generator: inout SplitMix) {
        bytes = Array(bytes.prefix(generator.below(bytes.count + 1)))
        bytes += other.dropFirst(generator.below(other.count + 1))
    }
}

// MARK: - Words and numbers

extension MutableText {
    mutating func replaceWord(by word: [UInt8], _ generator: inout SplitMix) {
        guard let range = nextWord(&generator) else { return insert(word, &generator) }
        bytes.replaceSubrange(range, with: word)
    }

    mutating func swapWords(_ generator: inout SplitMix) {
        guard let one = nextWord(&generator), let two = nextWord(&generator) else { return }
        let (first, second) = one.lowerBound < two.lowerBound ? (one, two) : (two, one)
        guard first.upperBound <= second.lowerBound else { return }
        let (left, right) = (Array(bytes[first]), Array(bytes[second]))
        bytes.replaceSubrange(second, with: left)
        bytes.replaceSubrange(first, with: right)
    }

    mutating func replaceNumber(_ generator: inout SplitMix) {
        let number = Array(generator.pick(Lexicon.numbers).utf8)
        guard let range = run(of: Self.isDigit, &generator) else {
            return insert(number, &generator)
        }
        bytes.replaceSubrange(range, with: number)
    }

    private func nextWord(_ generator: inout SplitMix) -> Range<Int>? {
        run(of: Self.isWord, &generator)
    }

    /// The next run of such bytes from a random place on, or the first of all.
    private func run(
        of isMember: (UInt8) -> Bool, _ generator: inout SplitMix
    ) -> Range<Int>? {
        guard !bytes.isEmpty else { return nil }
        let place = generator.below(bytes.count)
        guard
            let found = bytes[place...].firstIndex(where: isMember)
                ?? bytes.firstIndex(where: isMember)
        else { return nil }
        var start = found
        while start > 0, isMember(bytes[start - 1]) { start -= 1 }
        let end = bytes[found...].firstIndex { !isMember($0) } ?? bytes.count
        return start..<end
    }

    private static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }

    private static func isWord(_ byte: UInt8) -> Bool {
        isDigit(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
            || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "_") || byte >= 0x80
    }
}

// MARK: - Lines

extension MutableText {
    private var lines: [ArraySlice<UInt8>] {
        bytes.split(separator: Self.newline, omittingEmptySubsequences: false)
    }

    private mutating func join(_ lines: [ArraySlice<UInt8>]) {
        bytes = Array(lines.joined(separator: [Self.newline]))
    }

    mutating func removeLines(_ generator: inout SplitMix) {
        var lines = lines
        let start = generator.below(lines.count)
        lines.removeSubrange(start..<min(lines.count, start + generator.small(8)))
        join(lines)
    }

    mutating func repeatLine(_ generator: inout SplitMix) {
        var lines = lines
        let index = generator.below(lines.count)
        for _ in 0..<generator.small(Self.repeatLimit) { lines.insert(lines[index], at: index) }
        join(lines)
    }

    mutating func moveLine(_ generator: inout SplitMix) {
        var lines = lines
        let line = lines.remove(at: generator.below(lines.count))
        lines.insert(line, at: generator.below(lines.count + 1))
        join(lines)
    }

    mutating func takeLines(of other: [UInt8], _ generator: inout SplitMix) {
        let others = MutableText(other).lines
        let start = generator.below(others.count)
        let taken = others[start..<min(others.count, start + generator.small(12))]
        var lines = lines
        lines.insert(contentsOf: taken, at: generator.below(lines.count + 1))
        join(lines)
    }
}
