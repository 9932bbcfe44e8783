public import Engine

/// What hastd says through its `exec` program, and what follows from it for the marks of full
/// copies (hast.conf(5); sbin/hastd/hooks.c, primary.c, secondary.c).
///
/// A pure value: the caller looks, if there is a `question`, and carries the `effects` out. hastd
/// starts its hooks without waiting for one another, and messages of the peer come when they do, so
/// that nothing may hang on their order (recorded on FreeBSD 13.2: `connect` behind `syncdone`). A
/// mark therefore names the connection by which it was set: see `connection(in:)`.
public struct HASTHook: Sendable, Hashable {
    /// What happened.
    public enum Event: String, Sendable, CaseIterable {
        case role, connect, disconnect, syncstart, syncdone, syncintr
        case splitBrain = "split-brain"
        /// No event of hastd: the peer says, by its `tell-peer`, that this copy is full.
        case fresh
        /// The peer says that it is secondary and not connected, and asks for the same.
        case reachable
        /// The peer's answer to that.
        case reachableToo = "reachable-too"
    }

    /// What is to be done, in this order.
    public enum Effect: Sendable, Hashable {
        /// Create the mark of a full copy at this path, of this connection, or of the primary.
        case setMark(String, of: String)
        /// Remove the mark at this path, unless it is of this connection.
        case clearMark(String, sparing: String? = nil)
        /// Note at this path that the peer's copy can be reached.
        case setWord(String)
        /// Remove that note at this path.
        case clearWord(String)
        /// Remove the note at this path that hastd was restarted (`ReplicaMark.restart`).
        case clearRestart(String)
        /// Start this command, which tells the peer what its last words say.
        case tellPeer([String])
        /// Do all that once `inSync` holds; it is looked at for `inSyncPatience`.
        case whenInSync([Effect])
        /// Start this command once `peerSettles` has passed.
        case tellPeerWhenSettled([String])
        /// Start this command if `isReachable` holds.
        case answerPeer([String])
        /// After `peerSettles`, and as long as `isReachable` holds, start this command; again each
        /// `seekingPause`, until it has succeeded and either file is there, for `seekingLimit`.
        case seekPeer([String])
        /// Log this for a person.
        case warn(String)
    }

    /// Why arguments are no event of hastd.
    public struct Fault: Error, Sendable, Hashable {
        /// What is wrong with them, without a word of theirs.
        public let why: String
    }

    /// How long the peer's own hook for `connect` has to clear its mark before it is told anything;
    /// and a peer that takes over, to connect, so that nothing has to be told.
    public static let peerSettles = Duration.seconds(2)
    /// How long to look whether nothing is left to synchronize; what takes longer ends with a
    /// `syncdone` of its own.
    public static let inSyncPatience = Duration.seconds(60)
    /// How long the command that tells the peer may take. A later message might reach the peer
    /// after another cut, so that it is ended then.
    public static let tellingLimit = Duration.seconds(10)

    /// How long a node that has neither mark nor word asks its peer, and how often. A peer that
    /// comes back later asks by itself; what is waited for is that it takes messages after a boot.
    public static let seekingLimit = Duration.seconds(300)
    public static let seekingPause = Duration.seconds(10)

    /// What happened.
    public let event: Event
    /// The resource that it happened to.
    public let resource: String
    /// The roles before and after, where the event is one of roles.
    private let roles: [ReplicaRole]

    /// Reads the arguments that hastd gives its hook, which are not to be trusted.
    public init(_ arguments: [String]) throws(Fault) {
        guard let word = arguments.first, let event = Event(rawValue: word) else {
            throw Fault(why: "hastd has no such event")
        }
        guard arguments.count > 1 else { throw Fault(why: "the event names no resource") }
        if let why = ReplicaMark.refusal(of: arguments[1]) {
            throw Fault(why: "the name of the resource \(why)")
        }
        let words = arguments.dropFirst(2)
        roles = words.compactMap { ReplicaRole(rawValue: $0) }
        guard words.count == (event == .role ? 2 : 0), roles.count == words.count else {
            throw Fault(why: "the event has other arguments than hastd gives it")
        }
        self.event = event
        resource = arguments[1]
    }
}

