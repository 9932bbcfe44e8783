import Engine

/// Distributed Replicated Block Device, 8.4 and 9: drbdadm(8), drbdsetup(8).
///
/// A resource that is not up has the role `init`; `drbdadm up` makes it a secondary.
struct DRBD: RoleBackend {
    func own(_ resource: String, is role: ReplicaRole) -> Probe {
        // A resource that comes up is not promoted at once: it has not met its peer yet.
        let isDown = "resource \(resource) is not up: `drbdadm up \(resource)`"
        return Probe([DRBDStatus.query(resource)]) { answers throws(Unreadable) in
            let seen = try DRBDStatus.read(answers, of: resource)
            switch (role, seen) {
            case (.initial, nil): return .holds
            // What is no primary has been given up; here nothing can be, until somebody loads it.
            case (.secondary, nil) where DRBDStatus.isWithoutModule(answers, of: resource):
                return .holds
            case (.secondary, nil): return .doesNot(isDown)
            case (.primary, nil): return .never(isDown)
            case (.primary, let seen?) where seen.isPrimary: return canServe(resource, seen)
            case (.secondary, let seen?) where !seen.isPrimary: return .holds
            case (_, let seen?):
                return .doesNot(
                    "resource \(resource) is \(seen.isPrimary ? "primary" : "secondary")")
            }
        }
    }

    /// A primary serves while it can read and write all of its data; DRBD itself keeps the role
    /// when a disk fails and when the quorum is lost.
    private func canServe(_ resource: String, _ seen: DRBDStatus) -> Verdict {
        let isPrimary = "resource \(resource) is primary, but"
        if let why = seen.suspended {
            return .doesNot("\(isPrimary) its I/O is suspended (\(why.text))")
        }
        if seen.lacksQuorum { return .doesNot("\(isPrimary) has no quorum") }
        if seen.isReadable { return .holds }
        return .doesNot("\(isPrimary) its copy is \(seen.ownCopy), and no peer's can be read")
    }

    func peer(_ resource: String, is role: PeerRole) -> Probe {
        Probe([DRBDStatus.query(resource)]) { answers throws(Unreadable) in
            guard let seen = try DRBDStatus.read(answers, of: resource) else {
                return .unknown(
                    "resource \(resource) is not up here, so that nothing is known of the peer:"
                        + " `drbdadm up \(resource)`")
            }
            if seen.peers.contains(where: { $0.isConnected && $0.isPrimary }) {
                return .doesNot("the peer is primary of \(resource), and connected")
            }
            return switch role {
            case .notPrimary: isNotPrimary(resource, seen)
            case .secondary: isSecondary(resource, seen)
            }
        }
    }

    /// DRBD agrees with the peer on the states of both copies. Behind a synchronization, in either
    /// direction, stands a copy that is not full.
    func successor(_ resource: String) -> Probe {
        Probe([DRBDStatus.query(resource)]) { answers throws(Unreadable) in
            guard let seen = try DRBDStatus.read(answers, of: resource) else {
                return .doesNot("resource \(resource) is not up here")
            }
            let connected = seen.peers.filter(\.isConnected)
            if connected.contains(where: \.isPrimary) { return .holds }
            guard let peer = connected.first else {
                let word = seen.peers.compactMap { $0.connection?.text }.first ?? "alone"
                return .doesNot(
                    "resource \(resource) is not connected with the peer (\(word))"
                )
            }
            if connected.contains(where: { $0.isUpToDate && $0.replication == nil }) {
                return .holds
            }
            if let replication = peer.replication {
                return .doesNot("resource \(resource) is being synchronized (\(replication.text))")
            }
            let disk = peer.disks.first { !$0.equals("UpToDate") }?.text ?? "not known"
            return .doesNot("the peer's copy of \(resource) is \(disk)")
        }
    }

