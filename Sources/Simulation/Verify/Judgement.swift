import Engine

/// What came of the stories that were played.
public struct Judgement: Sendable {
    /// A scenario without any mishap.
    public struct Course: Sendable {
        public let scenario: Scenario
        /// How many pieces of work both nodes had.
        public let items: Int
        /// How many stories were made of it.
        public let tried: Int
        /// The longest time without service.
        public let outage: Duration
        /// The longest acquire that was done: how long it took, and what decided that.
        public let recovery: Recovery?
    }

    /// How long a run took, and the steps that decided it.
    public struct Recovery: Sendable {
        public let took: Duration
        public let chain: [(step: String, took: Duration)]
    }

    /// A way in which stories end badly.
    public struct Finding: Sendable {
        public let kind: Breach.Kind
        /// The shortest story that ends so, and what was seen in it.
        public internal(set) var story: Story
        public internal(set) var breach: Breach
        /// How many stories end so.
        public internal(set) var count: Int
        /// What would have to be assumed for none of them to happen.
        public let excludedBy: Assumption?
        /// Why it may be so; nil for what must not.
        public let waiver: Waiver?
    }

    /// What was taken for granted.
    public let assumptions: [Assumption]
    /// How many stories were played.
    public internal(set) var tried = 0
    /// How many runs of plans were begun in them; what stories have in common is played once.
    public internal(set) var runs = 0
    /// The scenarios, in order.
    public private(set) var courses: [Course] = []
    /// All findings, in the order in which they were first met.
    public private(set) var findings: [Finding] = []

    init(_ assumptions: [Assumption]) { self.assumptions = assumptions }

    /// What must not be.
    public var faults: [Finding] { findings.filter { $0.waiver == nil } }
    /// What may be, each for a reason.
    public var waived: [Finding] { findings.filter { $0.waiver != nil } }

    mutating func take(_ course: Course) { courses.append(course) }

    /// Takes what went wrong in a story, and what must be assumed for that never to happen.
    mutating func take(_ breach: Breach, of story: Story, excludedBy: Assumption?) {
        let waiver = Waiver.all.first { $0.covers(breach, of: story) }
        let index = findings.firstIndex { finding in
            finding.kind == breach.kind && finding.excludedBy == excludedBy
                && finding.waiver?.title == waiver?.title
                && (excludedBy != nil || waiver != nil || finding.story.mishaps == story.mishaps)
        }
        guard let index else {
            findings.append(
                Finding(
                    kind: breach.kind, story: story, breach: breach, count: 1,
                    excludedBy: excludedBy, waiver: waiver))
            return
        }
        findings[index].count += 1
        let old = findings[index]
        let isShorter =
            story.strikes.count < old.story.strikes.count
            || story.strikes.count == old.story.strikes.count && breach.at < old.breach.at
        if isShorter {
            findings[index].story = story
            findings[index].breach = breach
        }
    }
}

extension Story {
    /// The kinds of mishap in it.
    var mishaps: [Mishap] { strikes.map(\.mishap) }

    /// What must be assumed for the story never to happen.
    var excludedBy: Assumption? {
        scenario.excludedBy ?? strikes.lazy.compactMap { $0.mishap.excludedBy }.first
    }
}

extension Judgement.Course {
    init(_ play: Play, tried: Int) {
        scenario = play.story.scenario
        items = play.nodes[.a].items + play.nodes[.b].items
        self.tried = tried
        outage = play.longestOutage
        let acquires = play.courses.filter { $0.direction == .acquire }
        recovery = acquires.max { $0.took < $1.took }.map { longest in
            let chain = CriticalChain(play.subject.acquire, longest.records)
            return Judgement.Recovery(took: longest.took, chain: chain.links)
        }
    }
}
