import Engine

/// Plays stories of a pair and gathers those that end badly.
///
/// First each scenario as it is, then each with every single mishap at every piece of work of both
/// nodes; stories fork where the mishap strikes, so that what came before is played once.
public struct Verifier {
    /// What is played.
    public struct Scope: Sendable {
        /// The scenarios, in order.
        public var scenarios = Scenario.allCases
        /// The mishaps.
        public var mishaps = Mishap.allCases
        /// What is taken for granted.
        public var assumptions: [Assumption] = []
        /// How many mishaps a story may have.
        public var depth = 1
        /// How many commands of a story without another mishap may be slow: that brings about the
        /// orders in which what goes side by side may come to its end.
        public var delays = 2

        /// All scenarios, all single mishaps, nothing taken for granted.
        public init() {}
    }

    private let subject: Subject
    private let scope: Scope
    /// Asked between stories: whether it is time to stop.
    private let isOver: () -> Bool
    /// What was found so far.
    public private(set) var judgement: Judgement

    /// A verifier that has played nothing yet.
    public init(_ subject: Subject, _ scope: Scope, isOver: @escaping () -> Bool = { false }) {
        self.subject = subject
        var scope = scope
        if subject.usesDRBD { scope.mishaps.removeAll(where: \.isOfHAST) }
        self.scope = scope
        self.isOver = isOver
        judgement = Judgement(scope.assumptions)
    }

    /// Plays every scenario with every schedule of mishaps up to the scope's depth.
    public mutating func playAll() {
        for scenario in scope.scenarios where isAllowed(scenario.excludedBy) {
            playAll(of: scenario)
        }
    }

    /// Plays the scenario and all its single mishaps.
    public mutating func playAll(of scenario: Scenario) {
        let triedBefore = judgement.tried
        let start = Play(subject, Story(scenario), assuming: scope.assumptions)
        var play = start
        play.play()
        if play.breaches.isEmpty, scope.depth > 0 {
            play = explore(start, depth: scope.depth, delays: scope.delays)
        } else {
            // What goes wrong by itself needs no mishap to show it.
            judge(play)
        }
        judgement.take(Judgement.Course(play, tried: judgement.tried - triedBefore))
    }

    /// Plays stories that a seed draws, until it is over.
    public mutating func playAtRandom(seed: UInt64, atMost count: Int = .max) {
        let scenarios = scope.scenarios.filter { isAllowed($0.excludedBy) }
        let mishaps = scope.mishaps.filter { isAllowed($0.excludedBy) }
        guard !scenarios.isEmpty, !mishaps.isEmpty else { return }
        var dice = SplitMix64(seed: seed)
        for _ in 0..<count {
            guard !isOver() else { return }
            var story = Story(scenarios[dice.below(scenarios.count)], seed: dice.next())
            for _ in 0...dice.below(3) {
                let side = Side.allCases[dice.below(2)]
                let item = 1 + dice.below(Self.furthestItem)
                story.strikes.append(Strike(side, item, mishaps[dice.below(mishaps.count)]))
            }
            var play = Play(subject, story, assuming: scope.assumptions)
            play.play()
            judge(play.breaches.isEmpty ? play : shortened(play))
        }
    }

    /// Random mishaps strike no later piece of work.
    private static let furthestItem = 80

    /// Leaves out mishaps without which the story ends as badly.
    private func shortened(_ play: Play) -> Play {
        var best = play
        guard let kind = play.breaches.first?.kind else { return play }
        // What never struck changed nothing.
        for strike in play.strikes {
            // The same one twice strikes once.
            guard let index = best.story.strikes.lastIndex(of: strike) else { continue }
            best.story.strikes.remove(at: index)
        }
        var index = 0
        while index < best.story.strikes.count {
            var story = best.story
            story.strikes.remove(at: index)
            var shorter = Play(subject, story, assuming: scope.assumptions)
            shorter.play()
            if shorter.breaches.first?.kind == kind { best = shorter } else { index += 1 }
        }
        var story = best.story
        story.seed = nil
        var usual = Play(subject, story, assuming: scope.assumptions)
        usual.play()
        return usual.breaches.first?.kind == kind ? usual : best
    }

    private func isAllowed(_ excludedBy: Assumption?) -> Bool {
        excludedBy.map { !scope.assumptions.contains($0) } ?? true
    }

    /// Plays on, and forks for each mishap at each new piece of work; gives the play at its end.
    @discardableResult
    private mutating func explore(_ start: Play, depth: Int, delays: Int) -> Play {
        var play = start
        let mishaps = depth > 0 ? scope.mishaps : delays > 0 ? [.slow] : []
        guard !mishaps.isEmpty else {
            play.play()
            judge(play)
            return play
        }
        var goesOn = true
        while goesOn {
            let before = play
            play.given.removeAll(keepingCapacity: true)
            goesOn = play.advance()
            for item in play.given {
                for mishap in mishaps where isAllowed(mishap.excludedBy) {
                    guard item.isCommand || !mishap.isOfCommands, !isOver() else { continue }
                    fork(
                        before, Strike(item.side, item.number, mishap), depth: max(depth - 1, 0),
                        delays: mishap == .slow ? delays - 1 : 0)
                }
            }
        }
        play.finish()
        judge(play)
        return play
    }

    private mutating func fork(_ play: Play, _ strike: Strike, depth: Int, delays: Int) {
        var fork = play
        fork.story.strikes.append(strike)
        fork.runs = 0
        fork.strikes.append(strike)
        explore(fork, depth: depth, delays: delays)
    }

    private mutating func judge(_ play: Play) {
        judgement.tried += 1
        judgement.runs += play.runs
        // What follows the first is its consequence.
        guard let breach = play.breaches.first else { return }
        judgement.take(breach, of: play.story, excludedBy: excluded(play.story))
    }

    /// What must be assumed for a story never to happen, or to end well.
    private func excluded(_ story: Story) -> Assumption? {
        if let excludedBy = story.excludedBy { return excludedBy }
        guard subject.usesDRBD, !scope.assumptions.contains(.fencing) else { return nil }
        var play = Play(subject, story, assuming: scope.assumptions + [.fencing])
        play.play()
        return play.breaches.isEmpty ? .fencing : nil
    }
}

extension SplitMix64 {
    fileprivate mutating func below(_ limit: Int) -> Int { Int(next() % UInt64(limit)) }
}
