/// What is played: a scenario and what goes wrong in it.
///
/// As text, `master-dies b17:power-cut`: it names everything that decides how it ends.
public struct Story: Hashable, Sendable {
    /// The name of the scenario.
    public let scenario: Scenario
    /// What goes wrong.
    public var strikes: [Strike]
    /// By which the durations of commands and looks are drawn; nil for the usual ones.
    public var seed: UInt64?

    /// Creates a story.
    public init(_ scenario: Scenario, _ strikes: [Strike] = [], seed: UInt64? = nil) {
        self.scenario = scenario
        self.strikes = strikes
        self.seed = seed
    }

    /// Its words, by which it is played again.
    public var text: String {
        let words = strikes.map { "\($0.side.name)\($0.item):\($0.mishap.rawValue)" }
        let end = seed.map { ["seed:\($0)"] } ?? []
        return ([scenario.rawValue] + words + end).joined(separator: " ")
    }

    /// Why a text is no story.
    public struct Fault: Error, Sendable {
        /// What is wrong with which word, and what it could be.
        public let why: String
    }

    /// Reads the words of a story.
    public init(parsing text: String) throws(Fault) {
        let words = text.split(separator: " ").map(String.init)
        guard let name = words.first, let scenario = Scenario(rawValue: name) else {
            let names = Scenario.allCases.map(\.rawValue).joined(separator: ", ")
            throw Fault(why: "a story begins with its scenario, one of \(names)")
        }
        self.init(scenario)
        for word in words.dropFirst() {
            if word.hasPrefix("seed:"), let seed = UInt64(word.dropFirst(5)) {
                self.seed = seed
            } else {
                strikes.append(try Self.strike(word))
            }
        }
    }

    private static func strike(_ word: String) throws(Fault) -> Strike {
        let parts = word.split(separator: ":", maxSplits: 1).map(String.init)
        guard parts.count == 2,
            let side = Side.allCases.first(where: { parts[0].hasPrefix($0.name) }),
            let item = Int(parts[0].dropFirst(side.name.count)), item > 0
        else {
            throw Fault(why: "`\(word)` does not say where and what, like `b17:power-cut`")
        }
        guard let mishap = Mishap(rawValue: parts[1]) else {
            let known = Mishap.allCases.map(\.rawValue).joined(separator: ", ")
            throw Fault(why: "`\(parts[1])` is none of the mishaps \(known)")
        }
        return Strike(side, item, mishap)
    }
}

extension Side {
    /// The letter by which stories name it.
    public var name: String {
        switch self {
        case .a: "a"
        case .b: "b"
        }
    }
}
