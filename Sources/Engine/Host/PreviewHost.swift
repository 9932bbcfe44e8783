/// A host on which a run changes nothing: looks are made on another host, commands are noted.
///
/// A goal whose commands were noted counts as reached; what cannot be brought about by noting is
/// assumed, and each answer says how it is known. It hands only looks to the other host: never a
/// command, and no look of the plan's own that may change something.
public struct PreviewHost<Real: Host>: Host {
    /// What stands behind an answer that the real host still owes.
    private enum Question {
        case decision(Decided)
        case wait(any Condition)
    }

    /// A look that is under way is waited for so long.
    private static var patience: Duration { .seconds(60) }

    /// The host that is looked at.
    public private(set) var real: Real
    private let given: [String]
    private var questions: [WorkID: Question] = [:]
    private var ready: [Event.Input] = []
    private var now: Instant
    /// The command whose end was told last; what is awaited in the same turn is its goal.
    private var told: WorkID?
    /// What is taken for true of a subject, and since when.
    private var taken: [String: (summary: String, basis: Basis)] = [:]

    /// Previews over `real`; `given` are claims that a person takes for granted.
    public init(over real: Real, at now: Instant, given: [String] = []) {
        self.real = real
        self.now = now
        self.given = given
    }

    public mutating func perform(_ work: Work) {
        switch work {
        case .await(let id, let condition, _, _): ask(id, condition)
        case .watch, .lookAhead: return
        case .execute(let id, _, _): ready.append(.finished(id, .ended(Output(.exited(0)))))
        case .sleep(let id, _): ready.append(.woke(id))
        case .adopt(let id, _, _): ready.append(.gone(id))
        case .cancel(let id):
            guard questions[id] != nil else { return }
            real.perform(work)
        }
    }

    public mutating func next() -> Event? {
        told = nil
        if !ready.isEmpty {
            let input = ready.removeFirst()
            if case .finished(let id, _) = input { told = id }
            return Event(at: now, input)
        }
        while let event = real.next() {
            now = event.at
            guard case .looked(let id, let look) = event.input else { return event }
            guard let question = questions.removeValue(forKey: id) else { continue }
            return Event(at: now, .looked(id, answer(look, to: question)))
        }
        return nil
    }
}

// MARK: - Asking

extension PreviewHost {
    private mutating func ask(_ id: WorkID, _ condition: any Condition) {
        let question: Question
        if let decided = condition as? Decided {
            question = .decision(decided)
        } else if let command = told {
            take(condition, .after(command))
            ready.append(.looked(id, Look(.holds, .none, basis: .after(command))))
            return
        } else {
            question = .wait(condition)
        }
        if let claim = condition.claim, given.contains(claim) {
            return answerAtOnce(id, .holds, .given(claim), question)
        }
        if condition.queries.contains(where: \.mayChange) {
            let why = "its look may change something: it lacks `changes-nothing: true`"
            return answerAtOnce(id, .unknown(why), .seen, question)
        }
        questions[id] = question
        // One look must do: a preview that waits would tell of another moment than it began in.
        real.perform(
            .await(
                id, Decided(condition, for: .opening), until: now, seenBy: now + Self.patience))
    }

    private mutating func answerAtOnce(
        _ id: WorkID,
        _ verdict: Verdict,
        _ basis: Basis,
        _ question: Question
    ) {
        let look = Look(verdict, .none, basis: basis)
        ready.append(.looked(id, answer(look, to: question)))
    }
}

// MARK: - Answering

extension PreviewHost {
    private mutating func answer(_ look: Look, to question: Question) -> Look {
        switch question {
        case .wait(let condition): assume(look, condition)
        case .decision(let decided):
            switch decided.purpose {
            case .opening: opening(look, decided)
            case .when: decision(look, decided)
            case .require, .guard: assume(look, decided)
            case .final: final(look, decided)
            }
        }
    }

    /// What is decided about a step is decided after all that was noted before.
    private func byThen(_ look: Look, _ condition: Decided) -> Look? {
        guard let subject = condition.subject, let taken = taken[subject] else { return nil }
        let isSame = taken.summary == condition.summary
        let verdict = isSame ? Verdict.holds : .doesNot("by then: \(taken.summary)")
        return Look(verdict, look.answers, basis: taken.basis)
    }

    private mutating func decision(_ look: Look, _ condition: Decided) -> Look {
        if let then = byThen(look, condition) { return then }
        if case .unknown = look.verdict { return assume(look, condition) }
        return look
    }

    /// A step must see whether it has anything to do.
    private func opening(_ look: Look, _ condition: Decided) -> Look {
        if let then = byThen(look, condition) { return then }
        switch look.verdict {
        case .holds, .doesNot, .never: return look
        case .unknown(let why):
            return Look(.doesNot(why), look.answers, basis: .unknowable(why))
        }
    }

    private func final(_ look: Look, _ condition: Decided) -> Look {
        let basis = condition.subject.flatMap { taken[$0]?.basis } ?? look.basis
        return Look(.holds, look.answers, basis: basis)
    }

    private mutating func assume(_ look: Look, _ condition: any Condition) -> Look {
        let basis: Basis
        switch look.verdict {
        case .holds: return look
        case .unknown(let why): basis = .unknowable(why)
        case .doesNot(let seen), .never(let seen): basis = .assumed(seen)
        }
        take(condition, basis)
        return Look(.holds, look.answers, basis: basis)
    }

    private mutating func take(_ condition: any Condition, _ basis: Basis) {
        guard let subject = condition.subject else { return }
        taken[subject] = (condition.summary, basis)
    }
}

extension Query {
    /// Whether a plan's own look may change something.
    fileprivate var mayChange: Bool {
        if case .userCommand(let look) = self { !look.changesNothing } else { false }
    }
}
