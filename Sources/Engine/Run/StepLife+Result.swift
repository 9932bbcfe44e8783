/// From a command's end to the result of the step, or to the next attempt.
extension StepLife {
    /// The pauses after refusals that pass, which double up to the longest.
    static let insistence = (first: Duration.milliseconds(250), longest: Duration.seconds(1))

    /// After an exit code of zero the effect has this long to show, where something is given up and
    /// tried until it gets through.
    private static let trust = Duration.seconds(10)

    mutating func ended(
        _ output: Output,
        _ commands: [Command],
        _ index: Int,
        _ ledger: inout Ledger
    ) {
        isIncomplete = false
        switch step.assess(commands[index], output, after: seen) {
        case .look where output.succeeded && index + 1 < commands.count:
            guardEffect(commands, index + 1, &ledger)
        case .look where output.succeeded:
            look(after: nil, &ledger)
        case .idle where index + 1 < commands.count: guardEffect(commands, index + 1, &ledger)
        case .look, .idle:
            let said = output.excerpt
            let why =
                "`\(commands[index].line)` ended with \(output.status)"
                + (said.isEmpty ? "" : ": \(said)")
            look(after: Failure(why: why, isFinal: false), &ledger)
        case .goOn where index + 1 < commands.count: guardEffect(commands, index + 1, &ledger)
        case .goOn: look(after: nil, &ledger)
        case .incomplete(let why):
            isIncomplete = true
            lastSeen = ""
            fail(Failure(why: why, isFinal: false), &ledger)
        case .partly(let what):
            said.append(what)
            guard index + 1 < commands.count else { return look(after: nil, &ledger) }
            guardEffect(commands, index + 1, &ledger)
        case .retry(let why):
            look(after: Failure(why: why, isFinal: false), once: true, &ledger)
        case .notYet(let why, let span):
            let since = refusedSince ?? ledger.now
            refusedSince = since
            let patience = span.map { since + $0 } ?? terms.deadline
            let failure = Failure(why: why, isFinal: false, patience: patience)
            look(after: failure, once: true, &ledger)
        case .giveUp(let why):
            look(after: Failure(why: why, isFinal: true), once: true, &ledger)
        }
    }

    /// Looks at the goal until the attempt's deadline; after a failure for a second, in which it
    /// may show yet, or until it is seen `once`. A look that is under way has until the deadline.
    mutating func look(
        after failure: Failure?,
        once isOnce: Bool = false,
        _ ledger: inout Ledger
    ) {
        guard case .condition(let goal) = goal else {
            if let failure { return fail(failure, &ledger) }
            return end(way == .forward ? .done(.seen) : .undone)
        }
        // What did not run to its end may still do more. What others are to bring about is waited
        // for until it is steady; what this step has done has failed as soon as it does not last.
        let wanted = wanted(goal, after: failure)
        let waited: any Condition = mustLast ? Steady(wanted, for: .zero) : wanted
        let condition: any Condition = isOnce ? Decided(wanted, for: .final) : waited
        let isFine = failure == nil && said.isEmpty
        let until = isFine ? trust(goal, ledger.now) : ledger.now + Self.secondLook
        let id = ledger.await(
            condition, until: until, seenBy: attemptDeadline, for: .step(node, way))
        state = .looking(id, failure: failure)
    }

    /// What must be seen: less than all is enough where all commands ran to their end.
    private func wanted(_ goal: any Condition, after failure: Failure?) -> any Condition {
        failure == nil && way == .forward ? step.enough ?? goal : goal
    }

    /// How long a command is taken at its word that said it was done. To give something up once
    /// more does no harm, as it would to what only starts slowly.
    private func trust(_ goal: any Condition, _ now: Instant) -> Instant {
        guard terms.retry == nil, isStarted, step.effect == .releases else {
            return attemptDeadline
        }
        return min(attemptDeadline, now + goal.steadyFor + Self.trust)
    }

    /// Whether its own work must last before it counts.
    private var mustLast: Bool {
        guard isStarted, case .condition(let goal) = goal else { return false }
        return goal.steadyFor > .zero
    }

    mutating func lasted(_ look: Look, _ failure: Failure?, _ ledger: inout Ledger) {
        if look.verdict == .holds { return reached(look, failure, &ledger) }
        ledger.record(.looked(node, way, .goal, look.verdict, look.basis))
        lastSeen = look.verdict.detail
        let why =
            ledger.now < attemptDeadline ? "it did not last: \(goalText)" : timedOut(ledger.now)
        fail(Failure(why: why, isFinal: false), &ledger)
    }

