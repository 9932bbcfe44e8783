/// Changes an input at a few places: bytes, numbers, words, lines, pieces of other inputs.
struct Mutator {
    /// A part grows to so many bytes, of which every reader here has a limit near or above.
    private static let sizeLimit = 96 << 10
    /// Once in so many mutations a part becomes very long or deep.
    private static let hugeEvery = 400
    /// So many changes at most are made at once.
    private static let changeLimit = 8

    let tokens: [[UInt8]]
    let fixed: Set<String>

    init(tokens: [String], fixed: Set<String>) {
        self.tokens = tokens.map { Array($0.utf8) }
        self.fixed = fixed
    }

    /// A changed copy of `input`; pieces are taken from `other`.
    func mutated(_ input: Input, with other: Input, _ generator: inout SplitMix) -> Input {
        var result = input
        let open = result.parts.indices.filter { !fixed.contains(result.parts[$0].name) }
        guard !open.isEmpty else { return input }
        for _ in 0..<generator.small(Self.changeLimit) {
            let index = generator.pick(open)
            let name = result.parts[index].name
            let piece = other[name] ?? generator.pick(other.parts).bytes
            change(&result.parts[index].bytes, with: piece, &generator)
        }
        return result
    }

    private func change(
        _ bytes: inout [UInt8], with piece: [UInt8], _ generator: inout SplitMix
    ) {
        if generator.once(in: Self.hugeEvery) { return swell(&bytes, &generator) }
        var text = MutableText(bytes)
        switch generator.below(20) {
        case 0: text.flipBit(&generator)
        case 1: text.setByte(&generator)
        case 2...4: text.insert(generator.pick(tokens), &generator)
        case 5: text.insert(Lexicon.pick(&generator), &generator)
        case 6, 7: text.replaceWord(by: generator.pick(tokens), &generator)
        case 8: text.replaceWord(by: Lexicon.pick(&generator), &generator)
        case 9, 10: text.replaceNumber(&generator)
        case 11: text.swapWords(&generator)
        case 12: text.removeRange(&generator)
        case 13: text.repeatRange(&generator)
        case 14: text.removeLines(&generator)
        case 15: text.repeatLine(&generator)
        case 16: text.moveLine(&generator)
        case 17: text.takeLines(of: piece, &generator)
        case 18: text.splice(piece, &generator)
        default: text.truncate(&generator)
        }
        bytes = Array(text.bytes.prefix(Self.sizeLimit))
    }

    /// Makes a part very long, or nests it very deep.
    private func swell(_ bytes: inout [UInt8], _ generator: inout SplitMix) {
        let place = generator.below(bytes.count + 1)
        let (unit, end) = generator.pick(Lexicon.nests)
        let unitBytes = generator.once(in: 2) ? generator.pick(tokens) : Array(unit.utf8)
        guard !unitBytes.isEmpty else { return }
        let count = 1 << (4 + generator.below(11))
        let times = min(count, Self.sizeLimit / (unitBytes.count + end.utf8.count))
        var grown: [UInt8] = []
        for _ in 0..<times { grown += unitBytes }
        for _ in 0..<times { grown += Array(end.utf8) }
        bytes.insert(contentsOf: grown, at: place)
        bytes = Array(bytes.prefix(Self.sizeLimit))
    }
}
