/// Something that goes wrong with a command, as data.
public struct Fault: Sendable {
    /// What happens instead.
    public enum Does: String, Sendable, CaseIterable {
        /// Nothing is wrong with the command itself; `then` follows.
        case succeeds
        /// It fails and has done nothing.
        case failsBefore = "fails-before"
        /// It fails and has done it.
        case failsAfter = "fails-after"
        /// It never ends, and does nothing.
        case hangs
        /// It takes effect after so long, even when it was given up on before.
        case late
        /// It fails, and what it left in its process group does it after so long.
        case leaves

        /// Whether its effect comes at a time of its own.
        var isDelayed: Bool { self == .late || self == .leaves }

        /// What it means, for a person who names one.
        var meaning: String {
            switch self {
            case .succeeds: "nothing is wrong with the command itself"
            case .failsBefore: "it fails and has done nothing"
            case .failsAfter: "it fails and has done it all the same"
            case .hangs: "it never ends and does nothing"
            case .late: "it takes effect only `after` so long, even when it was given up on"
            case .leaves:
                "it fails, and what it left in its process group does it `after` so long"
            }
        }
    }

    /// The command, by words that occur in it in this order; the first is the tool.
    public var command: [String]
    /// Which of its calls, from 1; nil for each.
    public var nth: Int?
    /// What happens.
    public var does: Does
    /// When the effect comes: for `late` from the start of the command, for `leaves` from its end.
    public var after: Duration
    /// For a failure: the exit code.
    public var exit: Int32
    /// For a failure: what is printed to standard error.
    public var says: String
    /// What follows the end of the command.
    public var then: [Later]
    /// How often the command was called.
    var calls = 0
    /// How often it struck.
    var strikes = 0
    /// The number of the trouble that it belongs to, which wants to know whether it struck.
    var trouble: Int?

    /// What it prints, as a line.
    var said: [UInt8] {
        Array((says.isEmpty || says.hasSuffix("\n") ? says : says + "\n").utf8)
    }

    /// Creates a fault.
    public init(
        _ command: [String],
        nth: Int? = nil,
        does: Does,
        after: Duration = .zero,
        exit: Int32 = 1,
        says: String = "",
        then: [Later] = []
    ) {
        self.command = command
        self.nth = nth
        self.does = does
        self.after = after
        self.exit = exit
        self.says = says
        self.then = then
    }
}

extension World {
    /// Counts a call of `argv`, and gives the fault that strikes it.
    mutating func fault(striking argv: [String]) -> Fault? {
        guard !faults.isEmpty else { return nil }
        var struck: Int?
        let before = touched
        for index in faults.indices where occur(faults[index].command, in: argv) {
            faults[index].calls += 1
            let isTurn = faults[index].nth.map { $0 == faults[index].calls } ?? true
            if struck == nil && isTurn { struck = index }
        }
        if let struck { faults[struck].strikes += 1 }
        touched = before
        return struck.map { faults[$0] }
    }
}

/// Whether the words occur in a command line in this order, the tool first.
func occur(_ words: [String], in argv: [String]) -> Bool {
    guard let tool = words.first, tool == argv.first else { return false }
    var next = 1
    for word in argv.dropFirst() where next < words.count && word == words[next] { next += 1 }
    return next == words.count
}
