import Engine
import Simulation

/// A verdict as JSON: a line for each scenario, each way to end badly, each waiver, and a last one
/// that sums up.
struct RulingForm {
    let verdict: Ruling

    init(_ verdict: Ruling) { self.verdict = verdict }

    /// Hands out the lines in order.
    func write(_ line: (any Encodable) -> Void) {
        for row in verdict.rows { line(ScenarioForm(row, verdict)) }
        for grant in verdict.granted { line(GrantForm(grant)) }
        for tale in verdict.faults + verdict.excluded { line(TaleForm(tale, fact: "finding")) }
        for tale in verdict.waived { line(TaleForm(tale, fact: "waived")) }
        line(SummaryForm(verdict))
    }
}

/// How a scenario goes without a mishap, and how many stories were made of it.
struct ScenarioForm: Encodable {
    struct Link: Encodable {
        let step: String
        let took: Int64
    }

    let fact = "scenario"
    let scenario: String
    let sentence: String
    let stories: Int
    let bad: Int
    let outage: Int64
    let recovery: Int64?
    let missed: Bool
    let chain: [Link]

    init(_ row: Ruling.Row, _ verdict: Ruling) {
        scenario = row.scenario.rawValue
        sentence = row.scenario.sentence
        stories = row.tried
        bad = row.bad
        outage = row.outage.milliseconds
        recovery = row.recovery?.took.milliseconds
        missed = verdict.missed.contains(row.scenario)
        chain = (row.recovery?.chain ?? []).map {
            Link(step: $0.step, took: $0.took.milliseconds)
        }
    }
}

/// Something that was taken for granted.
struct GrantForm: Encodable {
    let fact = "granted"
    let what: String
    let how: String
    let file: String
    let line: Int?

    init(_ grant: VerifySubjects.Grant) {
        what = grant.what
        how = grant.how
        file = grant.file
        line = grant.line
    }
}

/// A line of a story.
struct AccountLineForm: Encodable {
    let at: Int64
    let side: String?
    let kind: String
    let text: String

    init(_ line: Account.Line) {
        at = line.at.milliseconds
        side = line.side?.name
        kind = line.kind.rawValue
        text = line.text
    }
}

/// What was seen that must never be.
struct BreachForm: Encodable {
    let breach: String
    let at: Int64
    let side: String?
    let sentence: String
    let detail: String

    init(_ breach: Breach) {
        self.breach = breach.kind.rawValue
        at = breach.at.milliseconds
        side = breach.side?.name
        sentence = breach.kind.sentence
        detail = breach.detail
    }
}

/// A way in which stories end badly, with the shortest of them.
struct TaleForm: Encodable {
    enum CodingKeys: String, CodingKey {
        case fact, breach, at, side, sentence, detail, stories, story, seed, replay, remedies
        case lint, waiver, reason, timeline
        case excludedBy = "excluded-by"
    }

    let fact: String
    let breach: String
    let at: Int64
    let side: String?
    let sentence: String
    let detail: String
    let stories: Int
    let story: String
    let seed: UInt64?
    let replay: String
    let excludedBy: String?
    let remedies: [String]
    let lint: [String]
    let waiver: String?
    let reason: String?
    let timeline: [AccountLineForm]

    init(_ tale: Ruling.Tale, fact: String) {
        let finding = tale.finding
        let form = BreachForm(finding.breach)
        self.fact = fact
        breach = finding.kind.rawValue
        (at, side, sentence, detail) = (form.at, form.side, form.sentence, form.detail)
        stories = finding.count
        story = finding.story.text
        seed = finding.story.seed
        replay = tale.replay
        excludedBy = finding.excludedBy?.rawValue
        remedies = tale.remedies
        lint = tale.lintCodes
        waiver = finding.waiver?.title
        reason = finding.waiver?.reason
        timeline = tale.account.lines.map(AccountLineForm.init)
    }
}

/// What it comes to.
struct SummaryForm: Encodable {
    enum CodingKeys: String, CodingKey {
        case fact, exit, pair, scenarios, left, stories, runs, bad, ways, assumptions, objective
        case missed
        case seed, random, shortened
    }

    let fact = "verdict"
    let exit: Int32
    let pair: String
    let scenarios: Int
    let left: [String]
    let stories: Int
    let runs: Int
    let bad: Int
    let ways: Int
    let assumptions: [String]
    let objective: Int64?
    let missed: [String]
    let seed: UInt64?
    let random: Int?
    let shortened: [String]

    init(_ verdict: Ruling) {
        exit = verdict.exitCode
        pair = verdict.pair
        scenarios = verdict.rows.count
        left = verdict.left.map(\.rawValue)
        stories = verdict.tried
        runs = verdict.runs
        bad = verdict.bad
        ways = verdict.ways
        assumptions = verdict.assumptions.map(\.rawValue)
        objective = verdict.objective?.milliseconds
        missed = verdict.missed.map(\.rawValue)
        seed = verdict.chance?.seed
        random = verdict.chance?.tried
        shortened = verdict.lists
    }
}

/// One story, told in full.
struct StoryForm: Encodable {
    let fact = "story"
    let story: String
    let exit: Int
    let waiver: String?
    let breaches: [BreachForm]
    let timeline: [AccountLineForm]

    init(_ retelling: Retelling) {
        story = retelling.story.text
        exit = retelling.endsWell ? 0 : 1
        waiver = retelling.waiver?.title
        breaches = retelling.breaches.map(BreachForm.init)
        timeline = retelling.account.lines.map(AccountLineForm.init)
    }
}
