/// The tools that an engine began and whose end it did not write down: a fold over its records.
///
/// It needs no plan, so that what was left running can be ended even where the plan cannot be made
/// again.
public struct Orphans: Sendable {
    /// Work ids above this are taken for damage; no run comes near.
    static let workLimit = 1 << 40

    /// They, in the order of their ids.
    var doubts: [Ledger.Doubt] { all.filter { !$0.isTrusted } }
    /// They and what was left behind by whoever reached its goal, which only who takes that back
    /// ends.
    private(set) var all: [Ledger.Doubt] = []

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
            $0.isLeft
                ? "\($0.text) may still take effect"
                : "\($0.text) was under way when the engine died and may still take effect"
        }
    }

    mutating func take(_ fact: Fact) {
        switch fact {
        case .commandBegan(let node, let way, let work, let command):
            began(node, way, work, command)
        case .processStarted(_, let work, let process):
            guard let index = index(of: work) else { return }
            all[index].process = process
            all[index].pid = process.pid
        case .commandGivenUp(_, _, let work, _, let pid):
            guard let index = index(of: work) else { return }
            all[index].pid = pid ?? all[index].pid
        case .commandLeft(_, _, let work, _):
            if let index = index(of: work) { all[index].isLeft = true }
        case .commandEnded(_, _, let work, _): all.removeAll { $0.work == work && !$0.isLeft }
        case .commandGone(_, let work): all.removeAll { $0.work == work }
        default: return
        }
    }

    /// A goal was seen to hold: what its tools left behind may be what they were to start.
    mutating func trust(_ node: NodeID, _ way: Way) {
        for index in all.indices
        where all[index].isLeft && all[index].node == node && all[index].way == way {
            all[index].isTrusted = true
        }
    }

    private mutating func began(
        _ node: NodeID, _ way: Way, _ work: WorkID, _ command: Command
    ) {
        // A line of log, a question, a reboot: nothing of those outlives its engine.
        guard (1...Self.workLimit).contains(work.number), command.isTool, index(of: work) == nil
        else { return }
        let doubt = Ledger.Doubt(work: work, node: node, way: way, command: command, pid: nil)
        let index = all.firstIndex { $0.work > work } ?? all.endIndex
        all.insert(doubt, at: index)
    }

    private func index(of work: WorkID) -> Int? { all.firstIndex { $0.work == work } }

    /// Adds tools of which no record tells, and which may be under way all the same: whoever was
    /// started so is meant.
    fileprivate mutating func suspect(_ commands: [(NodeID, Command)], after last: Int) {
        var number = min(max(last, all.last?.work.number ?? 0), Self.workLimit)
        for (node, command) in commands.prefix(Self.suspectLimit) where command.isTool {
            guard !all.contains(where: { $0.command.action == command.action }) else { continue }
            number += 1
            // What a server has of it shows when the plan that follows looks.
            let doubt = Ledger.Doubt(
                work: WorkID(number), node: node, way: .forward, command: Command(command.action),
                pid: nil)
            all.append(doubt)
        }
    }

    /// So many are searched for; no plan of a pair has as many tools.
    private static let suspectLimit = 1000
}

extension Past {
    /// The tools that may be under way where records were lost: those of the records, and all that
    /// the plan's steps and their undoing would start.
    var suspects: Orphans {
        let commands = plan.nodes.indices.flatMap { index -> [(NodeID, Command)] in
            guard case .step(let node) = plan.nodes[index].kind else { return [] }
            var commands = node.step.apply(.none)
            if case .step(let inverse) = node.inverse { commands += inverse.apply(.none) }
            return commands.map { (NodeID(index), $0) }
        }
        var suspects = orphans
        suspects.suspect(commands, after: lastWork)
        return suspects
    }
}
