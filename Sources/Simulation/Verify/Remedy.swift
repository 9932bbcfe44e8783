extension Judgement.Finding {
    /// What closes the hole, in sentences; the best first.
    public var remedies: [String] {
        guard excludedBy == .noPartition else { return [] }
        var remedies = [
            "two nodes alone cannot tell a dead peer from a cut link: let an arbiter decide (a"
                + " third machine's lease as a condition under `require` and `guard`)",
            "fence the peer before the import: a step that cuts its power and waits for that",
        ]
        if kind.isOfData {
            remedies.append(
                "with DRBD: `quorum`, or `fencing resource-and-stonith`, so that a primary without"
                    + " its peer stops writing")
        }
        remedies.append("the pool's `multihost` does not help: it cannot see the peer's replica")
        return remedies
    }
}

extension Strike {
    /// What happens, for a person.
    public var sentence: String { "on node \(side.name), \(mishap.sentence)" }
}
