import Engine
import LocalHost
import Simulation

/// Plays what `verify` was asked to play, part by part.
struct Verification {
    /// What is played at random, after all that is played in order.
    struct Chance {
        let seed: UInt64
        let time: Duration?
        let count: Int?
    }

    let subjects: VerifySubjects
    /// Whether the lists are played as long as the site has them from the beginning.
    let isFull: Bool
    let scope: Verifier.Scope
    let chance: Chance?
    /// How the program was called, up to `--story`.
    let call: String

    private var subject: Subject { isFull ? subjects.full : subjects.small }
    private var hasFullPass: Bool { !isFull && !subjects.shortened.isEmpty }

    /// The scenarios that can happen under what is assumed.
    static func scenarios(of scope: Verifier.Scope) -> [Scenario] {
        scope.scenarios.filter { scenario in
            scenario.excludedBy.map { !scope.assumptions.contains($0) } ?? true
        }
    }

    func play() -> Ruling {
        let pulse = VerifyPulse()
        let scenarios = Self.scenarios(of: scope)
        var verifier = Verifier(subject, scope) { pulse.beat() }
        var bad: [Int] = []
        for (index, scenario) in scenarios.enumerated() {
            pulse.begin("\(scenario.rawValue) (\(index + 1) of \(scenarios.count))")
            let before = verifier.judgement.badStories
            verifier.playAll(of: scenario)
            bad.append(verifier.judgement.badStories - before)
        }
        let tried = verifier.judgement.tried
        if let chance {
            pulse.begin("at random, seed \(chance.seed)")
            if let time = chance.time { pulse.deadline = MonotonicClock.now + time }
            verifier.playAtRandom(seed: chance.seed, atMost: chance.count ?? .max)
            pulse.deadline = .never
        }
        let full = hasFullPass ? fullPass(pulse) : nil
        pulse.finish()
        let times = full?.courses ?? verifier.judgement.courses
        let rows = zip(zip(verifier.judgement.courses, times), bad).map { pair, bad in
            Ruling.Row(
                scenario: pair.0.scenario, tried: pair.0.tried, bad: bad, outage: pair.1.outage,
                recovery: pair.1.recovery)
        }
        let other = full.map { new($0.findings, besides: verifier.judgement.findings) } ?? []
        return Ruling(
            pair: subject.rules.name, rows: rows,
            left: scope.scenarios.filter { !scenarios.contains($0) },
            tales: verifier.judgement.findings.map { tale($0, isFull: isFull) }
                + other.map { tale($0, isFull: true) },
            assumptions: scope.assumptions, objective: subject.acquire.recoveryTimeObjective,
            hasMishaps: scope.depth > 0,
            tried: verifier.judgement.tried + (full?.tried ?? 0),
            runs: verifier.judgement.runs + (full?.runs ?? 0),
            chance: chance.map { ($0.seed, verifier.judgement.tried - tried) },
            lists: hasFullPass ? subjects.shortened : [], granted: subjects.granted, call: call)
    }

    /// All scenarios without a mishap, with the lists as long as the site has them.
    private func fullPass(_ pulse: VerifyPulse) -> Judgement {
        var scope = scope
        scope.depth = 0
        pulse.begin("with \(subjects.shortened.joined(separator: ", "))")
        var verifier = Verifier(subjects.full, scope)
        verifier.playAll()
        return verifier.judgement
    }

    /// What shows at full size only.
    private func new(
        _ findings: [Judgement.Finding], besides known: [Judgement.Finding]
    ) -> [Judgement.Finding] {
        findings.filter { finding in
            !known.contains {
                $0.kind == finding.kind && $0.story.scenario == finding.story.scenario
                    && $0.story.strikes.isEmpty
            }
        }
    }

    private func tale(_ finding: Judgement.Finding, isFull: Bool) -> Ruling.Tale {
        let subject = isFull ? subjects.full : subjects.small
        // The call has it already where all is played so.
        let flag = isFull && !self.isFull ? " --full" : ""
        return Ruling.Tale(
            finding: finding,
            account: Retelling(subject, finding.story, assuming: scope.assumptions).account,
            remedies: finding.remedies(for: subject),
            lintCodes: finding.lintCodes(for: subject),
            replay: "\(call)\(flag) --story \(shellQuoted(finding.story.text))")
    }
}

extension Judgement {
    /// How many stories end as they must not.
    fileprivate var badStories: Int { faults.reduce(0) { $0 + $1.count } }
}