// MARK: - What follows

extension HASTHook {
    /// What to look at before the effects are known; nil where nothing depends on it.
    public var question: (any Condition)? {
        switch event {
        // It comes to the primary alone; one that comes late may meet a standby by now.
        case .connect, .splitBrain, .syncdone: worker(.primary)
        // A secondary has a worker only while a primary is connected.
        case .fresh: worker(.secondary)
        case .reachable, .reachableToo: noWorker
        case .role: (roles.first, roles.last) == (.initial, .secondary) ? wasRestarted : nil
        case .disconnect, .syncstart, .syncintr: nil
        }
    }

    /// What follows, with the answer to the question; one that is missing counts as unknown.
    ///
    /// `connection` is the one that was seen with the answer. `telling` is the site's `tell-peer`,
    /// to which the event and the resource are appended.
    public func effects(
        _ answer: Verdict? = nil,
        of connection: String? = nil,
        telling: [String]?,
        marks: String = ReplicaMark.folder
    ) -> [Effect] {
        let mark = ReplicaMark.path(of: resource, in: marks)
        let word = ReplicaMark.word(of: resource, in: marks)
        let primary = ReplicaMark.ofPrimary
        switch event {
        case .connect where answer == .holds:
            let told = tell(telling, .fresh, Effect.tellPeerWhenSettled)
            return [.whenInSync([.setMark(mark, of: primary), .clearWord(word)] + told)]
        // Nothing tells which side of the connection this is but the look. In doubt the mark goes:
        // without one a person is asked, with a wrong one data is lost. A mark that was set since
        // this connection began stays: then the hook is late.
        case .connect: return [.clearMark(mark, sparing: connection), .clearWord(word)]
        case .syncdone where answer == .holds:
            // Both copies are full then.
            return [.setMark(mark, of: primary), .clearWord(word)]
                + tell(telling, .fresh, Effect.tellPeer)
        case .fresh:
            if answer == .holds, let connection { return [.setMark(mark, of: connection)] }
            return [.warn("the peer says that \(resource) is fresh here, but is not connected")]
        // Only two nodes of which neither is primary need a word; in doubt there is none.
        case .reachable where answer == .holds:
            return [.setWord(word)] + tell(telling, .reachableToo, Effect.answerPeer)
        case .reachableToo where answer == .holds: return [.setWord(word)]
        case .splitBrain:
            let warning = Effect.warn(
                "split brain on \(resource): both nodes were written apart from each other, and a"
                    + " person must choose whose data is dropped, by `hastctl create` there"
            )
            let isPrimary = answer == .holds
            return isPrimary ? [warning] : [.clearMark(mark), .clearWord(word), warning]
        case .role: return follow(mark, telling, in: marks, keeps: answer == .holds)
        // A broken connection leaves the mark: a crash of the master looks the same, and its
        // standby is to take over.
        case .reachable, .reachableToo, .disconnect, .syncstart, .syncdone, .syncintr: return []
        }
    }

    /// What follows from a change of role.
    private func follow(
        _ mark: String, _ telling: [String]?, in marks: String, keeps: Bool
    ) -> [Effect] {
        let restart = Effect.clearRestart(ReplicaMark.restart(of: resource, in: marks))
        return switch (roles.first, roles.last) {
        // While a resource is in `init` its primary goes on without it, as during a boot.
        case (_, .initial): [.clearMark(mark), restart]
        case (.initial, .secondary):
            (keeps ? [] : [.clearMark(mark)]) + [restart]
                + tell(telling, .reachable, Effect.seekPeer)
        case (.initial, .primary): [restart]
        case (.primary, .secondary): tell(telling, .reachable, Effect.seekPeer)
        default: []
        }
    }

