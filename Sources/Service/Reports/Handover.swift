package import Engine
import LocalHost

/// What can be told of the peer that a person hands a pair over to: before, and afterwards.
package struct Handover {
    /// How far the peer is.
    package enum Stage: Equatable {
        /// Nothing of the pair is there.
        case nothing
        /// It takes over, or is left in the middle of that.
        case begun
        /// It has all replicas; whether it serves cannot be asked.
        case taken
        /// It says that it serves.
        case serving
        /// Nobody can tell: why.
        case untold(String)
    }

    /// A copy that is written to is looked at so often, until a look finds it clean.
    private static let looks = 10
    private static let pause = Duration.seconds(1)

    private let look: RoleLook
    private let successors: [Successor]
    private let peer: PeerLook?
    /// The peer has so long to take over.
    package let limit: Duration

    /// `patience` is how long each look may take, where no person waits.
    package init(
        _ installation: Installation, _ pair: Signals.Pair, lookingFor patience: Duration? = nil
    ) {
        look = RoleLook(installation, patience: patience)
        let release = try? installation.plan(.release, of: pair).get()
        successors = release?.plan.successors ?? []
        peer = PeerLook(installation.site, pair: pair.name)
        let acquire = try? installation.plan(.acquire, of: pair).get()
        limit = pair.acquire.within + pair.acquire.settle + (acquire?.plan.timeout ?? .zero)
    }

    /// Whether anything can be told of the peer afterwards.
    package var isObservable: Bool { !successors.isEmpty || peer != nil }

    /// Why the peer would not take over now, or cannot be told to; nothing where all is well, or
    /// nothing can be looked at.
    package func refusals() -> [String] {
        var why: [String] = []
        var waiting = successors.map(\.ready)
        for number in 1...Self.looks where !waiting.isEmpty {
            let verdicts = look.look(waiting)
            let left = zip(waiting, verdicts).filter { $1 != .holds }
            why = left.map { condition, verdict in
                verdict.detail.isEmpty ? "not so: \(condition.summary)" : verdict.detail
            }
            waiting = left.map(\.0)
            if number < Self.looks, !waiting.isEmpty { MonotonicClock.pause(Self.pause) }
        }
        return why + (peer?.refusals() ?? [])
    }

    /// How far the peer is now.
    package func stage() -> Stage {
        let verdicts = look.look(successors.map(\.taken))
        let isTaken = verdicts.allSatisfy { $0 == .holds }
        if let peer {
            switch peer.ask() {
            case .success(let status) where status.serves && isTaken: return .serving
            case .success(let status) where status.isAtWork || status.serves: return .begun
            case .success: break
            case .failure(let fault) where verdicts.isEmpty: return .untold(fault.why)
            case .failure: break
            }
        } else if isTaken, !verdicts.isEmpty {
            return .taken
        }
        if verdicts.contains(.holds) { return .begun }
        for case .unknown(let why) in verdicts { return .untold(why) }
        return .nothing
    }
}
