import Engine

/// What the hooks of hastd do with the marks of full copies, by the rules of `HASTHook` (module
/// Steps), which the simulation may not ask.
extension PairWorld {
    /// How long a hook waits for the peer's own hooks, or for the peer itself.
    private static let peerSettles = Duration.seconds(2)
    /// How long it takes to look whether anything is left to synchronize.
    private static let looks = Duration.milliseconds(20)
    /// How often hastd is looked at again that must not be asked.
    private static let busyPause = Duration.milliseconds(500)
    /// How long a message to the peer takes.
    private static let messageTakes = Duration.milliseconds(300)
    /// How often a node asks its peer, and how often at most.
    private static let seekingPause = Duration.seconds(10)
    private static let seekingLimit = 30

    /// The hooks of both nodes have heard of an event.
    mutating func heard(_ event: HookWords.Event, _ index: Int, _ primary: Side) {
        let name = name(index)
        switch event {
        case .connect:
            later(.hearsConnection(index, primary.other), primary.other) {
                $0.hearConnection(index, primary.other)
            }
            agenda.enter(
                .tells(index, primary), token: replicas[index].generation,
                at: now + Self.looks)
        case .syncdone:
            later(.hearsSynchronized(index, primary), primary) {
                $0.hearSynchronized(index, primary)
            }
        case .splitBrain:
            forget(name, primary.other)
        case .role, .disconnect, .syncstart, .syncintr: break
        }
    }

    // MARK: - Hooks that are late

    /// How late the hooks are that a busy machine starts late: `fresh` has come by then.
    static let lateness = Duration.seconds(6)

    /// From now on the hooks of `connect` and `syncdone` of this node do their work late.
    mutating func delayHooks(_ side: Side) { nodes[side].hooksAreLate = true }

    private mutating func later(
        _ matter: PairAgenda.Matter, _ side: Side, atOnce: (inout PairWorld) -> Void
    ) {
        guard nodes[side].hooksAreLate else { return atOnce(&self) }
        agenda.enter(matter, token: nodes[side].boots, at: now + Self.lateness)
    }

    /// The hook of a standby: a mark that was set since this connection began stays.
    mutating func hearConnection(_ index: Int, _ side: Side, boot: Int? = nil) {
        guard nodes[side].boots == boot ?? nodes[side].boots else { return }
        guard end(index, side).role != .primary else { return }
        let name = name(index)
        if hosts[side].world.isMarkOfConnection(name) {
            hosts[side].alter { $0.noteWord(name, isThere: false) }
        } else {
            forget(name, side)
        }
    }

    /// The hook of a primary, if it is one still.
    mutating func hearSynchronized(_ index: Int, _ side: Side, boot: Int? = nil) {
        guard nodes[side].boots == boot ?? nodes[side].boots else { return }
        let end = end(index, side)
        guard end.role == .primary, end.worker != nil else { return }
        tell(index, from: side, after: .zero)
    }

    private mutating func forget(_ name: String, _ side: Side) {
        hosts[side].alter {
            $0.mark(name, isFresh: false)
            $0.noteWord(name, isThere: false)
        }
    }

    // MARK: - Full copies

    mutating func tellIfInSync(_ index: Int, from side: Side, _ token: Int) {
        // What is left to synchronize ends with a `syncdone` of its own.
        guard replicas[index].generation == token, replicas[index].synchronizes == nil,
            replicas[index].holds[side]
        else { return }
        guard mayAsk(index, side) else {
            return agenda.enter(.tells(index, side), token: token, at: now + Self.busyPause)
        }
        tell(index, from: side, after: Self.peerSettles)
    }

    private mutating func tell(_ index: Int, from side: Side, after pause: Duration) {
        let name = name(index)
        hosts[side].alter {
            $0.mark(name, isFresh: true)
            $0.noteWord(name, isThere: false)
        }
        guard isReachable else { return }
        agenda.enter(.told(index, side.other), at: now + pause + Self.messageTakes)
    }

    /// The peer believes it only while it has a secondary's worker.
    mutating func told(_ index: Int, _ side: Side) {
        let end = end(index, side)
        guard isReachable, end.role == .secondary, end.worker != nil else { return }
        let name = name(index)
        hosts[side].alter { $0.mark(name, isFresh: true) }
    }

    // MARK: - Copies in reach

    /// The hook of one node has heard of a change of its role.
    mutating func heardRole(
        _ old: HastResource.Role, _ new: HastResource.Role, _ index: Int, _ side: Side
    ) {
        let name = name(index)
        let note = World.marks + name + "@restart"
        let wasRestarted = hosts[side].world.stands(at: note)
        hosts[side].alter { world in
            if new == .`init` || (old, new) == (.`init`, .secondary) && !wasRestarted {
                world.mark(name, isFresh: false)
            }
            if old == .`init` || new == .`init` { world.remove(note) }
        }
        guard new == .secondary else { return }
        agenda.enter(
            .seeks(index, side, times: 0), token: nodes[side].boots, at: now + Self.peerSettles)
    }

    mutating func seek(_ index: Int, _ side: Side, _ times: Int, _ token: Int) {
        guard nodes[side].boots == token, hosts[side].world.hast.isRunning else { return }
        guard mayAsk(index, side) else {
            guard times < Self.seekingLimit else { return }
            return agenda.enter(
                .seeks(index, side, times: times + 1), token: token, at: now + Self.seekingPause)
        }
        guard isAloneSecondary(index, side) else { return }
        if isReachable {
            agenda.enter(
                .reachable(index, side.other, isAnswer: false), at: now + Self.messageTakes)
        }
        let isKnown = hosts[side].world.knowsOfCopy(name(index))
        guard !(isReachable && isKnown), times < Self.seekingLimit else { return }
        agenda.enter(
            .seeks(index, side, times: times + 1), token: token, at: now + Self.seekingPause)
    }

    /// Only two nodes of which neither is primary need such a word.
    mutating func reachable(_ index: Int, _ side: Side, _ isAnswer: Bool) {
        guard isReachable, end(index, side).worker == nil else { return }
        let name = name(index)
        hosts[side].alter { $0.noteWord(name, isThere: true) }
        guard !isAnswer, isAloneSecondary(index, side) else { return }
        agenda.enter(.reachable(index, side.other, isAnswer: true), at: now + Self.messageTakes)
    }

    /// A person asks hastd for the status of all its resources, whenever it is.
    mutating func ask(_ side: Side) {
        guard nodes[side].isOn else { return }
        hosts[side].alter { _ = $0.run(["hastctl", "status"]) }
    }

    /// GEOM lets one worker through at a time.
    mutating func slowDevices(_ side: Side) {
        hosts[side].alter { $0.hast.devicesAtOnce = 1 }
    }

    /// Makes what asks ZFS, a target or what runs services slow.
    mutating func slowLooks(_ side: Side) {
        hosts[side].alter { $0.latencies.slowness = 4_000_000_000 }
    }

    /// Whether a hook may ask hastd, which it does then.
    private mutating func mayAsk(_ index: Int, _ side: Side) -> Bool {
        guard hosts[side].world.refusal(of: .asks) == nil else { return false }
        let name = name(index)
        var answers = false
        hosts[side].alter { answers = $0.run(["hastctl", "list", name]) != nil }
        return answers
    }

    private func isAloneSecondary(_ index: Int, _ side: Side) -> Bool {
        let end = end(index, side)
        return nodes[side].isOn && hosts[side].world.hast.isRunning && end.role == .secondary
            && end.worker == nil
    }
}
