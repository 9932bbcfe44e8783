/// What a person is told of an unfinished run.
extension Past {
    /// What it was doing, after "was".
    var course: String {
        switch aim {
        case .forward: isCommitted ? "under way past its point of no return" : "under way"
        case .handOver: "about to hand over"
        case .back: "being rolled back"
        case .counterpart: "giving up by its counterpart"
        case .ifFailed: "in its `if-failed`"
        case .stop: "about to end"
        }
    }

    /// The steps that were under way; nil for none.
    var place: String? {
        let labels = plan.nodes.indices.filter { index in
            guard case .step = plan.nodes[index].kind else { return false }
            return traces[index].forward.isUnderWay || traces[index].back.isUnderWay
        }.map { plan.nodes[$0].label }
        return labels.isEmpty ? nil : labels.joined(separator: ", ")
    }

    /// What is left to do by hand, in order, as a run that is stuck there would list it.
    var remaining: [String] {
        let isGivingUp = hasGivenUp || aim == .counterpart
        var run = Run(plan, resuming: self, .forward)
        if isGivingUp, let counterpart = plan.counterpart {
            let rules = Tree.Rules(deadline: .never, isCommitted: true)
            run.relief = Tree(plan, root: counterpart.steps, rules: rules, past: self)
        }
        return run.remaining()
    }
}
