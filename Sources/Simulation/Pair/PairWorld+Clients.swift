import Engine

/// A write that a client was told of.
struct Acknowledged: Sendable {
    var at: Instant
    let side: Side
    let pool: Int
    var versions: [Version]
}

/// Clients write wherever they are served.
extension PairWorld {
    /// Whether clients are served there: the address, the pool with its datasets, and both
    /// services, with I/O that gets through.
    public func isServing(_ side: Side) -> Bool {
        guard nodes[side].isOn, nodes[side].interfaceIsUp else { return false }
        for host in hosts[side].world.virtualHosts where host.state != .master { return false }
        for pool in disks.indices {
            guard isWritten(pool, side) else { return false }
            for dataset in hosts[side].world.pools[pool].datasets where dataset.mountsWithAll {
                guard dataset.isMounted else { return false }
            }
        }
        return hosts[side].world.servesISCSI && hosts[side].world.unitsAreOpen
            && hosts[side].world.servesNFS
    }

    /// Whether nothing is left there that the other node needs: no pool, no services, no primary.
    public func isGivenUp(_ side: Side) -> Bool {
        guard nodes[side].isOn else { return true }
        for pool in hosts[side].world.pools where pool.isImported { return false }
        for index in replicas.indices where role(of: index, on: side) == .primary { return false }
        return !hosts[side].world.servesISCSI && !hosts[side].world.servesNFS
    }

    /// Whether a pool writes to its disks.
    private func isWritten(_ pool: Int, _ side: Side) -> Bool {
        guard hosts[side].world.pools[pool].isImported,
            !hosts[side].world.pools[pool].isSuspended
        else { return false }
        return hosts[side].world.ioFlows(to: hosts[side].world.pools[pool])
    }

    /// An imported pool and the clients write once whenever that can be told from what they wrote
    /// before; more often would tell nothing.
    mutating func write() {
        for side in Side.allCases where nodes[side].isOn {
            for pool in disks.indices where hosts[side].world.pools[pool].isImported {
                let isServed = disks[pool].contains { !replicas[$0].copies[side].clientWrote }
                let isNews = disks[pool].contains { !replicas[$0].copies[side].poolWrote }
                guard isServed || isNews, isWritten(pool, side) else { continue }
                let serves = isServed && isServing(side)
                guard isNews || serves else { continue }
                write(pool, side, ofClient: serves)
            }
        }
    }

    private mutating func write(_ pool: Int, _ side: Side, ofClient: Bool) {
        for index in disks[pool] where role(of: index, on: side) == .primary {
            replicas[index].write(at: side, &histories[index])
            replicas[index].copies[side].poolWrote = true
            if ofClient { replicas[index].copies[side].clientWrote = true }
            if !replicas[index].reaches(from: side) { tellDirt(index) }
        }
        guard ofClient else { return }
        acknowledged.append(
            Acknowledged(
                at: now, side: side, pool: pool,
                versions: disks[pool].map { replicas[$0].copies[side].version })
        )
    }

    // MARK: - What is lost

    /// Once everything has come to rest: the writes that clients were told of and that the node
    /// that serves does not have.
    ///
    /// Where no node serves nothing is lost yet.
    public func lostWrites() -> [LostWrite] {
        guard let serving = Side.allCases.first(where: { isServing($0) }) else { return [] }
        return acknowledged.compactMap { write in
            guard !holds(write, serving) else { return nil }
            let survivor = holds(write, serving.other) ? serving.other : nil
            return LostWrite(at: write.at, side: write.side, survivor: survivor)
        }
    }

    private func holds(_ write: Acknowledged, _ side: Side) -> Bool {
        for (version, index) in zip(write.versions, disks[write.pool]) {
            guard replicas[index].isReadable(at: side),
                histories[index].descends(replicas[index].copies[side].version, from: version)
            else { return false }
        }
        return true
    }
}
