import Engine

/// `zpool import` of one pool (zpool-import(8), cmd/zpool/zpool_main.c, libzfs_pool.c).
enum ZpoolImport {
    static func run(_ words: ArraySlice<String>, on world: inout World) -> Outcome {
        guard let arguments = Arguments(words, flags: "fFmNl", valued: "odcR") else {
            return Zpool.usage("invalid option")
        }
        guard let operand = arguments.operands.first, arguments.operands.count == 1 else {
            return Zpool.usage("one pool at a time is simulated")
        }
        let byNumber = world.pools.first { String($0.guid) == operand && !$0.isImported }
        let name = byNumber?.name ?? operand
        if world.importedPool(name) != nil {
            return .fails(
                1,
                "cannot import '\(name)': a pool with that name already exists",
                "use the form 'zpool import <pool | id> <newpool>' to give it a new name"
            )
        }
        guard let index = world.poolIndex(name) else { return noSuchPool(name) }
        if let refusal = refusal(index, arguments, world) { return refusal }
        // A taste or a label read waits in the kernel until the replica's worker serves I/O.
        guard world.ioFlows(to: world.pools[index]) else { return .blocked }
        take(index, arguments, on: &world)
        return arguments.has("N") ? .done : mount(index, on: &world)
    }

    private static func noSuchPool(_ name: String) -> Outcome {
        .fails(1, "cannot import '\(name)': no such pool available")
    }

    private static func refusal(
        _ index: Int,
        _ arguments: Arguments,
        _ world: World
    ) -> Outcome? {
        let pool = world.pools[index]
        var seen = 0
        for device in pool.devices {
            let isFound = world.names(of: device).contains { isSearched($0, arguments.all("d")) }
            if isFound && world.opens(device) { seen += 1 }
        }
        if seen == 0 { return noSuchPool(pool.name) }
        if pool.devices.count - seen > pool.redundancy {
            return .fails(
                1,
                "cannot import '\(pool.name)': one or more devices is currently unavailable"
            )
        }
        if !arguments.has("m"), pool.logs.contains(where: { !world.stands(at: $0) }) {
            return .fails(
                1, "cannot import '\(pool.name)': one or more devices is currently unavailable",
                output: "The devices below are missing or corrupted, use '-m' to import the pool"
                    + " anyway:")
        }
        guard !pool.isExported, pool.lastUser.hostid != world.node.hostid, !arguments.has("f")
        else { return nil }
        return .fails(
            1,
            "cannot import '\(pool.name)': pool was previously in use from another system.",
            "Last accessed by \(pool.lastUser.name)"
                + " (hostid=\(String(pool.lastUser.hostid, radix: 16)))"
                + " at Mon Nov 30 01:13:25 2026",
            "The pool can be imported, use 'zpool import -f' to import the pool."
        )
    }

    private static func isSearched(_ device: String, _ places: [String]) -> Bool {
        places.isEmpty
            || places.contains { place in
                device == place
                    || device.hasPrefix(place.hasSuffix("/") ? place : place + "/")
            }
    }

    private static func take(_ index: Int, _ arguments: Arguments, on world: inout World) {
        let name = world.pools[index].name
        if world.pools[index].peerHasIt {
            world.harm.append(
                Harm(kind: .poolOnBoth, text: "pool \(name) is imported on both nodes"))
        }
        world.pools[index].isImported = true
        world.pools[index].isExported = false
        world.pools[index].isSuspended = false
        world.pools[index].lastUser = world.node
        world.pools[index].cachefile = arguments.all("o").last { $0.hasPrefix("cachefile=") }
            .map { String($0.dropFirst("cachefile=".count)) }
        world.pools[index].altroot = arguments.all("R").last
        world.volumesAppear(ofPool: name)
    }

    /// Mounts after the import; a failure there changes only the exit code, and which way depends
    /// on the release.
    private static func mount(_ index: Int, on world: inout World) -> Outcome {
        let errors = Zfs.mountAll(of: index, on: &world)
        world.shareAll(ofPool: index)
        guard !errors.isEmpty else { return .done }
        let text = errors.joined(separator: "\n")
        switch world.zfs {
        case .upTo21: return .fails(1, text)
        case .since22:
            return .fails(0, text, "Import was successful, but unable to mount some datasets")
        }
    }
}
