/// A group that is begun again when it failed.
///
/// Nothing is taken back in between: what was reached shows when its step looks, and is skipped;
/// a command that nothing shows is run again.
extension Tree {
    /// Lets a group pause that failed, before it is begun again; false when it is not.
    mutating func pause(
        _ id: NodeID, _ retry: Retry?, until end: Instant, _ ledger: inout Ledger
    ) -> Bool {
        guard let retry, progress[id.index].hasAttemptsLeft(retry), broken == nil,
            failure == nil || rules.isCommitted
        else { return false }
        let attempt = progress[id.index].attempt
        let pause = retry.delay(after: attempt)
        guard ledger.now + pause < end else { return false }
        ledger.record(
            .retrying(id, .forward, attempt: attempt, after: pause, why: cause(of: id)))
        ledger.sleep(until: ledger.now + pause, for: .group(id))
        pausing.insert(id)
        return true
    }

    /// The pause of a group is over.
    mutating func repeatGroup(_ id: NodeID, _ ledger: inout Ledger) {
        guard pausing.remove(id) != nil, !isClosed else { return }
        for node in plan.nodes(from: id) where node != id {
            let announced = progress[node.index].announced
            progress[node.index] = Progress()
            progress[node.index].announced = announced
            progress[node.index].isRepeated = true
        }
        progress[id.index].next = 0
        progress[id.index].failures = 0
        progress[id.index].attempt += 1
        fill(id, &ledger)
        climb(from: id, &ledger)
    }

    /// What earlier engines have left of a node; nothing of what this one has begun again.
    func trace(of id: NodeID) -> Past.Trace? {
        progress[id.index].isRepeated ? nil : past?[id]
    }
}

extension Tree.Progress {
    /// Whether a group may be begun again.
    func hasAttemptsLeft(_ retry: Retry?) -> Bool { attempt < retry?.attempts ?? 1 }
}
