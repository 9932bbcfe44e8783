/// What the pairs of one node do to each other.
extension Signals {
    /// What is wrong between the pairs; the places are in the signals' file.
    ///
    /// `plans` are in the order of `pairs`: of each all plans that run for it (`Pair.paths`), but
    /// for those that do not load.
    public func faults(between plans: [[Plan]]) -> [Diagnostic] {
        let all = zip(pairs, plans).map { Belongings($0, $1) }
        var faults: [Diagnostic] = []
        for (index, one) in all.enumerated() {
            faults += all[..<index].compactMap { one.clash(with: $0) }
        }
        for (index, one) in all.enumerated() where all.count > 1 {
            var others = all
            others.remove(at: index)
            if let warning = one.warning(beside: others) { faults.append(warning) }
        }
        return faults
    }

    /// Why a pair must not be taken over beside the others; nil when nothing of it is theirs.
    ///
    /// `plans` gives all plans that run for a pair.
    public func clash(of name: String, plans: (Pair) -> [Plan]) -> Diagnostic? {
        guard pairs.count > 1, let pair = pair(named: name) else { return nil }
        let own = Belongings(pair, plans(pair))
        for other in pairs where other.name != name {
            if let clash = own.clash(with: Belongings(other, plans(other))) { return clash }
        }
        return nil
    }
}

extension Signals.Pair {
    /// The paths of all plans that run for it, each once.
    public var paths: [String] {
        var paths: [String] = []
        for path in [acquire.plan, release.plan] + watchedPlans.map(\.path)
        where !paths.contains(where: { PlanPath.areSame($0, path) }) { paths.append(path) }
        return paths
    }
}

/// What the plans of a pair take and give up.
private struct Belongings {
    /// A step that acts on all that the host has of something.
    struct WideStep {
        let kind: String
        let plan: String
        let thing: String
    }

    /// A thing, and by what it is known as the same.
    struct Thing {
        let name: String
        let identity: String
    }

    let pair: Signals.Pair
    /// The things that can be of one pair only, in the order of the plans.
    private var own: [Thing] = []
    /// By what they are known, and the services of the host by which it serves.
    private var known: Set<String> = []
    private var wide: [WideStep] = []

    init(_ pair: Signals.Pair, _ plans: [Plan]) {
        self.pair = pair
        for plan in plans {
            let sections = [plan.steps] + (plan.ifFailed.map { [$0] } ?? [])
            for id in sections.flatMap({ plan.steps(from: $0) }) {
                guard case .step(let node) = plan[id].kind else { continue }
                let bearing = node.step.bearing
                guard bearing.effect != .neither else { continue }
                for reach in bearing.reaches { add(reach, by: node.title, of: plan.name) }
            }
        }
        let required = plans.filter { $0.direction == .acquire }.flatMap(\.require)
        for condition in pair.acquire.onlyIf + required
        where condition.assurance == .mastership {
            if let address = condition.subject { add(Thing(name: address, identity: address)) }
        }
    }

    private mutating func add(_ reach: Reach, by kind: String, of plan: String) {
        if let service = reach.service { known.insert(service) }
        guard reach.isOfHost else {
            return add(Thing(name: reach.thing, identity: reach.identity))
        }
        known.insert(reach.thing)
        guard !wide.contains(where: { ($0.kind, $0.plan) == (kind, plan) }) else { return }
        wide.append(WideStep(kind: kind, plan: plan, thing: reach.thing))
    }

    private mutating func add(_ thing: Thing) {
        if known.insert(thing.identity).inserted { own.append(thing) }
    }

    /// That something of it is another pair's.
    func clash(with other: Belongings) -> Diagnostic? {
        let shared = own.filter { other.known.contains($0.identity) }.map(\.name)
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

    /// That it acts on the whole host, and another pair serves by the same.
    func warning(beside others: [Belongings]) -> Diagnostic? {
        guard !pair.allowed.contains(LintPage.stopsOtherPair.code) else { return nil }
        var steps: [String] = []
        var names: [String] = []
        for step in wide {
            let affected = others.filter { $0.known.contains(step.thing) }.map(\.pair.name)
            guard !affected.isEmpty else { continue }
            steps.append("\(step.kind) of \(step.plan)")
            names += affected.filter { !names.contains($0) }
        }
        guard !steps.isEmpty else { return nil }
        return LintPage.stopsOtherPair.warning(
            "\(named(steps)) \(steps.count > 1 ? "act" : "acts") on all of the host, what the"
                + " \(names.count > 1 ? "pairs" : "pair") \(named(names.map { "`\($0)`" }))"
                + " \(names.count > 1 ? "serve" : "serves") included",
            at: pair.acquire.span,
            help: "name what is of this pair: `targets:` of `start-iscsi` and `stop-iscsi`,"
                + " `exports:` of `start-nfs` and `stop-nfs`; the shipped plans take both from"
                + " `set:` of the pair")
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

extension LintPage {
    static let stopsOtherPair = LintPage(
        code: "stops-other-pair",
        summary: "A step acts on the whole host, and another pair serves there, too.",
        why: "when one pair moves, the clients of the other are cut off, on a node that keeps it",
        story: """
            Red and blue have a pool each, and both nodes have work. The address of red moves at \
            noon, and this node gives red up: `stop-iscsi` takes every target of the host down, \
            and `stop-nfs` the whole server. Blue stays here, its pool imported and its address \
            up, and serves nobody. No signal comes for blue, since nothing happened to it.
            """,
        mend: """
            Name what belongs to the pair: `start-iscsi` and `stop-iscsi` take `targets`, \
            `start-nfs` and `stop-nfs` take `exports`, and leave all else as it is. The shipped \
            plans take both from `targets` and `exports` under `set:` of the pair. What has no \
            such form, as a service that both pairs use, belongs into neither plan: let it run on \
            both nodes. A pair whose neighbour may stop with it can allow it.
            """,
        example: """
            - stop-iscsi: {targets: ["iqn.2012-06.com.example:red"]}
            - stop-nfs: {exports: [/red/export]}
            """,
        subject: .signals
    )
}