    /// A peer that is not connected is sought all the time: one that has died counts as connected
    /// and primary for as long as it may be silent, `ping-int` and `ping-timeout`, and as gone from
    /// then on. A connection that is given up tells nothing, and never will.
    private func isNotPrimary(_ resource: String, _ seen: DRBDStatus) -> Verdict {
        if seen.peers.isEmpty { return .unknown(standAlone(resource)) }
        for peer in seen.peers where !peer.isSought {
            if peer.isStandAlone { return .unknown(standAlone(resource)) }
            guard peer.isConnected, peer.isKnown else { return .unknown(inBetween(resource, peer)) }
        }
        return .holds
    }

    private func isSecondary(_ resource: String, _ seen: DRBDStatus) -> Verdict {
        if seen.isStandAlone { return .unknown(standAlone(resource)) }
        for peer in seen.peers {
            guard peer.isConnected else {
                return .unknown(
                    "resource \(resource) is not connected with the peer, whose role only shows"
                        + " through a connection")
            }
            if !peer.isKnown { return .unknown(inBetween(resource, peer)) }
        }
        return .holds
    }

    /// A connection that is being made or lost.
    private func inBetween(_ resource: String, _ peer: DRBDStatus.Peer) -> String {
        "the connection of resource \(resource) is \(peer.connection?.text ?? "Connected"), and the"
            + " peer's role is not known"
    }

    func change(_ resource: String, to role: ReplicaRole, _ seen: Answers) -> [Command] {
        switch role {
        case .primary: [.tool("drbdadm", "primary", resource)]
        // What comes up is secondary. Nothing is promoted that has not met its peer before.
        case .secondary where isKnownDown(resource, seen): [.tool("drbdadm", "up", resource)]
        case .secondary: [.tool("drbdadm", "secondary", resource)]
        case .initial: [.tool("drbdadm", "down", resource)]
        }
    }

    private func isKnownDown(_ resource: String, _ seen: Answers) -> Bool {
        do throws(Unreadable) { return try DRBDStatus.read(seen, of: resource) == nil } catch {
            return false
        }
    }

    func divergence(_ resource: String, _ seen: Answers) -> String? {
        guard let status = try? DRBDStatus.read(seen, of: resource), status.isPrimary,
            !status.isConnected
        else { return nil }
        let told = "the replicas of \(resource) may have diverged: it was primary without its peer"
        return status.isStandAlone ? "\(told), and DRBD will not connect them by itself" : told
    }

    /// By the states of the disks, which DRBD keeps on them and agrees upon with the peer.
    ///
    /// `UpToDate` means all that this node ever heard of. What a peer wrote after the connection
    /// broke is not known unless DRBD fences (`fencing`, `quorum`): then no copy is UpToDate that
    /// has not met its peer since it came up, nor one that the peer has outdated.
    func freshness(of resources: [String], marks: String) -> Freshness {
        Freshness(
            queries: resources.map { DRBDStatus.query($0) },
            // DRBD itself promotes no such copy.
            regardless: "with `drbdadm primary --force` for each"
        ) { answers throws(Unreadable) in
            var lacks = Freshness.Lacks()
            for resource in resources {
                guard let seen = try DRBDStatus.read(answers, of: resource) else {
                    lacks.unknown.append("\(resource) (not up)")
                    continue
                }
                switch (seen.isPrimary, seen.isUpToDate) {
                case (true, true): continue
                case (true, false): lacks.unmet.append("\(resource) (\(seen.ownCopy))")
                case (false, true) where seen.isStandAlone:
                    lacks.unknown.append("\(resource) (StandAlone)")
                case (false, true): continue
                case (false, false): lacks.unknown.append("\(resource) (\(seen.ownCopy))")
                }
            }
            return lacks
        }
    }
}

private func standAlone(_ resource: String) -> String {
    "resource \(resource) is StandAlone: it was disconnected by hand, or both copies were written"
        + " apart (split brain) and a person must choose one; then `drbdadm connect \(resource)`"
}
