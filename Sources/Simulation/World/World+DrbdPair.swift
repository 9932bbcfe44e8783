import Engine

/// DRBD in the pair that a world is without a file.
extension World {
    /// Resources that are up and connected with a peer that is primary.
    mutating func addDrbd(_ release: Drbd.Release, _ pair: Pair) {
        drbd.release = release
        for (index, name) in pair.disks.enumerated() {
            let device = pair.devices.indices.contains(index) ? pair.devices[index] : ""
            addDrbd(name, minor: DrbdResource.minor(of: device))
        }
    }

    /// One more resource; its place.
    @discardableResult
    mutating func addDrbd(_ name: String, minor: Int? = nil) -> Int {
        var resource = DrbdResource(name, minor: minor ?? drbd.resources.count)
        resource.peer = .primary
        drbd.resources.append(resource)
        create(FileEntry(resource.device, .blockDevice))
        create(FileEntry(resource.link, .blockDevice))
        return drbd.resources.count - 1
    }

    /// As two nodes without an arbiter are best set up: a copy that comes up counts for nothing
    /// before it has met its peer, and a peer that is out of reach counts as gone for a copy that
    /// was up to date. And udev is as slow as it is at times.
    mutating func setDrbdUp() {
        drbd.fences = true
        drbd.fencePeer = 5
        drbd.probes = .milliseconds(300)
    }

    /// This node is primary; its peer follows, unless it is dead.
    mutating func serveFromDrbd() {
        for index in drbd.resources.indices {
            drbd.resources[index].role = .primary
            drbd.resources[index].peer = .secondary
            if !peerIsAlive { drbd.resources[index].disconnect(.connecting) }
        }
    }
}
