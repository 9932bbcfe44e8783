/// What the program was told.
struct FuzzOptions {
    static let usage = """
        usage: Fuzz [--seed N] [--for 30s] [--target NAME] [--inputs N] [--root FOLDER]
                    [--corpus-only] [--keep] [--list]

        Feeds the readers of failover with inputs that nobody meant them to have. Equal seeds give
        equal inputs. What fails is kept in Tests/Fuzz/Corpus and replayed first ever after.

          --for 30s      how long, over all targets; 500ms, 30s and 10m are understood
          --inputs N     at most so many inputs of each target
          --corpus-only  replays the corpus and the seeds, and makes no input of its own
          --keep         keeps inputs that reach what none reached before
          --list         lists the targets

        """

    private(set) var seed: UInt64 = 1
    private(set) var milliseconds = 30_000
    private(set) var target: String?
    private(set) var inputs = Int.max
    private(set) var root: String?
    private(set) var isCorpusOnly = false
    private(set) var keeps = false
    private(set) var lists = false
    /// Of the process that reads the inputs: where it notes what it reads, and from which one on.
    private(set) var notes: String?
    private(set) var first = 0

    /// Why words are no options.
    struct Fault: Error {
        let why: String
    }

    init(_ words: [String]) throws(Fault) {
        var rest = words[...]
        while let word = rest.popFirst() {
            switch word {
            case "--corpus-only": isCorpusOnly = true
            case "--keep": keeps = true
            case "--list": lists = true
            default:
                guard let value = rest.popFirst() else { throw Fault(why: "what is `\(word)`?") }
                try take(word, value)
            }
        }
    }

    private mutating func take(_ word: String, _ value: String) throws(Fault) {
        switch word {
        case "--seed": seed = try Self.number(value, UInt64.init)
        case "--for": milliseconds = try Self.duration(value)
        case "--target": target = value
        case "--inputs": inputs = try Self.number(value) { Int($0) }
        case "--root": root = value
        case "--notes": notes = value
        case "--first": first = try Self.number(value) { Int($0) }
        default: throw Fault(why: "what is `\(word)`?")
        }
    }

    private static func number<Number>(
        _ text: String, _ read: (String) -> Number?
    ) throws(Fault) -> Number {
        guard let number = read(text) else { throw Fault(why: "`\(text)` is no number") }
        return number
    }

    private static func duration(_ text: String) throws(Fault) -> Int {
        let units = [("ms", 1), ("s", 1000), ("m", 60_000)]
        for (unit, factor) in units where text.hasSuffix(unit) {
            if let number = Int(text.dropLast(unit.count)), (0...86_400).contains(number) {
                return number * factor
            }
        }
        throw Fault(why: "`\(text)` is no duration such as 30s")
    }
}
