import Engine

extension Fact {
    /// Whether what it speaks of is in the plan; a journal that was damaged may speak of anything.
    func fits(_ plan: Plan) -> Bool {
        switch self {
        case .required(let index, _, _): plan.require.indices.contains(index)
        case .stepBegan(let node, _), .looked(let node, _, _, _, _), .intent(let node, _, _, _),
            .commandBegan(let node, _, _, _), .processStarted(let node, _, _),
            .commandEnded(let node, _, _, _), .commandGivenUp(let node, _, _, _, _),
            .commandLeft(let node, _, _, _),
            .commandGone(let node, _), .retrying(let node, _, _, _, _),
            .stepEnded(let node, _, _), .guardBroken(let node, _):
            plan.nodes.indices.contains(node.index)
        case .began, .resumed, .phase, .superseded, .interrupted, .warned, .ended: true
        }
    }
}
