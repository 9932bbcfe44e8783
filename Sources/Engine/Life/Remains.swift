/// What a store tells of a run that an engine began and did not end.
public struct Remains: Sendable {
    /// How much of its journal can be understood.
    public enum Reading: Sendable {
        /// Nothing of it: why.
        case nothing(why: String)
        /// What was left running, but its plan cannot be made again: why.
        case unfit(why: String, Orphans)
        /// All that was written.
        case whole(Past)
    }

    /// The name of the run.
    public let run: String
    /// The name of its plan; empty where nothing tells it.
    public let plan: String
    /// What its plan does, where that is known.
    public let direction: Plan.Direction?
    /// Its journal.
    public let reading: Reading
    /// Whether it was begun in this boot.
    public var isOfThisBoot = true
    /// Whether no run of the pair is newer.
    public var isNewest = true
    /// How often it was noted to be taken up, beside the journal.
    public var timesNoted = 0
    /// How often its journal says so.
    public var timesTold = 0
    /// Whether its journal could not be written to the end.
    public var isLossy = false
    /// The lines of its journal that are none.
    public var damaged: [Int] = []
    /// The time of its last record, by the clock of its boot.
    public var lastAt = Instant.zero
    /// The terms on which it is taken up.
    public var terms = Run.Terms.moreFollow

    /// Creates what is known of a run of this boot, the newest of its pair.
    public init(
        _ run: String, plan: String, _ direction: Plan.Direction?, _ reading: Reading
    ) {
        self.run = run
        self.plan = plan
        self.direction = direction
        self.reading = reading
    }

    /// Whether its ending is that of the pair's last run in this boot.
    public var isLast: Bool { isNewest && isOfThisBoot }
}

extension Remains {
    /// What is to become of it, its journal being whole and of this boot.
    ///
    /// `wants` is what the pair is wanted to be; `choice` is a person's, who may also take up what
    /// was taken up often.
    func decide(
        _ past: Past, _ choice: Recovery.Choice?, wants: Plan.Direction?
    ) -> Recovery.Decision {
        guard isNewest else { return left("a newer run followed it", past.orphans) }
        guard timesNoted <= timesTold else {
            return left("it was taken up before, and its journal does not tell how", past.orphans)
        }
        guard choice != nil || timesNoted < Recovery.limit else {
            return .close(Recovery.exhausted(past, of: past.plan))
        }
        guard !isLossy else {
            return left("its journal could not be written to the end", past.suspects)
        }
        guard damaged.isEmpty else {
            let lines = damaged.prefix(3).map(String.init).joined(separator: ", ")
            return left("its journal is damaged in line \(lines)", past.orphans)
        }
        let isWanted = direction != nil && direction == wants
        return Recovery.decide(past, of: past.plan, choice ?? .automatic(isWanted: isWanted))
    }

    private func left(_ why: String, _ orphans: Orphans) -> Recovery.Decision {
        .close(Recovery.left(why, orphans))
    }
}

extension Recovery {
    /// The ending of a run that cannot be taken up.
    static func left(_ why: String, _ orphans: Orphans) -> Ending {
        Ending(
            .left, reason: "the engine died in the middle of it, and it cannot be taken up: \(why)",
            warnings: orphans.warnings())
    }
}
