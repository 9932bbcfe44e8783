import Foundation

/// One kill: a plan, a moment, and who comes next; all of it by its number.
struct KillCase {
    /// Who deals with it afterwards.
    enum Next: String, CaseIterable { case sameSignal, recover, otherSignal, killedAgain }

    /// What came of it.
    struct Outcome: Sendable {
        let text: String
        let faults: [String]
        /// What was under way when it was killed; nil when nothing was any more.
        let struck: Strike?
        var isStruck: Bool { struck != nil }
        let seconds: TimeInterval
    }

    /// What was under way at the kill.
    struct Strike: Sendable {
        /// The last record in the journal.
        let last: String
        /// An import or an export was under way.
        let isInside: Bool
    }

    /// What is told while it is played.
    private struct Tale {
        var story: [String] = []
        var faults: [String] = []
        /// Who had called a tool by the time of a kill, as the stage writes it: `[712]`.
        var dead: Set<String> = []
    }

    let number: Int
    let isMaster: Bool
    let isSlow: Bool
    let next: Next
    let delay: TimeInterval
    /// Whether who writes its journal is killed with it.
    let isThorough: Bool

    init(_ number: Int) {
        self.number = number
        var random = Seeded(UInt64(number))
        isMaster = number % 2 == 0
        isSlow = number / 2 % 3 == 0
        next = Next.allCases[number / 6 % 4]
        let whole = isMaster ? (isSlow ? 6.1 : 1.4) : (isSlow ? 5.6 : 0.75)
        delay = random.fraction * whole
        isThorough = random.next() % 2 == 0
    }

    private var signal: String { isMaster ? "master" : "slave" }
    private var other: String { isMaster ? "slave" : "master" }

    /// What is over takes no longer, at the slowest pace: four imports and exports, one by one.
    private static let limit: TimeInterval = 40

    func play() -> Outcome {
        let begin = Date.now
        var tale = Tale()
        var strike: Strike?
        do {
            let pair = try LivePair(
                isMaster ? .takingOver : .serving,
                pace: isSlow ? LivePair.Pace.slow : LivePair.Pace.usual)
            strike = try kill(pair, after: delay, &tale)
            try recover(pair, struck: strike != nil, &tale)
            try converge(pair, &tale)
            check(pair, &tale)
            let seconds = Date.now.timeIntervalSince(begin)
            if seconds > Self.limit { tale.faults.append("it took \(seconds) s") }
            if !tale.faults.isEmpty {
                tale.story += pair.stage.state + pair.stage.changes + pair.stage.syslog
                tale.story += pair.journals
                if let text = try? pair.stage.ask("overlaps").output { tale.story.append(text) }
            }
        } catch {
            tale.faults.append("\(error)")
        }
        let pace = isSlow ? "slow" : "usual"
        let title = String(
            format: "kill %d: %@, %@, %@ after %.3f s", number, signal, pace,
            next.rawValue, delay)
        let faults = tale.faults.map { "FAULT: \($0)" }
        return Outcome(
            text: ([title] + faults + tale.story).joined(separator: "\n  "),
            faults: tale.faults, struck: strike,
            seconds: Date.now.timeIntervalSince(begin))
    }

