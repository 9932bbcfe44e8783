package import Engine
import LocalHost

/// Looks once at what is told of a pair besides its runs.
package struct RoleLook {
    /// So long what cannot be told is looked at again.
    static let limit = Duration.seconds(2)
    /// So long a look that is under way is waited for: a person waits, or `watch`, which is deaf
    /// meanwhile.
    static let patience = Duration.seconds(15)

    private let installation: Installation
    private let patience: Duration

    /// `patience` is how long a look that is under way is waited for, where nobody waits.
    package init(_ installation: Installation, patience: Duration? = nil) {
        self.installation = installation
        self.patience = patience ?? Self.patience
    }

    /// Whether this node is what the acquiring signal asks for, its `only-if`: holds for a node
    /// that may be master now.
    package func look(_ pair: Signals.Pair) -> Verdict { look([AllOf(pair.acquire.onlyIf)])[0] }

    /// Why it cannot be told whether the peer has let go: nothing of two nodes that are connected,
    /// and copies that have parted among the rest.
    package func doubts(_ pair: Signals.Pair) -> [String] {
        guard case .success(let sealed) = installation.plan(.acquire, of: pair) else { return [] }
        var doubts: [String] = []
        for case .unknown(let why) in look(sealed.plan.peerWaits) where !doubts.contains(why) {
            doubts.append(why)
        }
        return doubts
    }

    /// What a person must know of hastd: that a promotion is under way, during which nobody asks it
    /// anything, or that this release's is known to fail. Nil when there is nothing, or no hastd.
    package func hastd() -> String? {
        guard HastdGate.local != nil else { return nil }
        return promotions() ?? HastdRelease.fault(ofKernel: Platform.kernelVersion)
    }

    /// What is said of disks of HAST whose promotion is under way; nil when there are none, or when
    /// the process table cannot be read in time.
    private func promotions() -> String? {
        guard let gate = HastdGate.local else { return nil }
        let host = LocalHost(syslog: nil)
        host.perform(.await(WorkID(1), ProcessesSeen(), until: host.now + Self.limit))
        while let event = host.next() {
            guard case .looked(_, let look) = event.input else { continue }
            guard case .processes(let processes) = look.answers[.processes] else { return nil }
            let names = gate.underway(processes)
            return names.isEmpty ? nil : HastdInterlock.refusal(for: names)
        }
        return nil
    }

    /// What is seen of each condition.
    func look(_ conditions: [any Condition]) -> [Verdict] {
        let host = LocalHost(
            path: installation.site.path ?? LocalHost.usualPath,
            lookTimeout: installation.site.lookTimeout, syslog: nil)
        var verdicts = conditions.map { _ in Verdict.unknown("nothing could be looked at") }
        for (index, condition) in conditions.enumerated() {
            let decided = Decided(condition, for: .when, steadyFor: .zero)
            let until = host.now + Self.limit
            let seenBy = host.now + patience
            host.perform(.await(WorkID(index), decided, until: until, seenBy: seenBy))
        }
        var open = conditions.count
        while open > 0, let event = host.next() {
            guard case .looked(let id, let look) = event.input else { continue }
            verdicts[id.number] = look.verdict
            open -= 1
        }
        return verdicts
    }
}

/// The process table, whatever is in it.
private struct ProcessesSeen: Condition {
    let summary = "the process table is read"
    let queries = [Query.processes]

    func judge(_ answers: Answers) -> Verdict {
        if case .missing(let why) = answers[.processes] { .unknown(why) } else { .holds }
    }
}
