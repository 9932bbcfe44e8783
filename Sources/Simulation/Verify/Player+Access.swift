import Engine

/// What a play asks a node for all the time.
///
/// Mutating also where nothing is changed: only a modifying access to what stands in an array reads
/// a field in place, where a reading one copies the whole node first.
extension Player {
    /// Who hears an answer.
    enum Hearer { case nobody, tenure, run }

    /// Who asked for what has ids that begin there.
    mutating func hearer(_ base: Int) -> Hearer {
        guard isAtWork else { return .nobody }
        if underway?.base == base { return .run }
        return self.base == base ? .tenure : .nobody
    }

    /// Whether the tenure whose ids begin there still has the lock.
    mutating func isAtWork(from base: Int) -> Bool { isAtWork && self.base == base }

    /// Whether nobody has become the host's client since this one.
    mutating func isLast(_ client: Int) -> Bool { isAtWork && clients == client }

    /// Whether nothing is wanted, nobody is at work, and a node that is up knows its address.
    mutating func rests() -> Bool {
        !isAtWork && wanted == nil && !(isUp && lookout.isPending)
    }

    /// Whether the run under way has had its time.
    mutating func isLate(at now: Instant) -> Bool {
        guard let limit = underway?.limit else { return false }
        return now > limit
    }

    /// Whether the run under way was begun by an earlier engine.
    mutating func isResumed() -> Bool { underway?.isResumed == true }

    /// The number of one more piece of work.
    mutating func nextItem() -> Int {
        items += 1
        return items
    }

    mutating func write(_ record: Record) {
        guard journal?.isFull == false else { return }
        journal?.records.append(record)
    }

    /// Hands an input to the run under way: what it answers, where the ids of its work begin, which
    /// client of the host it is, and how it ended.
    mutating func handle(
        _ event: Event
    ) -> (turn: Turn, base: Int, client: Int, ending: Ending?)? {
        guard let base = underway?.base, let (turn, ending) = run?.step(event) else { return nil }
        return (turn, base, clients, ending)
    }
}

extension Run {
    fileprivate mutating func step(_ event: Event) -> (Turn, Ending?) {
        let turn = handle(event)
        return (turn, ending)
    }
}
