/// From a command's end to the result of the step, or to the next attempt.
extension StepLife {
    mutating func ended(
        _ output: Output,
        _ commands: [Command],
        _ index: Int,
        _ ledger: inout Ledger
    ) {
        switch step.assess(commands[index], output) {
        case .look where output.succeeded && index + 1 < commands.count:
            guardEffect(commands, index + 1, &ledger)
        case .look where output.succeeded:
            look(after: nil, within: nil, &ledger)
        case .look:
            let said = output.excerpt
            let why =
                "`\(commands[index].line)` ended with \(output.status)"
                + (said.isEmpty ? "" : ": \(said)")
            look(after: Failure(why: why, isFinal: false), within: Self.secondLook, &ledger)
        case .retry(let why):
            look(after: Failure(why: why, isFinal: false), within: .zero, &ledger)
        case .giveUp(let why):
            look(after: Failure(why: why, isFinal: true), within: .zero, &ledger)
        }
    }

    /// Looks at the goal: until the attempt's deadline, or after a failure for `span`, at least
    /// long enough to see anything at all.
    mutating func look(
        after failure: Failure?,
        within span: Duration?,
        _ ledger: inout Ledger
    ) {
        guard case .condition(let goal) = goal else {
            if let failure { return fail(failure, &ledger) }
            return end(way == .forward ? .done(.seen) : .undone)
        }
        let condition: any Condition = span == .zero ? Decided(goal, for: .final) : goal
        let until = span.map { ledger.now + max($0, Self.secondLook) } ?? attemptDeadline
        let id = ledger.await(condition, until: until, for: .step(node, way))
        state = .looking(id, failure: failure)
    }

    mutating func closed(_ look: Look, _ failure: Failure?, _ ledger: inout Ledger) {
        ledger.record(.looked(node, way, .goal, look.verdict, look.basis))
        lastSeen = look.verdict.detail
        if look.verdict == .holds {
            if let failure { ledger.warn("\(step.summary): \(failure.why)") }
            return end(way == .forward ? .done(look.basis) : .undone)
        }
        if let failure { return fail(failure, &ledger) }
        if case .never(let why) = look.verdict {
            return fail(Failure(why: why, isFinal: announced.isEmpty), &ledger)
        }
        fail(Failure(why: "not so in time: \(goalText)", isFinal: false), &ledger)
    }

    var goalText: String {
        if case .condition(let goal) = goal { goal.summary } else { step.summary }
    }

    mutating func fail(_ failure: Failure, _ ledger: inout Ledger) {
        let pause = terms.retry.map { $0.delay(after: attempt) } ?? Self.persistence
        let mayRetry = terms.retry.map { attempt < $0.attempts } ?? true
        guard mayRetry, !failure.isFinal, ledger.now + pause < terms.deadline else {
            return end(.failed(why: failure.why, lastSeen: lastSeen))
        }
        ledger.record(.retrying(node, way, attempt: attempt, after: pause, why: failure.why))
        state = .pausing(ledger.sleep(until: ledger.now + pause, for: .step(node, way)))
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
        state = .idle
    }
}