    private func tell(
        _ argv: [String]?, _ event: Event, _ effect: ([String]) -> Effect
    ) -> [Effect] {
        if let argv, !argv.isEmpty { return [effect(argv + [event.rawValue, resource])] }
        return [
            .warn(
                "the peer cannot be told of \(resource), and will not take over: site.yaml has no"
                    + " `tell-peer`"
            )
        ]
    }
}

// MARK: - Looks

extension HASTHook {
    /// That the primary here is connected and nothing is left to synchronize.
    ///
    /// `syncdone` does not come when the nodes were in sync at the connect (sync_thread in
    /// primary.c sends it only after something was copied). What is dirty counts the remote
    /// node's extents before `connect` is sent (init_remote), so that zero is the proof.
    public var inSync: any Condition {
        let list = Query.command(.hastctlList(resource))
        let resource = resource
        return HostState(
            "the peer has a full copy of \(resource)",
            Probe([list]) { answers throws(Unreadable) in
                let seen = try HASTList(
                    answers.output(of: list), of: Array(resource.utf8), asked: list)
                guard seen.role == .primary else {
                    return .never("resource \(resource) is not primary here any more")
                }
                guard seen.isConnected else { return .doesNot("the peer is not connected") }
                switch seen.isClean {
                case true?: return .holds
                case false?: return .doesNot("something is left to synchronize")
                case nil: return .unknown("hastd does not say what is dirty")
                }
            }
        )
    }

    /// That the peer could become primary and connect to this node: it is secondary, and alone.
    public var isReachable: any Condition {
        let list = Query.command(.hastctlList(resource))
        let resource = resource
        return HostState(
            "\(resource) is secondary here and not connected",
            Probe([list]) { answers throws(Unreadable) in
                let seen = try HASTList(
                    answers.output(of: list), of: Array(resource.utf8), asked: list)
                return switch (seen.role, seen.hasWorker) {
                case (.secondary, false): .holds
                case (.secondary, true): .never("a primary is connected")
                default: .never("resource \(resource) is not secondary here")
                }
            }
        )
    }

    /// That hastd was restarted while no primary was connected to the resource: then the time in
    /// `init` has taken nothing from the copy.
    private var wasRestarted: any Condition {
        let path = ReplicaMark.restart(of: resource)
        return HostState(
            "hastd was restarted with \(resource) alone",
            Probe([.path(path)]) { answers throws(Unreadable) in
                try answers.kind(at: path) == .file ? .holds : .doesNot("there is no \(path)")
            }
        )
    }

    /// That a worker in this role runs here, proven, since the mark of a full copy hangs on it;
    /// asked without hastd, which may wait for this hook's cause.
    private func worker(_ role: ReplicaRole) -> any Condition {
        let title = HASTWorkers.title(resource, role)
        let resource = resource
        return HostState(
            "`\(title)` runs here",
            Probe(HASTWorkers.queries) { answers throws(Unreadable) in
                try HASTWorkers(answers).proven(resource, role) != nil
                    ? .holds : .doesNot("hastd has no worker `\(title)`")
            }
        )
    }

    /// The connection of a standby, by the answers to the question; nil without one.
    public func connection(in answers: Answers) -> String? {
        (try? HASTWorkers(answers))?.connection(of: resource)
    }

    /// That this node is neither primary nor connected as a secondary.
    private var noWorker: any Condition {
        let resource = resource
        return HostState(
            "no worker of \(resource) runs here",
            Probe(HASTWorkers.queries) { answers throws(Unreadable) in
                let workers = try HASTWorkers(answers)
                let worker =
                    workers.titled(resource, .primary) ?? workers.titled(resource, .secondary)
                return worker.map { .doesNot("process \($0.pid) is one") } ?? .holds
            }
        )
    }
}