    private mutating func reached(_ look: Look, _ failure: Failure?, _ ledger: inout Ledger) {
        ledger.record(.looked(node, way, .goal, look.verdict, look.basis))
        lastSeen = ""
        ledger.trust(node, way)
        if let failure { ledger.warn("\(step.summary): \(failure.why)") }
        tellLeftOver(look.answers, &ledger)
        end(way == .forward ? .done(look.basis) : .undone)
    }

    mutating func closed(_ look: Look, _ failure: Failure?, _ ledger: inout Ledger) {
        if look.verdict == .holds {
            guard mustLast, case .condition(let goal) = goal else {
                return reached(look, failure, &ledger)
            }
            let wanted = wanted(goal, after: failure)
            let steady = Decided(wanted, for: .final, steadyFor: goal.steadyFor)
            let id = ledger.await(steady, until: attemptDeadline, for: .step(node, way))
            state = .lasting(id, failure: failure)
            return
        }
        ledger.record(.looked(node, way, .goal, look.verdict, look.basis))
        lastSeen = look.verdict.detail
        if let failure { return fail(failure, &ledger) }
        if case .never(let why) = look.verdict {
            return fail(Failure(why: why, isFinal: announced.isEmpty), &ledger)
        }
        let why = said.isEmpty ? timedOut(ledger.now) : said.joined(separator: "; ")
        fail(Failure(why: why, isFinal: false), &ledger)
    }

    /// That the goal did not come in time; what it is, unless the step's name says it.
    private func timedOut(_ now: Instant) -> String {
        let span = now - attemptBegan
        let isWhole = span.milliseconds.isMultiple(of: 1000)
        let after = "timed out after \(isWhole ? durationText(span) : elapsedText(span))"
        return terms.label.contains(goalText) ? after : "\(after) waiting until \(goalText)"
    }

    /// Tells what the step is done without.
    func tellLeftOver(_ seen: Answers, _ ledger: inout Ledger) {
        guard way == .forward else { return }
        for text in said { ledger.warn("\(step.summary): \(text)") }
        for text in step.leftOver(seen, said: said) { ledger.warn(text) }
    }

    var goalText: String {
        if case .condition(let goal) = goal { goal.summary } else { step.summary }
    }

    mutating func fail(_ failure: Failure, _ ledger: inout Ledger) {
        if let patience = failure.patience, insist(until: patience, failure.why, &ledger) { return }
        let counted = attempt - refusals
        let pause = terms.retry.map { $0.delay(after: counted) } ?? persistence(after: counted)
        let mayRetry = terms.retry.map { counted < $0.attempts } ?? true
        guard mayRetry, !failure.isFinal, ledger.now + pause < terms.deadline else {
            return end(.failed(why: failure.why, lastSeen: lastSeen))
        }
        ledger.record(.retrying(node, way, attempt: attempt, after: pause, why: failure.why))
        state = .pausing(ledger.sleep(until: ledger.now + pause, for: .step(node, way)))
    }

    private func persistence(after attempt: Int) -> Duration {
        guard isIncomplete else { return Self.persistence }
        return Retry(attempts: 1, delay: Self.persistence, backoff: 2).delay(after: attempt)
    }

    /// Tries again what was refused for now; false when there is no time left for that.
    private mutating func insist(
        until patience: Instant, _ why: String, _ ledger: inout Ledger
    ) -> Bool {
        let pauses = Retry(attempts: 1, delay: Self.insistence.first, backoff: 2)
        let pause = min(pauses.delay(after: refusals + 1), Self.insistence.longest)
        guard ledger.now + pause < min(patience, terms.deadline) else { return false }
        refusals += 1
        ledger.record(.retrying(node, way, attempt: attempt, after: pause, why: why))
        state = .pausing(ledger.sleep(until: ledger.now + pause, for: .step(node, way)))
        return true
    }

    mutating func settle(_ ledger: inout Ledger) {
        state = .settling(ledger.sleep(until: terms.deadline, for: .step(node, way)))
    }

    mutating func nextAttempt(_ ledger: inout Ledger) {
        attempt += 1
        open(&ledger)
    }

    mutating func end(_ result: StepResult) {
        if !hasActed { announced = [] }
        self.result = result
    }
}
