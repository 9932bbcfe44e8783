import Engine
public import Simulation

/// A way in which stories end badly, as it is compared between sound and damaged sources.
public struct Find: Sendable {
    /// What must never be.
    public let kind: String
    /// The shortest story.
    public let story: Story
    /// What was seen in it.
    public let detail: String

    /// What makes it the same find in other sources: work is counted otherwise there.
    public var key: String {
        ([kind, story.scenario.rawValue] + story.strikes.map(\.mishap.rawValue).sorted())
            .joined(separator: " ")
    }

    /// Its line in what is printed.
    public var line: String { [kind, key, story.text, detail].joined(separator: "\t") }
}

extension Subject {
    /// Plays what the words say, each scenario by itself; also how many stories that were.
    public func play(_ words: Words) -> (finds: [Find], tried: Int) {
        var finds: [Find] = []
        var tried = 0
        for scenario in words.scope.scenarios {
            var scope = words.scope
            scope.scenarios = [scenario]
            var verifier = Verifier(self, scope)
            verifier.playAll()
            tried += verifier.judgement.tried
            finds += verifier.judgement.faults.map { finding in
                Find(
                    kind: finding.kind.rawValue, story: finding.story,
                    detail: finding.breach.detail)
            }
        }
        return (finds, tried)
    }
}
