import Engine

/// What a run would do and how that is known: a fold over the records of a preview.
struct Forecast {
    /// One step.
    struct Entry {
        /// What is seen before it does anything; nil when it does not look first.
        var opening: (verdict: Verdict, basis: Basis)?
        var commands: [Command] = []
        var result: StepResult?
    }

    let plan: Plan
    private(set) var required: [Int: (verdict: Verdict, basis: Basis)] = [:]
    private(set) var ending: Ending?
    private var entries: [NodeID: Entry] = [:]
    private var makers: [WorkID: NodeID] = [:]

    init(_ plan: Plan) { self.plan = plan }

    /// What is known of a step; nil when the preview did not come to it.
    subscript(step: NodeID) -> Entry? { entries[step] }

    /// The step that issued a command.
    func maker(of work: WorkID) -> NodeID? { makers[work] }

    mutating func take(_ record: Record) {
        switch record.fact {
        case .required(let index, let verdict, let basis): required[index] = (verdict, basis)
        case .stepBegan(let node, .forward): entries[node] = Entry()
        case .looked(let node, .forward, .opening, let verdict, let basis):
            entries[node, default: Entry()].opening = (verdict, basis)
        case .intent(let node, .forward, _, let commands):
            entries[node, default: Entry()].commands += commands
        case .commandBegan(let node, .forward, let work, _): makers[work] = node
        case .stepEnded(let node, .forward, let result):
            entries[node, default: Entry()].result = result
        case .ended(let ending): self.ending = ending
        default: break
        }
    }
}
