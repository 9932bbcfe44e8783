public import Simulation

/// What is played, as words: `scenario:switchover mishap:hangs depth:2 assume:no-partition`.
public struct Words: Sendable {
    /// Why words say nothing.
    public struct Fault: Error, Sendable {
        /// The word that is unknown.
        public let word: String
    }

    /// The scope that they stand for; nothing of a kind means all of it.
    public let scope: Verifier.Scope

    /// Reads words.
    public init(_ words: [String]) throws(Fault) {
        var scope = Verifier.Scope()
        var scenarios: [Scenario] = []
        var mishaps: [Mishap] = []
        for word in words {
            let parts = word.split(separator: ":", maxSplits: 1).map(String.init)
            let value = parts.last ?? ""
            if parts.first == "scenario", let scenario = Scenario(rawValue: value) {
                scenarios.append(scenario)
            } else if parts.first == "mishap", let mishap = Mishap(rawValue: value) {
                mishaps.append(mishap)
            } else if parts.first == "assume", let assumption = Assumption(rawValue: value) {
                scope.assumptions.append(assumption)
            } else if parts.first == "depth", let depth = Int(value) {
                scope.depth = depth
            } else {
                throw Fault(word: word)
            }
        }
        if !scenarios.isEmpty { scope.scenarios = scenarios }
        if !mishaps.isEmpty { scope.mishaps = mishaps }
        self.scope = scope
    }
}
