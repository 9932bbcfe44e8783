import Testing

@testable import Engine

/// Runs of random plans whose engine is killed at random keep what a run promises.
@Suite struct RunKillTests {
    @Test(arguments: 0..<20)
    func promisesAreKept(block: Int) {
        for seed in (block * 60)..<(block * 60 + 60) {
            let story = KillStory(seed: UInt64(seed))
            for fault in story.faults { Issue.record("seed \(seed): \(fault)") }
        }
    }

    @Test func allEndingsAndWaysOccur() {
        var kinds: Set<Ending.Kind> = []
        var ways: Set<[Resumption]> = []
        for seed in UInt64(0)..<400 {
            let story = KillStory(seed: seed)
            if let kind = story.ending?.kind { kinds.insert(kind) }
            ways.insert(story.ways)
        }
        #expect(kinds == Set(Ending.Kind.allCases).subtracting([.cutOff]))
        let twice: Set<[Resumption]> = [
            [.forward, .forward], [.forward, .back], [.back, .back], [.counterpart, .counterpart],
        ]
        #expect(ways.isSuperset(of: twice))
    }
}
