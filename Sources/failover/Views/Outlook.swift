import Engine
import Service

/// What a preview comes to: how a run now would end, what is not known, what would be taken back.
struct Outlook {
    /// A step after a failure: one that takes another back, or one of `if-failed`.
    struct Repair {
        /// The step that it belongs to, or that it is.
        let node: NodeID
        let label: String
        let commands: [String]
        /// Why nothing takes the step back, if so.
        let stays: String?
    }

    /// A step of which it is not known how things stand.
    struct Gap {
        let node: NodeID
        let why: String
    }

    let plan: Plan
    let ending: Ending?
    /// Why a run now would be refused; empty when it would begin.
    let refusals: [String]
    let gaps: [Gap]
    /// Whether anything was taken for granted, which a run would have to find so.
    let isAssuming: Bool
    /// What takes back each step that has something to do, in the order of the plan.
    let undo: [Repair]
    /// The steps of `if-failed`, when a failed run would come to them.
    let ifFailed: [Repair]

    init(_ forecast: Forecast) {
        plan = forecast.plan
        ending = forecast.ending
        refusals = forecast.refusals
        gaps = forecast.gaps
        isAssuming = forecast.isAssuming
        undo = forecast.plan.undo(of: forecast)
        ifFailed = forecast.plan.stepsIfFailed
    }

    /// The exit code of a run now, if what is assumed of its steps comes true.
    var exitCode: Int32 {
        refusals.isEmpty ? ending?.kind.exitCode ?? 0 : Ending.Kind.refused.exitCode
    }

    /// The gaps in a line; nil when there are none.
    var gapText: String? {
        guard !gaps.isEmpty else { return nil }
        let marker = " is not installed"
        var missing: [String] = []
        var others: [String] = []
        for why in gaps.map(\.why) {
            // A host words it so: `hastctl is not installed: not in /sbin:…`.
            let parts = why.split(separator: marker, maxSplits: 1, omittingEmptySubsequences: false)
            if parts.count == 2, !missing.contains(String(parts[0])) {
                missing.append(String(parts[0]))
            } else if parts.count == 1, !others.contains(why) {
                others.append(why)
            }
        }
        if !missing.isEmpty {
            others.insert("not installed: " + missing.joined(separator: ", "), at: 0)
        }
        return "\(counted(gaps.count, "step")) cannot be known: " + others.joined(separator: "; ")
    }
}

extension Forecast {
    /// What is required and does not hold now, or cannot be told, and was not given.
    fileprivate var refusals: [String] {
        plan.require.indices.compactMap { index in
            let text = plan.require[index].summary
            guard let (verdict, basis) = required[index] else { return "\(text): not looked at" }
            switch basis {
            case .given: return nil
            case .seen, .after: return verdict == .holds ? nil : "\(text): \(verdict.detail)"
            case .assumed(let seen): return "\(text): \(seen)"
            case .unknowable(let why): return "\(text): it cannot be told: \(why)"
            }
        }
    }

    private var steps: [(node: NodeID, entry: Entry)] {
        plan.steps(from: plan.steps).compactMap { node in self[node].map { (node, $0) } }
    }

    fileprivate var gaps: [Outlook.Gap] {
        steps.compactMap { node, entry in
            if case .unknowable(let why)? = entry.opening?.basis {
                return Outlook.Gap(node: node, why: why)
            }
            if case .done(.unknowable(let why))? = entry.result {
                return Outlook.Gap(node: node, why: why)
            }
            return nil
        }
    }

    fileprivate var isAssuming: Bool {
        let isGiven = required.values.contains { if case .given = $0.basis { true } else { false } }
        return isGiven
            || steps.contains { _, entry in
                switch entry.result {
                case .done(.assumed), .done(.unknowable), .done(.given): true
                default: entry.commands.isEmpty == false
                }
            }
    }
}

extension Plan {
    /// What would take back the steps that have something to do, up to the point of no return.
    fileprivate func undo(of forecast: Forecast) -> [Outlook.Repair] {
        guard direction != .release, onFailure == .rollBack else { return [] }
        var repairs: [Outlook.Repair] = []
        for id in nodes(from: steps) {
            switch self[id].kind {
            case .group: continue
            case .pointOfNoReturn: return repairs
            case .step(let node):
                guard let entry = forecast[id], !entry.commands.isEmpty else { continue }
                switch node.inverse {
                case .step(let step): repairs.append(repair(id, step.summary, step))
                case .none(let why):
                    repairs.append(
                        Outlook.Repair(node: id, label: self[id].label, commands: [], stays: why))
                }
            }
        }
        return repairs
    }

    /// The steps under `if-failed`, which a release never comes to.
    fileprivate var stepsIfFailed: [Outlook.Repair] {
        guard let ifFailed, direction != .release, onFailure != .stop else { return [] }
        return steps(from: ifFailed).compactMap { id in
            guard case .step(let node) = self[id].kind else { return nil }
            return repair(id, self[id].label, node.step)
        }
    }

    /// A step with what it does from any state: what it will see then is not known yet.
    private func repair(_ id: NodeID, _ label: String, _ step: any Step) -> Outlook.Repair {
        Outlook.Repair(node: id, label: label, commands: step.apply(.none).map(\.line), stays: nil)
    }
}
