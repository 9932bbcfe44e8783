import Engine

/// An await, a watch, or the wait for a server to be through with a command that was given up on.
struct Attended {
    /// What the end of it means.
    enum Purpose: Hashable {
        case await(WorkID)
        case watch(WorkID)
        case settle(WorkID)
    }

    let purpose: Purpose
    private let condition: any Condition
    private let queries: [Query]
    private let began: Instant
    private let until: Instant
    private var attention: Attention
    private var pause = Duration.zero
    private var round: Instant?
    /// When the next look begins.
    private var next: Instant
    /// Whether it may still be told from what others have seen shortly before.
    private var mayBeEarlier: Bool
    /// Whether it waits for a look of theirs that is under way.
    private var isBehindOthers = false
    /// Whether it was judged last without an answer that is still to come.
    private var isUnderWay = false
    /// The ends of processes that it waits for.
    private var exits = Exits()
    /// The last look, once there is one.
    private(set) var last: Look?

    init(
        _ purpose: Purpose, _ condition: any Condition, until: Instant, seenBy: Instant = .zero,
        at now: Instant
    ) {
        self.purpose = purpose
        self.condition = condition
        self.until = until
        queries = condition.queries
        mayBeEarlier = condition.earlier != .nothing
        began = now
        next = now
        let forks = queries.contains { $0.forks || PathLook.forks($0) }
        attention =
            if case .watch = purpose {
                .watch(condition, at: now, forks: forks)
            } else {
                .await(condition, until: until, seenBy: seenBy, at: now, forks: forks)
            }
    }

    /// When it wants to look; while a look is under way, its return is what to wait for.
    var due: Instant { round == nil && !isBehindOthers ? next : .never }

    func wait(in polls: inout PollSet) { exits.wait(in: &polls) }

    /// Takes in that a process has ended that it waits for: now is the time to look.
    mutating func serve(_ polls: PollSet, at now: Instant) {
        guard exits.serve(polls), round == nil else { return }
        pause = .zero
        next = min(next, now)
    }

    /// Looks, if it is time to; returns the answer when that is reached. What was seen before
    /// `quiet` may be different since.
    mutating func advance(_ looks: inout Looks, quietSince quiet: Instant, at now: Instant) -> Look?
    {
        if mayBeEarlier {
            if let answer = earlier(looks, quietSince: quiet, at: now) { return answer }
            guard !isBehindOthers else { return nil }
        }
        // What was late has come.
        if isUnderWay, looks.hasNews(of: queries) { next = min(next, now) }
        guard round != nil || now >= next else { return nil }
        let start = round ?? now
        round = start
        let oldest = start + (.zero - tolerance(at: now))
        var values: [Answer] = []
        isUnderWay = false
        // All are asked, even when the first is not there yet.
        for query in queries {
            switch looks.answer(query, askedSince: began, seenSince: oldest, at: now) {
            case .here(let answer): values.append(answer)
            case .late(let why):
                isUnderWay = true
                values.append(.missing(why: why))
            case .awaited: continue
            }
        }
        guard values.count == queries.count else { return nil }
        round = nil
        let answers = Answers(queries, values)
        let verdict = condition.judge(answers)
        last = Look(verdict, answers)
        switch attention.take(verdict, isUnderWay: isUnderWay, at: now) {
        case .answer(let verdict): return Look(verdict, answers)
        case .look(let time):
            exits.expect(condition.awaitedEnds(in: answers))
            pause = time - now
            next = time
            return nil
        }
    }

    /// The answer from what others have seen shortly before, if that is one; a look of theirs that
    /// is under way is waited for.
    private mutating func earlier(
        _ looks: Looks, quietSince quiet: Instant, at now: Instant
    ) -> Look? {
        let oldest = max(quiet, now + (.zero - Attention.freshness))
        let seen = queries.map { looks.recent($0, askedSince: oldest, at: now) }
        var values: [Answer] = []
        for case .seen(let answer)? in seen { values.append(answer) }
        isBehindOthers = values.count < queries.count && !seen.contains { $0 == nil }
        mayBeEarlier = isBehindOthers
        guard values.count == queries.count else { return nil }
        let answers = Answers(queries, values)
        let verdict = condition.judge(answers)
        return condition.earlier.accepts(verdict) ? Look(verdict, answers) : nil
    }

    /// How much older than this look a shared answer may be: where time counts (a watch, a steady
    /// condition, the last look) not at all.
    private func tolerance(at now: Instant) -> Duration {
        guard case .await = purpose, condition.steadyFor == .zero, now < until else { return .zero }
        return .nanoseconds(pause.nanoseconds / 2)
    }
}

/// That a server answers again, whatever it says.
struct Settled: Condition {
    let query: Query

    var summary: String { "the server answers" }
    var queries: [Query] { [query] }

    func judge(_ answers: Answers) -> Verdict {
        switch answers[query] {
        case .missing(let why): .unknown(why)
        case .output(let output):
            if case .exited = output.status { .holds } else { .unknown("\(output.status)") }
        case .processes, .path, .text, .port: .holds
        }
    }
}
