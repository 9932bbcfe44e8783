import Engine

/// The role of a replicated resource on a node.
enum ReplicaRole: String, CaseIterable, Sendable {
    case primary, secondary
    /// Neither: the resource is at rest and is not replicated.
    case initial = "init"
}

/// What a plan can want of the peer's role.
enum PeerRole: String, CaseIterable, Sendable {
    case secondary
    case notPrimary = "not-primary"
}

/// How a replication tells and changes the role of a resource.
protocol RoleBackend: Sendable {
    /// Whether this node has the role, and can serve in it.
    func own(_ resource: String, is role: ReplicaRole) -> Probe
    /// What can be told here of the peer's role.
    func peer(_ resource: String, is role: PeerRole) -> Probe
    /// Whether the peer could take over now: connected, with a full copy.
    func successor(_ resource: String) -> Probe
    /// Gives this node the role, which it was seen not to have.
    func change(_ resource: String, to role: ReplicaRole, _ seen: Answers) -> [Command]
    /// What the end of a change says.
    func assess(_ output: Output) -> Assessment
    /// What a person must know when this node gives the role of primary up, if anything.
    func divergence(_ resource: String, _ seen: Answers) -> String?
    /// Which of the resources have no full copy here; `marks` is the folder of the marks, for a
    /// replication that cannot tell it by itself.
    func freshness(of resources: [String], marks: String) -> Freshness
}

extension Reach {
    /// A replicated resource.
    static func replica(_ resource: String) -> Reach {
        Reach("resource \(resource)", on: .replicas)
    }
}

extension RoleBackend {
    func freshness(of resources: [String], marks: String) -> Freshness {
        Freshness(queries: [], regardless: "with --accept-stale") { _ throws(Unreadable) in
            throw Unreadable("this back end cannot tell whether a copy is full")
        }
    }

    func successor(_ resource: String) -> Probe {
        Probe([]) { _ throws(Unreadable) in
            throw Unreadable("this back end cannot tell whether the peer's copy is full")
        }
    }

    /// That the peer could take over now.
    func state(ofSuccessor resource: String) -> HostState {
        HostState(
            "the peer's copy of \(resource) is connected and up to date", successor(resource))
    }

    /// That the peer is primary by now.
    func state(taking resource: String) -> HostState {
        let probe = peer(resource, is: .notPrimary)
        return HostState(
            "the peer is primary of \(resource)",
            Probe(probe.queries) { answers in
                switch probe.judge(answers) {
                case .doesNot: .holds
                case .holds: .doesNot("the peer is not primary of \(resource)")
                case .unknown(let why), .never(let why): .unknown(why)
                }
            })
    }

    /// That this node has the role.
    func state(_ resource: String, is role: ReplicaRole) -> HostState {
        HostState(
            "resource \(resource) is \(role.rawValue) here",
            subject: "role \(resource)",
            own(resource, is: role)
        )
    }

    /// That the peer has, or has not, the role.
    func state(ofPeer resource: String, is role: PeerRole) -> HostState {
        let words = role == .secondary ? "secondary" : "not primary"
        return HostState("resource \(resource) is \(words) on the peer", peer(resource, is: role))
    }
}
