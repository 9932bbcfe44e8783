package import Engine
import LocalHost

/// Looks whether this node is what a pair's acquiring signal asks for: its `only-if`, once.
package struct RoleLook {
    /// So long the look may take.
    static let limit = Duration.seconds(2)

    private let installation: Installation

    package init(_ installation: Installation) { self.installation = installation }

    /// Holds for a node that may be master now.
    package func look(_ pair: Signals.Pair) -> Verdict {
        let host = LocalHost(path: installation.site.path ?? LocalHost.usualPath, syslog: nil)
        let condition = Decided(AllOf(pair.acquire.onlyIf), for: .when, steadyFor: .zero)
        host.perform(.await(WorkID(1), condition, until: host.now + Self.limit))
        while let event = host.next() {
            if case .looked(_, let look) = event.input { return look.verdict }
        }
        return .unknown("nothing could be looked at")
    }
}
