/// Reads a pattern into the steps of its machine.
struct PatternReader {
    private typealias Program = [Pattern.Instruction]

    private let scalars: [Unicode.Scalar]
    private var position = 0
    private var depth = 0

    private init(_ text: String) { scalars = Array(text.unicodeScalars) }

    static func read(_ text: String) throws(Pattern.Fault) -> [Pattern.Instruction] {
        var reader = PatternReader(text)
        guard reader.scalars.count <= Pattern.lengthLimit else {
            throw Pattern.Fault(why: "it is longer than \(Pattern.lengthLimit) characters")
        }
        let program = try reader.alternatives()
        if reader.next != nil { throw Pattern.Fault(why: "a `)` closes no group") }
        return program
    }

    private var next: Unicode.Scalar? { position < scalars.count ? scalars[position] : nil }

    /// Goes past `scalar` if it comes next.
    private mutating func skip(_ scalar: Unicode.Scalar) -> Bool {
        guard next == scalar else { return false }
        position += 1
        return true
    }

    private mutating func alternatives() throws(Pattern.Fault) -> Program {
        var program = try sequence()
        while skip("|") {
            let other = try sequence()
            program =
                [.split(1, program.count + 2)] + program + [.jump(other.count + 1)] + other
        }
        return program
    }

    private mutating func sequence() throws(Pattern.Fault) -> Program {
        var program: Program = []
        while let scalar = next, scalar != "|", scalar != ")" {
            position += 1
            program += try repeated(try term(scalar))
            guard program.count <= Pattern.programLimit else {
                throw Pattern.Fault(why: "its counts make it too large")
            }
        }
        return program
    }

    private mutating func term(_ scalar: Unicode.Scalar) throws(Pattern.Fault) -> Program {
        switch scalar {
        case "(": return try group()
        case "[": return [.take(try PatternSet.read(scalars, from: &position))]
        case ".": return [.take(PatternSet.inverted(["\n"..."\n"]))]
        case "^": return [.atStart]
        case "$": return [.atEnd]
        case "*", "+", "?", "{": throw Pattern.Fault(why: "nothing stands before `\(scalar)`")
        case "\\": return [.take(try PatternSet.escape(scalars, from: &position))]
        default: return [.take([scalar.value...scalar.value])]
        }
    }

    private mutating func group() throws(Pattern.Fault) -> Program {
        if skip("?"), !skip(":") {
            throw Pattern.Fault(why: "of the groups with `(?`, only `(?:` is known here")
        }
        depth += 1
        guard depth <= Pattern.depthLimit else {
            throw Pattern.Fault(why: "more than \(Pattern.depthLimit) groups are nested")
        }
        let program = try alternatives()
        guard skip(")") else { throw Pattern.Fault(why: "a group is not closed by `)`") }
        depth -= 1
        return program
    }

    /// The term as often as what follows it says.
    private mutating func repeated(_ term: Program) throws(Pattern.Fault) -> Program {
        let least: Int
        let most: Int?
        switch next {
        case "*": (least, most) = (0, nil)
        case "+": (least, most) = (1, nil)
        case "?": (least, most) = (0, 1)
        case "{":
            (least, most) = try counts()
        default: return term
        }
        position += 1
        // A lazy one matches the same whole texts.
        _ = skip("?")
        if let scalar = next, ["*", "+", "?", "{"].contains(scalar) {
            throw Pattern.Fault(why: "`\(scalar)` stands behind another count")
        }
        guard term.count * max(least, most ?? 0) <= Pattern.programLimit else {
            throw Pattern.Fault(why: "its counts make it too large")
        }
        var program = Program(repeatElement(term, count: least).joined())
        guard let most else {
            return program + [.split(1, term.count + 2)] + term + [.jump(-term.count - 1)]
        }
        let rest = (most - least) * (term.count + 1)
        for index in 0..<(most - least) {
            program += [.split(1, rest - index * (term.count + 1))] + term
        }
        return program
    }

    /// What stands in braces; leaves the closing one.
    private mutating func counts() throws(Pattern.Fault) -> (Int, Int?) {
        position += 1
        let digits = scalars[position...].prefix { $0 != "}" }
        position += digits.count
        let parts = digits.split(separator: ",", omittingEmptySubsequences: false)
            .map { part in String(String.UnicodeScalarView(part)) }
        guard next == "}", (1...2).contains(parts.count), let least = Int(authored: parts[0]),
            (0...Pattern.countLimit).contains(least)
        else { throw Pattern.Fault(why: "braces hold no count: write `{2}`, `{2,}` or `{2,5}`") }
        if parts.count == 1 { return (least, least) }
        if parts[1].isEmpty { return (least, nil) }
        guard let most = Int(authored: parts[1]), (least...Pattern.countLimit).contains(most) else {
            throw Pattern.Fault(
                why: "the second count in braces is not from \(least) to \(Pattern.countLimit)"
            )
        }
        return (least, most)
    }
}
