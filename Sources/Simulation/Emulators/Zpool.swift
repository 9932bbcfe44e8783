import Engine

/// zpool(8): list, get, set, export, clear, online and reopen (cmd/zpool/zpool_main.c,
/// lib/libzfs/libzfs_util.c).
enum Zpool {
    static func run(_ argv: [String], on world: inout World) -> Outcome {
        guard argv.count > 1 else { return usage("missing command") }
        let words = argv[2...]
        if argv[1] == "clear" { return clear(words, on: &world) }
        if world.zfsHangs { return .blocked }
        switch argv[1] {
        case "list": return list(words, on: world)
        case "import": return ZpoolImport.run(words, on: &world)
        case "export": return export(words, on: &world)
        case "get": return get(words, on: world)
        case "set": return set(words, on: &world)
        case "online", "reopen": return revive(argv[1], words, on: world)
        default: return usage("unrecognized command '\(argv[1])'")
        }
    }

    static func usage(_ why: String) -> Outcome {
        .fails(2, why, "usage: zpool command args ...", "where 'command' is one of the following:")
    }

    // MARK: - list

    private enum Column: String, CaseIterable {
        case name, size, allocated, free, checkpoint, expandsize, fragmentation, capacity
        case dedupratio, health, altroot
    }

    private static let columns = Column.allCases

    private static func list(_ words: ArraySlice<String>, on world: World) -> Outcome {
        guard let arguments = Arguments(words, flags: "HLpPv", valued: "o") else {
            return usage("invalid option")
        }
        var wanted: [Column] = []
        if let wrong = arguments.properties(of: columns, &wanted) { return wrong }
        let bare = arguments.has("H")
        let names = arguments.operands
        var output: [UInt8] = []
        var error: [UInt8] = []
        for index in world.pools.indices where world.pools[index].isImported {
            guard names.isEmpty || names.contains(world.pools[index].name) else { continue }
            row(index, wanted, bare: bare, in: world, &output)
            guard arguments.has("v") else { continue }
            for device in world.pools[index].devices {
                output.put("  ")
                output.put(device.hasPrefix("/dev/") ? String(device.dropFirst(5)) : device)
                output.put(bare ? "\t-\n" : "      -\n")
            }
        }
        for name in names where world.importedPool(name) == nil {
            error.put("cannot open '\(name)': no such pool\n")
        }
        if !bare && !output.isEmpty {
            output = header(wanted) + output
        } else if !bare && error.isEmpty {
            output.put("no pools available\n")
        }
        return .exits(Output(.exited(error.isEmpty ? 0 : 1), output: output, error: error))
    }

    private static func header(_ wanted: [Column]) -> [UInt8] {
        var output: [UInt8] = []
        for column in wanted { output.put(left: column.rawValue.uppercased(), 12) }
        output.put("\n")
        return output
    }

    private static func row(
        _ index: Int, _ wanted: [Column], bare: Bool, in world: World, _ output: inout [UInt8]
    ) {
        var isFirst = true
        for column in wanted {
            let value =
                switch column {
                case .name: world.pools[index].name
                case .health: world.health(ofPool: index)
                default: "-"
                }
            if bare {
                if !isFirst { output.put(UInt8(ascii: "\t")) }
                output.put(value)
            } else {
                output.put(left: value, 12)
            }
            isFirst = false
        }
        output.put(UInt8(ascii: "\n"))
    }

    // MARK: - get, set

    /// `get -H -o property,value LIST POOL`.
    private static func get(_ words: ArraySlice<String>, on world: World) -> Outcome {
        guard let arguments = Arguments(words, flags: "Hp", valued: "o"),
            arguments.all("o") == ["property,value"], arguments.operands.count == 2,
            let list = arguments.operands.first, let name = arguments.operands.last
        else { return usage("only -H -o property,value of one pool is simulated") }
        guard let index = world.importedPool(name) else {
            return .fails(1, "cannot open '\(name)': no such pool")
        }
        var output: [UInt8] = []
        for property in list.split(separator: ",") {
            switch property {
            case "cachefile": output.put("cachefile\t\(world.pools[index].cachefile ?? "-")\n")
            case "altroot": output.put("altroot\t\(world.pools[index].altroot ?? "-")\n")
            default: return .fails(2, "bad property list: invalid property '\(property)'")
            }
        }
        return .exits(Output(.exited(0), output: output))
    }

    /// `set cachefile=VALUE POOL`.
    private static func set(_ words: ArraySlice<String>, on world: inout World) -> Outcome {
        guard let word = words.first, let name = words.last, words.count == 2,
            word.hasPrefix("cachefile=")
        else { return usage("only the cachefile of one pool is simulated") }
        guard let index = world.importedPool(name) else {
            return .fails(1, "cannot open '\(name)': no such pool")
        }
        world.pools[index].cachefile = String(word.dropFirst("cachefile=".count))
        return .done
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
        guard let index = world.importedPool(name) else {
            return .fails(1, "cannot open '\(name)': no such pool")
        }
        let pool = world.pools[index]
        if pool.isSuspended {
            // Recorded on FreeBSD 13.2: it hangs, and goes on hanging with the disk back.
            guard world.isLinux else { return .blocked }
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
            world.pools[index].datasets[dataset].unmount()
        }
        world.unshare()
        if holders.contains(where: { $0.kind == .volume }) {
            return .fails(1, "cannot export '\(name)': pool is busy")
        }
        // The label is written last, and waits for the replicas.
        guard world.ioFlows(to: pool) else { return .blocked }
        world.pools[index].isImported = false
        world.pools[index].isExported = true
        world.pools[index].lastUser = world.node
        world.pools[index].cachefile = nil
        world.pools[index].altroot = nil
        for dataset in pool.datasets.indices { world.pools[index].datasets[dataset].shut() }
        world.probe(devicesOf: pool)
        world.volumesVanish(ofPool: pool.name)
        return .done
    }

    /// `online POOL DEVICE`, `reopen POOL`: a pool that is suspended refuses both.
    private static func revive(
        _ verb: String, _ words: ArraySlice<String>, on world: World
    ) -> Outcome {
        guard let name = words.first, words.count == (verb == "online" ? 2 : 1) else {
            return usage("missing pool name")
        }
        guard let index = world.importedPool(name) else {
            return .fails(1, "cannot open '\(name)': no such pool")
        }
        guard world.pools[index].isSuspended else { return .done }
        let subject = words.last.map { verb == "online" ? $0 : "'\($0)'" } ?? name
        return .fails(1, "cannot \(verb) \(subject): pool I/O is currently suspended")
    }

    private static func clear(_ words: ArraySlice<String>, on world: inout World) -> Outcome {
        guard let name = words.first, words.count == 1 else {
            return usage("missing pool name")
        }
        guard let index = world.importedPool(name) else {
            return .fails(1, "cannot open '\(name)': no such pool")
        }
        let pool = world.pools[index]
        if world.missingDevices(ofPool: index) > pool.redundancy {
            return .fails(1, "cannot clear errors for \(name): I/O error")
        }
        // Recorded on FreeBSD 13.2: it returns 0, and the pool stays suspended.
        if world.isLinux { world.pools[index].isSuspended = false }
        return .done
    }
}
