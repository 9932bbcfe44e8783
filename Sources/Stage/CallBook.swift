import Engine

/// Every call of a tool so far, oldest first.
struct CallBook {
    /// So many overlaps are listed; all are counted.
    private static let listed = 20

    private(set) var calls: [Call] = []

    /// Enters a call; its number is its place.
    mutating func begin(_ argv: [String], caller: Int32, at now: Instant) -> WorkID {
        let id = WorkID(calls.count + 1)
        calls.append(Call(id: id, argv: argv, caller: caller, began: now, at: now))
        return id
    }

    mutating func end(_ id: WorkID, _ end: Call.End, at now: Instant) {
        calls[id.number - 1].end = end
        calls[id.number - 1].at = now
    }

    /// A line for each call; of the changes only, or of all.
    func text(changesOnly: Bool) -> String {
        calls.filter { !changesOnly || !$0.isLook }.map { $0.text + "\n" }.joined()
    }

    /// How often a change began while one of another caller was under way: the count, then a line
    /// for each of the first ones.
    var overlaps: String {
        var active: [Call] = []
        var lines: [String] = []
        var count = 0
        for call in calls where !call.isLook {
            active.removeAll { !$0.isUnderWay(after: call.began) }
            for other in active where other.caller != call.caller {
                count += 1
                guard lines.count < 2 * Self.listed else { continue }
                lines += ["overlap: " + other.text, "    with: " + call.text]
            }
            active.append(call)
        }
        return (["\(count)"] + lines).map { $0 + "\n" }.joined()
    }
}
