import Engine
import Service
import Simulation

/// What `verify` has to say, for each of its forms.
struct Ruling {
    /// A scenario: how many stories were made of it, and how it goes without a mishap.
    struct Row {
        let scenario: Scenario
        let tried: Int
        let bad: Int
        let outage: Duration
        let recovery: Judgement.Recovery?
    }

    /// A way in which stories end badly, and the shortest of them.
    struct Tale {
        let finding: Judgement.Finding
        let account: Account
        let remedies: [String]
        /// The lint rules that name the same fault.
        let lintCodes: [String]
        /// The command that plays it again; it exits with 1 while the story ends badly.
        let replay: String
    }

    let pair: String
    let rows: [Row]
    /// The scenarios that cannot happen under what is assumed.
    let left: [Scenario]
    let tales: [Tale]
    let assumptions: [Assumption]
    let objective: Duration?
    /// Whether anything went wrong in what was played, chance aside.
    let hasMishaps: Bool
    /// How many stories were played in all.
    let tried: Int
    /// How many runs of plans were begun in them.
    let runs: Int
    let chance: (seed: UInt64, tried: Int)?
    /// The lists of which two items were played, and once all.
    let lists: [String]
    let granted: [VerifySubjects.Grant]
    /// How the program was called.
    let call: String

    /// What must not be, whatever is assumed: lost data first, then the commoner.
    var faults: [Tale] { tales { $0.waiver == nil && $0.excludedBy == nil } }
    /// What must not be, and cannot be helped by plans alone.
    var excluded: [Tale] { assumable.flatMap(excluded) }
    /// What of that happens no more under an assumption.
    func excluded(by assumption: Assumption) -> [Tale] {
        tales { $0.waiver == nil && $0.excludedBy == assumption }
    }
    /// What may be, each for a reason.
    var waived: [Tale] { tales { $0.waiver != nil } }

    /// How many stories end as they must not.
    var bad: Int { (faults + excluded).reduce(0) { $0 + $1.finding.count } }
    /// In how many ways.
    var ways: Int { faults.count + excluded.count }

    /// The scenarios whose take-over is too slow without any mishap.
    var missed: [Scenario] {
        guard let objective else { return [] }
        return rows.filter { ($0.recovery?.took ?? .zero) > objective }.map(\.scenario)
    }

    /// What the program exits with.
    var exitCode: Int32 {
        if ways > 0 { return 1 }
        return assumptions.isEmpty ? 0 : 2
    }

    /// What happens no more when it is assumed.
    var assumable: [Assumption] {
        Assumption.allCases.filter { !excluded(by: $0).isEmpty }
    }

    /// The same call, with one thing more taken for granted.
    func call(assuming assumption: Assumption) -> String {
        let more = assumptions.filter { !$0.changesStories } + [assumption]
        return call + more.map { " --assume \($0.rawValue)" }.joined()
    }

    /// What the verdict is, in a line.
    var sentence: String {
        let stories = counted(tried, "story", "stories") + " of " + counted(rows.count, "scenario")
        let all = stories + (hasMishaps || chance != nil ? "" : ", without a mishap")
        return ways == 0
            ? "\(all), all end well" : "\(all), \(bad) end badly, in \(counted(ways, "way"))"
    }

    private func tales(_ isMeant: (Judgement.Finding) -> Bool) -> [Tale] {
        let meant = tales.filter { isMeant($0.finding) }.enumerated()
        return meant.sorted { key($0) < key($1) }.map(\.element)
    }

    private func key(_ tale: (offset: Int, element: Tale)) -> (Int, Int, Int) {
        let finding = tale.element.finding
        return (finding.kind.isOfData ? 0 : 1, -finding.count, tale.offset)
    }
}
