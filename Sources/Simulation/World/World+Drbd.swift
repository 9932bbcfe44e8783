import Engine

/// Something that happens to a resource of DRBD by itself.
public enum DrbdEvent: String, Sendable, CaseIterable {
    /// The peer is found, or comes back.
    case connects
    /// The peer is found to be gone, or out of reach.
    case disconnects
    /// This node's copy is like the peer's again.
    case synchronizes
    /// Both copies were written apart, and the nodes part.
    case splits
}

extension World {
    /// Lets something happen to a resource.
    mutating func apply(_ event: DrbdEvent, toDrbd index: Int) {
        let resource = drbd.resources[index]
        guard resource.isUp else { return }
        switch event {
        case .connects:
            guard resource.connection == .connecting else { return }
            drbd.resources[index].connection = .connected
            drbd.resources[index].peer = .secondary
            drbd.resources[index].peerDisk = .upToDate
            drbd.resources[index].replication = .established
            switch resource.disk {
            case .upToDate, .diskless, .failed, .unknown: break
            case .consistent: drbd.resources[index].disk = .upToDate
            case .outdated, .inconsistent:
                drbd.resources[index].disk = .inconsistent
                drbd.resources[index].replication = .target
            }
        case .disconnects:
            guard resource.connection == .connected else { return }
            drbd.resources[index].disconnect(.connecting)
        case .synchronizes:
            drbd.resources[index].disk = .upToDate
            if resource.connection == .connected {
                drbd.resources[index].replication = .established
            }
        case .splits:
            drbd.resources[index].disconnect(.standAlone)
            note("drbd \(resource.name): Split-Brain detected but unresolved, dropping connection!")
        }
    }

    /// The peer gives a resource up, which shows through the connection at once.
    mutating func drbdPeerTakes(_ name: String, _ role: DrbdResource.Role) {
        guard peerIsAlive, let index = drbd.index(of: name),
            drbd.resources[index].connection == .connected
        else { return }
        drbd.resources[index].peer = role
    }

    /// The peer falls silent, and counts as connected until that is noticed.
    mutating func drbdPeerDies() {
        for resource in drbd.resources where resource.connection == .connected {
            schedule(.drbd(.disconnects, resource.name), after: drbd.silence)
        }
    }

    /// Brings a resource up: its device comes, and it looks for its peer.
    mutating func bringUp(drbd index: Int) {
        drbd.resources[index].isUp = true
        drbd.resources[index].role = .secondary
        drbd.resources[index].disconnect(.connecting)
        let isAlone = drbd.fences && drbd.resources[index].peerDisk != .outdated
        if isAlone && drbd.resources[index].disk == .upToDate {
            drbd.resources[index].disk = .consistent
        }
        for path in [drbd.resources[index].device, drbd.resources[index].link] {
            create(FileEntry(path, .blockDevice))
        }
        guard peerIsAlive, !isPaired else { return }
        schedule(.drbd(.connects, drbd.resources[index].name), after: latencies.connect)
    }

    /// Takes a resource down, with its device.
    ///
    /// A secondary that fences leaves a primary by saying that it is outdated from then on.
    mutating func takeDown(drbd index: Int) {
        let resource = drbd.resources[index]
        if drbd.fences && resource.role == .secondary && resource.peer == .primary
            && resource.disk == .upToDate
        {
            drbd.resources[index].disk = .outdated
        }
        drbd.resources[index].isUp = false
        drbd.resources[index].role = .secondary
        drbd.resources[index].disconnect(.standAlone)
        remove(drbd.resources[index].device)
        remove(drbd.resources[index].link)
    }

    /// Whether the peer of a connected resource answers.
    func hears(drbd index: Int) -> Bool { peerIsAlive && !drbd.resources[index].isCut }

    /// Whether the peer of a resource cannot be primary: connected, known to be outdated, or as
    /// `fence-peer` says (conn_try_outdate_peer in drbd_nl.c). That a peer is down counts for a
    /// copy alone that was up to date when they parted, and did not come up since.
    mutating func fence(peerOfDrbd index: Int) -> Bool {
        let resource = drbd.resources[index]
        guard resource.connection != .connected, resource.peerDisk != .outdated else { return true }
        switch drbd.fencePeer {
        case 3, 4, 7:
            if resource.disk == .consistent { drbd.resources[index].disk = .upToDate }
        case 5 where resource.disk == .upToDate: break
        default: return false
        }
        drbd.resources[index].peerDisk = .outdated
        return true
    }

    /// Who has a resource's device open, if anybody has.
    func opener(ofDrbd index: Int) -> String? {
        let resource = drbd.resources[index]
        let pool = pools.first { pool in
            pool.isImported
                && pool.devices.contains { $0 == resource.device || $0 == resource.link }
        }
        if pool != nil { return "zpool" }
        return now < resource.probedUntil ? "(udev-worker)" : nil
    }

    /// A pool's devices are closed; somebody looks into them at once, to see what has become of
    /// them.
    mutating func probe(devicesOf pool: Pool) {
        guard drbd.probes > .zero else { return }
        for path in pool.devices {
            guard let index = drbd.index(ofDevice: path) else { continue }
            drbd.resources[index].probedUntil = now + drbd.probes
        }
    }

    /// The paths that a device stands at.
    func names(of device: String) -> [String] {
        guard let index = drbd.index(ofDevice: device) else { return [device] }
        return [drbd.resources[index].device, drbd.resources[index].link]
    }

    /// Whether a device can be opened for writing: one of DRBD only on a primary.
    func opens(_ device: String) -> Bool {
        guard let index = drbd.index(ofDevice: device) else { return stands(at: device) }
        return drbd.resources[index].isUp && drbd.resources[index].role == .primary
    }
}
