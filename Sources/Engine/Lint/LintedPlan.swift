/// A plan as the rules of the lint see it.
struct LintedPlan {
    /// Whose tools the plan uses.
    let platform: Platform
    /// What its site settles; nil without one.
    let site: Site?
    /// What the plan says of itself.
    let header: PlanHeader
    /// What must hold before any effect.
    let require: [any Condition]
    /// The plan of the opposite direction, when each of the two names the other.
    let counterpart: PlanFile?
    /// The nodes of the plan and of its counterpart.
    let nodes: [PlanNode]
    /// The section `steps:`.
    let steps: NodeID
    /// The section `if-failed:`.
    let ifFailed: NodeID?
    /// The steps that take or give up something, in the order of the plan.
    let deeds: [Deed]
    /// The waits for what only the peer can bring about.
    let waits: [PeerWait]
    /// What stands against the order of the layers.
    let inversions: [Stacking.Inversion]

    /// Nil for a plan without steps.
    init?(
        _ file: PlanFile, on platform: Platform, site: Site, counterpart: PlanFile?,
        nodes: [PlanNode]
    ) {
        guard let steps = file.steps else { return nil }
        self.platform = platform
        self.site = site.isGiven ? site : nil
        header = file.header
        require = file.require
        self.counterpart = counterpart
        self.nodes = nodes
        self.steps = steps
        ifFailed = file.ifFailed
        let walk = LintWalk(nodes, from: steps, require: file.require, budget: header.timeout)
        deeds = walk.deeds
        waits = walk.waits
        inversions =
            Stacking(nodes, from: steps, direction: file.header.direction).inversions
    }

    /// Whether the plan takes the pair over.
    var acquires: Bool { header.direction == .acquire }

    /// What the plan takes, but for the address, which is another matter.
    var stacked: [Deed] {
        deeds.filter { $0.effect == .acquires && $0.reach.layers.lowerBound < .address }
    }

    /// How a plan for this platform writes that this node is master, for a help.
    func mastery(_ more: String = "") -> String {
        switch platform {
        case .freebsd: "`- carp: {interface: …, vhid: …, state: master\(more)}`"
        case .linux: "`- keepalived: {interface: …, address: …, state: master\(more)}`"
        }
    }

    /// The kind of a step, as a message names it.
    func kind(_ id: NodeID) -> String {
        if case .step(let step) = nodes[id.index].kind { step.title } else { "a group" }
    }

    /// The steps of a section that take or give up something.
    func deeds(from root: NodeID) -> [Deed] {
        LintWalk(nodes, from: root, require: [], budget: header.timeout).deeds
    }
}

extension LintedPlan {
    /// What a release gives up, on such a layer, before what rests on it.
    func earlyReleases(on isConcerned: (Layer) -> Bool) -> [Finding] {
        guard header.direction == .release else { return [] }
        let pairs = inversions.filter { pair in
            guard !pair.isBeside, case .step(let step) = nodes[pair.lower.index].kind,
                let layers = step.step.bearing.reaches.first?.layers
            else { return false }
            return isConcerned(layers.lowerBound)
        }
        return pairs.map { pair in
            Finding(
                message: "\(kind(pair.lower)) stands before \(kind(pair.upper)), which rests on it",
                span: nodes[pair.lower.index].span,
                help: "put \(kind(pair.lower)) behind \(kind(pair.upper))"
            )
        }
    }
}

extension LintedPlan {
    /// All conditions of the plan itself, those of its undo steps included.
    var conditions: [any Condition] {
        var conditions = require
        var rest = [steps] + (ifFailed.map { [$0] } ?? [])
        while let id = rest.popLast() {
            let node = nodes[id.index]
            conditions += node.guards
            if let when = node.when { conditions.append(when) }
            switch node.kind {
            case .group(let group): rest += group.children.reversed()
            case .step(let step):
                if case .condition(let goal) = step.step.goal { conditions.append(goal) }
                if case .step(let undo) = step.inverse, case .condition(let goal) = undo.goal {
                    conditions.append(goal)
                }
            case .pointOfNoReturn: break
            }
        }
        return conditions
    }

    /// The steps of the plan itself, in its order.
    var stepNodes: [(id: NodeID, step: StepNode)] {
        var found: [(id: NodeID, step: StepNode)] = []
        var rest = (ifFailed.map { [$0] } ?? []) + [steps]
        while let id = rest.popLast() {
            switch nodes[id.index].kind {
            case .group(let group): rest += group.children.reversed()
            case .step(let step): found.append((id, step))
            case .pointOfNoReturn: break
            }
        }
        return found
    }
}

extension StepNode {
    /// Its kind, as a message names it; of a command of the author's, its first words.
    var title: String {
        guard step.bearing.effect != step.effect,
            case .tool(let words)? = step.apply(.none).first?.action
        else { return "`\(kind)`" }
        let tool = words[0].split(separator: "/").last.map(String.init) ?? words[0]
        return "`\(printable(([tool] + words.dropFirst().prefix(1)).joined(separator: " ")))`"
    }
}
