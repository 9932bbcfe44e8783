/// A regular expression that must match the whole of a text.
///
/// Not the standard library's `Regex`, which tries one way after the other: `(a+)+` takes it years
/// to refuse forty letters. Here all ways are followed at once, so that the time is at most the
/// length of the text times that of the pattern (Thompson, CACM 11(6), 1968), and a file that
/// cannot be trusted holds no loader up.
struct Pattern: Sendable {
    /// Why a text is no pattern.
    struct Fault: Error {
        let why: String
    }

    /// One step of the machine that a pattern is made into.
    enum Instruction {
        /// Takes one scalar of these ranges.
        case take([ClosedRange<UInt32>])
        /// Goes on at both places, which count from here.
        case split(Int, Int)
        /// Goes on at a place, which counts from here.
        case jump(Int)
        case atStart, atEnd
    }

    /// The characters of the longest pattern.
    static let lengthLimit = 500
    /// How many groups may stand inside each other.
    static let depthLimit = 20
    /// The highest count in braces.
    static let countLimit = 1000
    /// The steps of the longest machine, counts written out.
    static let programLimit = 2000

    private let program: [Instruction]

    /// Reads the pattern, or says what of it is none.
    init(_ text: String) throws(Fault) { program = try PatternReader.read(text) }

    /// Whether the pattern matches all of the text.
    func matches(_ text: String) -> Bool {
        let scalars = text.unicodeScalars
        var reached = Reached(program, isStart: true, isEnd: scalars.isEmpty)
        reached.follow(0)
        for index in scalars.indices {
            let value = scalars[index].value
            let isEnd = scalars.index(after: index) == scalars.endIndex
            var next = Reached(program, isStart: false, isEnd: isEnd)
            for place in reached.taking {
                guard case .take(let ranges) = program[place] else { continue }
                if ranges.contains(where: { $0.contains(value) }) { next.follow(place + 1) }
            }
            if next.isEmpty { return false }
            reached = next
        }
        return reached.isThrough
    }
}

/// The places of a pattern's machine that a part of the text leads to.
private struct Reached {
    /// Those that want another scalar.
    private(set) var taking: [Int] = []
    /// Whether the pattern may end here.
    private(set) var isThrough = false

    private let program: [Pattern.Instruction]
    private let isStart: Bool
    private let isEnd: Bool
    private var seen: [Bool]

    init(_ program: [Pattern.Instruction], isStart: Bool, isEnd: Bool) {
        self.program = program
        self.isStart = isStart
        self.isEnd = isEnd
        seen = Array(repeating: false, count: program.count)
    }

    var isEmpty: Bool { taking.isEmpty && !isThrough }

    /// Adds a place, and all that it leads to without another scalar; each counts once.
    mutating func follow(_ first: Int) {
        var places = [first]
        while let place = places.popLast() {
            guard place < program.count else {
                isThrough = true
                continue
            }
            if seen[place] { continue }
            seen[place] = true
            switch program[place] {
            case .take: taking.append(place)
            case .split(let one, let other): places += [place + one, place + other]
            case .jump(let distance): places.append(place + distance)
            case .atStart: if isStart { places.append(place + 1) }
            case .atEnd: if isEnd { places.append(place + 1) }
            }
        }
    }
}
