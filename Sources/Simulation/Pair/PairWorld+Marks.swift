import Engine

/// What the hooks of hastd do with the marks of full copies, by the rules of `HASTHook` (module
/// Steps), which the simulation may not ask.
extension PairWorld {
    /// How long a primary's hook waits before it looks whether anything is left to synchronize.
    private static let peerSettles = Duration.seconds(2)
    /// How long the message takes that tells a peer that its copy is full.
    private static let messageTakes = Duration.milliseconds(300)

    /// The hooks of both nodes have heard of an event.
    mutating func heard(_ event: HookWords.Event, _ index: Int, _ primary: Side) {
        let name = name(index)
        switch event {
        case .connect:
            hosts[primary.other].alter { $0.mark(name, isFresh: false) }
            agenda.enter(
                .tells(index, primary), token: replicas[index].generation,
                at: now + Self.peerSettles)
        case .syncdone:
            hosts[primary].alter { $0.mark(name, isFresh: true) }
            tell(index, from: primary)
        case .splitBrain:
            hosts[primary.other].alter { $0.mark(name, isFresh: false) }
        case .role, .disconnect, .syncstart, .syncintr: break
        }
    }

    mutating func tellIfInSync(_ index: Int, from side: Side, _ token: Int) {
        // What is left to synchronize ends with a `syncdone` of its own.
        guard replicas[index].generation == token, replicas[index].synchronizes == nil,
            replicas[index].holds[side]
        else { return }
        tell(index, from: side)
    }

    private mutating func tell(_ index: Int, from side: Side) {
        guard isReachable else { return }
        agenda.enter(.told(index, side.other), at: now + Self.messageTakes)
    }

    /// The peer believes it only while it has a secondary's worker.
    mutating func told(_ index: Int, _ side: Side) {
        let end = end(index, side)
        guard isReachable, end.role == .secondary, end.worker != nil else { return }
        let name = name(index)
        hosts[side].alter { $0.mark(name, isFresh: true) }
    }
}
