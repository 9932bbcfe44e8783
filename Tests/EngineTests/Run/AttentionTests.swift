import Testing

@testable import Engine

/// When a host looks again, and which look is the answer.
@Suite struct AttentionTests {
    private static let flag = FlagIs(name: "a", isUp: true)
    private static let up = Verdict.holds
    private static let down = Verdict.doesNot("down")
    private static let dark = Verdict.unknown("dark")

    /// A watch, the looks in milliseconds, and the number of the look that breaks it.
    private static let watches: [([(Int, Verdict)], Int?)] = [
        ([(0, up), (50, up), (100, up)], nil),
        ([(0, down), (99, down)], nil),
        ([(0, down), (100, down)], 2),
        ([(0, down), (50, up), (100, down), (150, down), (199, down)], nil),
        ([(0, down), (50, dark), (100, down)], 3),
        ([(0, dark), (10, dark), (20, dark), (1_000, dark), (1_999, dark)], nil),
        ([(0, dark), (1_000, dark), (2_000, dark)], 3),
        ([(0, dark), (1_000, dark), (1_500, up), (2_000, dark), (3_000, dark)], nil),
        ([(0, dark), (1_900, down), (1_950, dark), (1_999, down), (2_100, dark)], nil),
        ([(0, .never("gone")), (50, up)], nil),
        ([(0, .never("gone")), (100, .never("gone"))], 2),
    ]

    @Test(arguments: watches.indices)
    func aWatchIsBroken(_ index: Int) {
        let (looks, breaking) = Self.watches[index]
        var attention = Attention.watch(Self.flag, at: .zero)
        for (number, (at, verdict)) in looks.enumerated() {
            let next = attention.take(verdict, at: .zero + .milliseconds(at))
            let isBroken = if case .answer = next { true } else { false }
            #expect(isBroken == (number + 1 == breaking), "look \(number + 1)")
        }
    }

    @Test func looksBecomeRarer() {
        let ends = Instant.zero + .seconds(60)
        var reads = Attention.await(Self.flag, until: ends, at: .zero)
        var forks = Attention.await(Forking(), until: ends, at: .zero)
        let expected: [(Int, Int, Int)] = [
            (0, 1, 1), (5, 1, 1), (100, 10, 10), (1_000, 50, 100), (20_000, 50, 500),
        ]
        for (at, read, fork) in expected {
            let now = Instant.zero + .milliseconds(at)
            #expect(reads.take(Self.down, at: now) == .look(at: now + .milliseconds(read)))
            #expect(forks.take(Self.down, at: now) == .look(at: now + .milliseconds(fork)))
        }
        let last = Instant.zero + .milliseconds(59_997)
        #expect(reads.take(Self.down, at: last) == .look(at: ends))
        #expect(reads.take(Self.down, at: ends) == .answer(Self.down))
    }

    /// What cannot be told is asked again soon: it may deny by now.
    @Test func whatCannotBeToldIsAskedAgain() {
        var attention = Attention.watch(Forking(), at: .zero)
        for at in [0, 300, 1_950] {
            let now = Instant.zero + .milliseconds(at)
            #expect(attention.take(Self.dark, at: now) == .look(at: now + .milliseconds(100)))
        }
    }

    @Test func steadyMeansWithoutABreak() {
        let steady = FlagIs(name: "a", isUp: true, steadyFor: .seconds(3))
        var attention = Attention.await(steady, until: .zero + .seconds(10), at: .zero)
        let looks: [(Int, Verdict, Bool)] = [
            (0, Self.up, false), (2_900, Self.up, false), (2_950, Self.down, false),
            (3_000, Self.up, false), (5_999, Self.up, false), (6_000, Self.up, true),
        ]
        for (at, verdict, isOver) in looks {
            let next = attention.take(verdict, at: .zero + .milliseconds(at))
            #expect((next == .answer(.holds)) == isOver, "at \(at) ms")
        }
    }

    /// A condition is not asked more often because it began to hold early.
    @Test func whatHoldsIsLookedAtTenTimes() {
        let steady = Forking(steadyFor: .seconds(3))
        var attention = Attention.await(steady, until: .zero + .seconds(60), at: .zero)
        let looks: [(Int, Verdict, Int)] = [
            (0, Self.up, 300), (300, Self.up, 300), (500, Self.down, 50), (550, Self.up, 300),
            (3_400, Self.up, 150),
        ]
        for (at, verdict, pause) in looks {
            let now = Instant.zero + .milliseconds(at)
            #expect(attention.take(verdict, at: now) == .look(at: now + .milliseconds(pause)))
        }
        #expect(attention.take(Self.up, at: .zero + .milliseconds(3_550)) == .answer(.holds))
    }

    @Test func aDecisionWaitsOnlyForWhatCannotBeTold() {
        let decided = Decided(Self.flag, for: .opening)
        var attention = Attention.await(decided, until: .zero + .seconds(1), at: .zero)
        #expect(attention.take(Self.dark, at: .zero) == .look(at: .zero + .milliseconds(1)))
        #expect(attention.take(Self.down, at: .zero) == .answer(Self.down))
    }
}

private struct Forking: Condition {
    var steadyFor = Duration.zero
    var summary: String { "a command says so" }
    var queries: [Query] {
        [.userCommand(UserLook(argv: ["true"], changesNothing: true))]
    }
    func judge(_ answers: Answers) -> Verdict { .holds }
}
