package import Engine
import LocalHost

/// Looks once at what is told of a pair besides its runs.
package struct RoleLook {
    /// So long the look may take.
    static let limit = Duration.seconds(2)

    private let installation: Installation

    package init(_ installation: Installation) { self.installation = installation }

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

    /// What is seen of each condition.
    private func look(_ conditions: [any Condition]) -> [Verdict] {
        let host = LocalHost(path: installation.site.path ?? LocalHost.usualPath, syslog: nil)
        var verdicts = conditions.map { _ in Verdict.unknown("nothing could be looked at") }
        for (index, condition) in conditions.enumerated() {
            let decided = Decided(condition, for: .when, steadyFor: .zero)
            host.perform(.await(WorkID(index), decided, until: host.now + Self.limit))
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
