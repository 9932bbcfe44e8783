import Engine

/// What a pool's label says, as one node reads it.
struct Label: Hashable, Sendable {
    var user: UInt32
    var isExported: Bool
    var isImported: Bool

    init(_ pool: Pool) {
        user = pool.lastUser.hostid
        isExported = pool.isExported
        isImported = pool.isImported
    }
}

/// A pool's label and state lie on its replicas.
extension PairWorld {
    mutating func couplePools() {
        for pool in disks.indices {
            for side in Side.allCases {
                let label = Label(hosts[side].world.pools[pool])
                let old = nodes[side].labels[pool]
                guard label != old else { continue }
                nodes[side].labels[pool] = label
                guard nodes[side].isOn, label.isImported != old.isImported else { continue }
                if label.isImported { imported(pool, side) }
                for index in disks[pool] where takesWrites(index, side) {
                    replicas[index].write(at: side, &histories[index])
                    if replicas[index].reaches(from: side) {
                        carryLabels(of: index, from: side)
                    } else {
                        tellDirt(index)
                    }
                }
            }
            for side in Side.allCases {
                let peerHasIt = hosts[side.other].world.pools[pool].isImported
                guard hosts[side].world.pools[pool].peerHasIt != peerHasIt else { continue }
                hosts[side].alter { $0.pools[pool].peerHasIt = peerHasIt }
            }
        }
    }

    private mutating func imported(_ pool: Int, _ side: Side) {
        var broken = 0
        for index in disks[pool] where !replicas[index].isReadable(at: side) { broken += 1 }
        guard broken > hosts[side].world.pools[pool].redundancy else { return }
        let name = hosts[side].world.pools[pool].name
        tell(.brokenCopy, side, "pool \(name) was imported from a copy that is not whole")
    }

    /// A primary that read from its secondary has lost it before its own copy was whole.
    mutating func tellBrokenCopies(of index: Int, _ side: Side) {
        for pool in disks.indices
        where disks[pool].contains(index) && hosts[side].world.pools[pool].isImported {
            let name = hosts[side].world.pools[pool].name
            tell(.brokenCopy, side, "pool \(name) stands on a copy that is not whole any more")
        }
    }

    /// The labels of the pools on this resource are the same on the other node from now on.
    mutating func carryLabels(of index: Int, from side: Side) {
        for pool in disks.indices where disks[pool].contains(index) {
            let label = hosts[side].world.pools[pool]
            let other = hosts[side.other].world.pools[pool]
            guard other.isExported != label.isExported || other.lastUser != label.lastUser else {
                continue
            }
            hosts[side.other].alter { world in
                world.pools[pool].isExported = label.isExported
                world.pools[pool].lastUser = label.lastUser
            }
            nodes[side.other].labels[pool] = Label(hosts[side.other].world.pools[pool])
        }
    }
}
