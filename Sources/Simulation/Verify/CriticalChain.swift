import Engine

/// The steps that decided how long a run took: each began when the one before it was through.
struct CriticalChain {
    private(set) var links: [(step: String, took: Duration)] = []

    /// Reads the chain from the records of a run of `plan`, the last step first.
    init(_ plan: Plan, _ records: [Record]) {
        var began: [Int: Instant] = [:]
        var steps: [(node: NodeID, began: Instant, ended: Instant)] = []
        for record in records {
            switch record.fact {
            case .stepBegan(let node, .forward): began[node.index] = record.at
            case .stepEnded(let node, .forward, _):
                steps.append((node, began[node.index] ?? record.at, record.at))
            default: break
            }
        }
        guard var last = steps.last else { return }
        while true {
            links.append((plan[last.node].label, last.ended - last.began))
            let next = steps.last { $0.ended <= last.began && $0.node != last.node }
            guard let next, next.ended < last.ended else { break }
            last = next
        }
        links.reverse()
    }
}
