import Engine

/// mount(8) of FreeBSD without operands (sbin/mount/mount.c, prmount).
enum Mount {
    static func run(_ argv: [String], on world: World) -> Outcome {
        guard argv.count == 1 else { return .fails(1, "usage: mount: only the list is simulated") }
        var output = "/dev/ada0p2 on / (ufs, local, soft-updates, journaled soft-updates)\n"
        for pool in world.pools.indices where world.pools[pool].isImported {
            for dataset in world.pools[pool].datasets where dataset.isMounted {
                let exported = dataset.isExported ? "NFS exported, " : ""
                let place = world.mountpoint(of: dataset, inPool: pool)
                output += "\(dataset.name) on \(place) (zfs, \(exported)local, nfsv4acls)\n"
            }
        }
        return .prints(output)
    }
}
