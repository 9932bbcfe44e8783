/// The tools that an engine began and whose end it did not write down: a fold over its records.
///
/// It needs no plan, so that what was left running can be ended even where the plan cannot be made
/// again.
public struct Orphans: Sendable {
    /// Work ids above this are taken for damage; no run comes near.
    static let workLimit = 1 << 40

    /// They, in the order of their ids.
    private(set) var doubts: [Ledger.Doubt] = []

    init() {}

    /// What these records leave.
    public init(_ records: [Record]) {
        for record in records { take(record.fact) }
    }

    /// The work by which they are ended; each is answered by `gone`.
    public var work: [Work] { doubts.map { .adopt($0.work, $0.command, $0.process) } }

    /// A sentence about each that is not gone, for the account of a run that is closed.
    public func warnings(besides gone: [WorkID] = []) -> [String] {
        doubts.filter { !gone.contains($0.work) }.map {
            "\($0.text) was under way when the engine died and may still take effect"
        }
    }

    mutating func take(_ fact: Fact) {
        switch fact {
        case .commandBegan(let node, let way, let work, let command):
            began(node, way, work, command)
        case .processStarted(_, let work, let process):
            guard let index = index(of: work) else { return }
            doubts[index].process = process
            doubts[index].pid = process.pid
        case .commandGivenUp(_, _, let work, _, let pid):
            guard let index = index(of: work) else { return }
            doubts[index].pid = pid ?? doubts[index].pid
        case .commandEnded(_, _, let work, _), .commandGone(_, let work):
            doubts.removeAll { $0.work == work }
        default: return
        }
    }

    private mutating func began(
        _ node: NodeID, _ way: Way, _ work: WorkID, _ command: Command
    ) {
        // A line of log, a question, a reboot: nothing of those outlives its engine.
        guard (1...Self.workLimit).contains(work.number), command.isTool, index(of: work) == nil
        else { return }
        let doubt = Ledger.Doubt(work: work, node: node, way: way, command: command, pid: nil)
        let index = doubts.firstIndex { $0.work > work } ?? doubts.endIndex
        doubts.insert(doubt, at: index)
    }

    private func index(of work: WorkID) -> Int? { doubts.firstIndex { $0.work == work } }
}