    /// Sends the signal, and kills whoever acts on it.
    private func kill(
        _ pair: LivePair, after delay: TimeInterval, _ tale: inout Tale
    ) throws -> Strike? {
        let begin = Date.now
        let on = try pair.failover("on", signal)
        if on.code != 0 { tale.story.append("on ended with \(on.code): \(on.errors)") }
        Thread.sleep(forTimeInterval: max(0, delay + begin.timeIntervalSinceNow))
        let workers = pair.workers
        let all = isThorough ? pair.processes.map { $0.pid } : workers
        for process in all { Foundation.kill(process, SIGKILL) }
        _ = pair.wait(within: 5) { pair.workers.isEmpty }
        tale.dead.formUnion(pair.stage.changes.compactMap(Self.caller))
        let under = pair.stage.changes.filter { $0.hasSuffix("under way") }
        let lines = pair.journals.last.flatMap {
            try? String(contentsOf: pair.journal($0), encoding: .utf8)
        }
        let last = lines?.split(separator: "\n").last.map(String.init) ?? "no journal"
        tale.story.append("killed \(workers.count) of \(all.count) after: \(last.prefix(160))")
        tale.story += under.map { "under way: \($0)" }
        guard !workers.isEmpty, !last.contains(#""fact":"ended""#) else { return nil }
        let slow = ["zpool import", "zpool export"]
        let isInside = under.contains { call in slow.contains { call.contains($0) } }
        return Strike(last: last, isInside: isInside)
    }

    private func recover(
        _ pair: LivePair, struck: Bool, _ tale: inout Tale
    ) throws {
        if next == .killedAgain {
            var random = Seeded(UInt64(1000 + number))
            _ = try kill(pair, after: random.fraction * (isSlow ? 5 : 0.6), &tale)
        }
        guard next == .recover else { return }
        let recovery = try pair.failover("recover")
        tale.story.append("recover exits \(recovery.code): \(recovery.output)\(recovery.errors)")
        if ![0, 1, 4].contains(recovery.code) {
            tale.faults.append("recover exits \(recovery.code)")
        }
        if recovery.code == 0, struck, recovery.output.contains("taken up"),
            !(isMaster ? pair.isMaster : pair.isSlave)
        {
            tale.faults.append("recovered as done, and the world is not so")
        }
        // What it did is all there is: nothing is left to do in a second one.
        let again = try pair.failover("recover")
        if !again.output.contains("no run was left unfinished") {
            tale.faults.append("a second recovery found something: \(again.output)")
        }
    }

    /// The last signal decides where the node is to be.
    private func converge(_ pair: LivePair, _ tale: inout Tale) throws {
        let last = next == .otherSignal ? other : signal
        let outcome = try pair.failover("on", last, "--wait")
        tale.story.append("on \(last) --wait exits \(outcome.code): \(outcome.errors)")
        if outcome.code != 0 { tale.faults.append("on \(last) --wait exits \(outcome.code)") }
        if !(last == "master" ? pair.isMaster : pair.isSlave) {
            tale.faults.append("the node is not \(last)")
        }
    }

    private func check(_ pair: LivePair, _ tale: inout Tale) {
        tale.faults += pair.stage.damage.map { "damage: \($0)" }
        tale.faults += Self.overlaps(pair, among: tale.dead)
        if !pair.wait(within: 5, until: { pair.isQuiet }) {
            tale.faults.append("left over: \(pair.processes.map { $0.words.dropFirst() })")
        }
        if !pair.spool.isEmpty { tale.faults.append("still wanted: \(pair.spool)") }
        guard next != .otherSignal else { return }
        // What took effect once is found done, and is not done again.
        var counts: [(String, Int)] = []
        for change in pair.stage.changes where change.hasSuffix(": exit 0") {
            let call = change.split(separator: "] ", maxSplits: 1).last.map(String.init) ?? change
            if let place = counts.firstIndex(where: { $0.0 == call }) {
                counts[place].1 += 1
            } else {
                counts.append((call, 1))
            }
        }
        for (call, count) in counts where count > 1 {
            tale.faults.append("\(count) times: \(call)")
        }
    }

    /// Changes that began while another engine's was under way.
    ///
    /// Two kinds are none of these, if the first is a killed engine's. The undo of its import that
    /// sleeps in the kernel is issued whatever a look shows, and waits there. A tool that it had
    /// started and that had not said yet whose it was has init for a parent, and is its own, too.
    private static func overlaps(_ pair: LivePair, among dead: Set<String>) -> [String] {
        let lines = (try? pair.stage.ask("overlaps").output) ?? "the stage does not answer"
        let pairs = lines.split(separator: "\n").dropFirst()
        return stride(from: pairs.startIndex, to: pairs.endIndex - 1, by: 2).compactMap { index in
            let (first, second) = (pairs[index], pairs[index + 1])
            let isUndo = first.contains("zpool import") && second.contains("zpool export")
            let isOrphan = caller(second) == orphaned
            let isOfDead = caller(first).map { dead.contains($0) || $0 == orphaned } ?? false
            return isOfDead && (isUndo || isOrphan) ? nil : "\(first) \(second)"
        }
    }

    /// What the stage takes for the caller of a tool whose engine is dead.
    private static let orphaned = "[1]"

    /// Who made a call, by the stage's line about it: `[712]`.
    private static func caller(_ line: some StringProtocol) -> String? {
        let word = line.split(separator: " ").first { $0.hasPrefix("[") && $0.hasSuffix("]") }
        return word.map { "\($0)" }
    }
}
