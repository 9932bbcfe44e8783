import Engine

/// zpool(8): list, export and clear (cmd/zpool/zpool_main.c, lib/libzfs/libzfs_util.c).
enum Zpool {
    static func run(_ argv: [String], on world: inout World) -> Outcome {
        guard argv.count > 1 else { return usage("missing command") }
        let words = argv[2...]
        if argv[1] == "clear" { return clear(words, on: &world) }
        if world.hangingPool != nil { return .blocked }
        switch argv[1] {
        case "list": return list(words, on: world)
        case "import": return ZpoolImport.run(words, on: &world)
        case "export": return export(words, on: &world)
        default: return usage("unrecognized command '\(argv[1])'")
        }
    }

    static func usage(_ why: String) -> Outcome {
        .fails(2, why, "usage: zpool command args ...", "where 'command' is one of the following:")
    }

    // MARK: - list

    private static let columns = [
        "name", "size", "allocated", "free", "checkpoint", "expandsize", "fragmentation",
        "capacity", "dedupratio", "health", "altroot",
    ]

    private static func list(_ words: ArraySlice<String>, on world: World) -> Outcome {
        guard let arguments = Arguments(words, flags: "HLpPv", valued: "o") else {
            return usage("invalid option")
        }
        var wanted = columns
        if let given = arguments.all("o").last {
            wanted = given.split(separator: ",").map(String.init)
            if let wrong = wanted.first(where: { !columns.contains($0) }) {
                return .fails(2, "bad property list: invalid property '\(wrong)'")
            }
        }
        let bare = arguments.has("H")
        var output: [UInt8] = []
        var error: [UInt8] = []
        for pool in world.pools where pool.isImported {
            guard arguments.operands.isEmpty || arguments.operands.contains(pool.name) else {
                continue
            }
            row(pool, wanted, bare: bare, in: world, &output)
        }
        for name in arguments.operands
        where !world.pools.contains(where: { $0.name == name && $0.isImported }) {
            error.put("cannot open '\(name)': no such pool\n")
        }
        if !bare && !output.isEmpty {
            output = header(wanted) + output
        } else if !bare && error.isEmpty {
            output.put("no pools available\n")
        }
        return .exits(Output(.exited(error.isEmpty ? 0 : 1), output: output, error: error))
    }

    private static func header(_ wanted: [String]) -> [UInt8] {
        var output: [UInt8] = []
        for column in wanted { output.put(left: column.uppercased(), 12) }
        output.put("\n")
        return output
    }

    private static func row(
        _ pool: Pool,
        _ wanted: [String],
        bare: Bool,
        in world: World,
        _ output: inout [UInt8]
    ) {
        for (number, column) in wanted.enumerated() {
            let value =
                switch column {
                case "name": pool.name
                case "health": world.health(of: pool)
                default: "-"
                }
            if bare {
                if number > 0 { output.put("\t") }
                output.put(value)
            } else {
                output.put(left: value, 12)
            }
        }
        output.put("\n")
    }

    // MARK: - export, clear

    /// Unshares and unmounts, then exports; a pool that is busy then stays imported, unmounted.
    private static func export(_ words: ArraySlice<String>, on world: inout World) -> Outcome {
        guard let arguments = Arguments(words, flags: "afF") else {
            return usage("invalid option")
        }
        guard let name = arguments.operands.first, arguments.operands.count == 1 else {
            return usage("missing pool argument")
        }
        guard let index = world.poolIndex(name), world.pools[index].isImported else {
            return .fails(1, "cannot open '\(name)': no such pool")
        }
        let pool = world.pools[index]
        if pool.isSuspended {
            return .fails(1, "cannot export '\(name)': pool I/O is currently suspended")
        }
        let holders = world.holders(of: pool)
        if holders.contains(where: { $0.kind == .files }) && !arguments.has("f") {
            let mounted = pool.datasets.last { $0.isMounted }
            return .fails(
                1,
                "cannot unmount '\(mounted?.mountpoint ?? "/" + name)': pool or dataset is busy"
            )
        }
        for dataset in pool.datasets.indices where pool.datasets[dataset].isMounted {
            world.pools[index].datasets[dataset].isMounted = false
        }
        if holders.contains(where: { $0.kind == .volume }) {
            return .fails(1, "cannot export '\(name)': pool is busy")
        }
        world.pools[index].isImported = false
        world.pools[index].isExported = true
        world.pools[index].lastUser = world.node
        world.pools[index].cachefile = nil
        return .done
    }

    private static func clear(_ words: ArraySlice<String>, on world: inout World) -> Outcome {
        guard let name = words.first, words.count == 1 else {
            return usage("missing pool name")
        }
        guard let index = world.poolIndex(name), world.pools[index].isImported else {
            return .fails(1, "cannot open '\(name)': no such pool")
        }
        let pool = world.pools[index]
        if world.missingDevices(of: pool) > pool.redundancy {
            return .fails(1, "cannot clear errors for \(name): I/O error")
        }
        world.pools[index].isSuspended = false
        return .done
    }
}
