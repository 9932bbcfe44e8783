/// Which scalars a place of a pattern takes: what stands in brackets, or behind a backslash.
enum PatternSet {
    typealias Ranges = [ClosedRange<UInt32>]

    private static let digits: [ClosedRange<Unicode.Scalar>] = ["0"..."9"]
    private static let letters: [ClosedRange<Unicode.Scalar>] = [
        "0"..."9", "A"..."Z", "_"..."_", "a"..."z",
    ]
    private static let blanks: [ClosedRange<Unicode.Scalar>] = ["\t"..."\r", " "..." "]

    /// All scalars but these, which are in order.
    static func inverted(_ scalars: [ClosedRange<Unicode.Scalar>]) -> Ranges {
        inverted(values(scalars))
    }

    /// What a backslash and what follows it stand for.
    static func escape(
        _ scalars: [Unicode.Scalar],
        from position: inout Int
    ) throws(Pattern.Fault) -> Ranges {
        guard position < scalars.count else {
            throw Pattern.Fault(why: "it ends with a backslash")
        }
        let scalar = scalars[position]
        position += 1
        switch scalar {
        case "d": return values(digits)
        case "D": return inverted(digits)
        case "w": return values(letters)
        case "W": return inverted(letters)
        case "s": return values(blanks)
        case "S": return inverted(blanks)
        default:
            if scalar.value >= 0x80 || letters.contains(where: { $0.contains(scalar) }) {
                throw Pattern.Fault(
                    why: "`\\\(scalar)` is not known here: there are `\\d`, `\\w`, `\\s`, their"
                        + " capitals, and marks such as `\\.`"
                )
            }
            return [scalar.value...scalar.value]
        }
    }

    /// What stands behind an opening bracket; goes past the closing one.
    static func read(
        _ scalars: [Unicode.Scalar],
        from position: inout Int
    ) throws(Pattern.Fault) -> Ranges {
        func next() -> Unicode.Scalar? { position < scalars.count ? scalars[position] : nil }
        let isInverted = next() == "^"
        if isInverted { position += 1 }
        var ranges: Ranges = []
        while let scalar = next(), scalar != "]" {
            if scalar == "[" {
                throw Pattern.Fault(why: "a `[` in brackets is written `\\[`")
            }
            let first = try member(scalars, from: &position)
            guard next() == "-", position + 1 < scalars.count, scalars[position + 1] != "]" else {
                ranges += first
                continue
            }
            position += 1
            let last = try member(scalars, from: &position)
            guard first.count == 1, last.count == 1, first[0].count == 1, last[0].count == 1,
                first[0].lowerBound <= last[0].lowerBound
            else { throw Pattern.Fault(why: "a range in brackets has no two ends in order") }
            ranges.append(first[0].lowerBound...last[0].lowerBound)
        }
        guard next() != nil else { throw Pattern.Fault(why: "a `[` is not closed by `]`") }
        position += 1
        if ranges.isEmpty { throw Pattern.Fault(why: "brackets hold nothing") }
        return isInverted ? inverted(ranges) : ranges
    }

    private static func member(
        _ scalars: [Unicode.Scalar],
        from position: inout Int
    ) throws(Pattern.Fault) -> Ranges {
        guard position < scalars.count else {
            throw Pattern.Fault(why: "a `[` is not closed by `]`")
        }
        let scalar = scalars[position]
        position += 1
        if scalar == "\\" { return try escape(scalars, from: &position) }
        return [scalar.value...scalar.value]
    }

    private static func values(_ scalars: [ClosedRange<Unicode.Scalar>]) -> Ranges {
        scalars.map { $0.lowerBound.value...$0.upperBound.value }
    }

    private static func inverted(_ ranges: Ranges) -> Ranges {
        var inverted: Ranges = []
        var start: UInt32 = 0
        for range in ranges.sorted(by: { $0.lowerBound < $1.lowerBound }) {
            if range.lowerBound > start { inverted.append(start...range.lowerBound - 1) }
            start = max(start, range.upperBound + 1)
        }
        return start <= 0x10FFFF ? inverted + [start...0x10FFFF] : inverted
    }
}
