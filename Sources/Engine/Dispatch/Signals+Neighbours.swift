/// What the pairs of one node do to each other.
extension Signals {
    /// What is wrong between the pairs, whose plans stand in the order of `pairs`; nil stands for a
    /// plan that does not load. The places are in the signals' file.
    public func faults(between plans: [(acquire: Plan?, release: Plan?)]) -> [Diagnostic] {
        let all = zip(pairs, plans).map { Belongings($0, acquire: $1.acquire, release: $1.release) }
        var faults: [Diagnostic] = []
        for (index, one) in all.enumerated() {
            faults += all[..<index].compactMap { one.clash(with: $0) }
        }
        return faults
    }

    /// Why a pair must not be taken over beside the others; nil when nothing of it is theirs.
    ///
    /// `plans` gives both plans of a pair.
    public func clash(
        of name: String, plans: (Pair) -> (acquire: Plan?, release: Plan?)
    ) -> Diagnostic? {
        guard pairs.count > 1, let pair = pair(named: name) else { return nil }
        func belongings(_ pair: Pair) -> Belongings {
            let (acquire, release) = plans(pair)
            return Belongings(pair, acquire: acquire, release: release)
        }
        let own = belongings(pair)
        for other in pairs where other.name != name {
            if let clash = own.clash(with: belongings(other)) { return clash }
        }
        return nil
    }
}

/// What the plans of a pair take and give up.
private struct Belongings {
    let pair: Signals.Pair
    /// The things that can be of one pair only, in the order of the plans.
    private var own: [String] = []
    private var known: Set<String> = []

    init(_ pair: Signals.Pair, acquire: Plan?, release: Plan?) {
        self.pair = pair
        for plan in [acquire, release].compactMap(\.self) {
            let sections = [plan.steps] + (plan.ifFailed.map { [$0] } ?? [])
            for id in sections.flatMap({ plan.steps(from: $0) }) {
                guard case .step(let node) = plan[id].kind else { continue }
                let bearing = node.step.bearing
                guard bearing.effect != .neither else { continue }
                for reach in bearing.reaches where !reach.isOfHost { add(reach.thing) }
            }
        }
        for condition in pair.acquire.onlyIf + (acquire?.require ?? [])
        where condition.assurance == .mastership {
            if let address = condition.subject { add(address) }
        }
    }

    private mutating func add(_ thing: String) {
        if known.insert(thing).inserted { own.append(thing) }
    }

    /// That something of it is another pair's.
    func clash(with other: Belongings) -> Diagnostic? {
        let shared = own.filter(other.known.contains)
        guard !shared.isEmpty else { return nil }
        return Diagnostic(
            code: "same-thing",
            "\(named(shared)) \(shared.count > 1 ? "belong" : "belongs") to the pair"
                + " `\(other.pair.name)` already",
            at: pair.acquire.span,
            note: "each pair has a lock of its own, and one would take away what the other serves",
            help: "give each pair its own under `set:`, or put both into one pair and one plan"
        )
    }

    /// The first of them, and how many more there are.
    private func named(_ things: [String]) -> String {
        if things.count > 4 {
            return things.prefix(3).joined(separator: ", ") + " and \(things.count - 3) more"
        }
        let first = things.dropLast().joined(separator: ", ")
        return (first.isEmpty ? "" : first + " and ") + (things.last ?? "")
    }
}
