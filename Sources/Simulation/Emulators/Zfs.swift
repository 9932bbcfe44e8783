import Engine

/// zfs(8): list, mount, unmount, share and the keys (cmd/zfs/zfs_main.c,
/// lib/libzfs/libzfs_mount.c, libzfs_crypto.c).
enum Zfs {
    static func run(_ argv: [String], on world: inout World) -> Outcome {
        guard argv.count > 1 else { return usage("missing command") }
        if world.zfsHangs { return .blocked }
        let words = argv[2...]
        switch argv[1] {
        case "list": return list(words, on: world)
        case "mount": return mount(words, on: &world)
        case "unmount", "umount": return unmount(words, on: &world)
        case "share":
            guard words.elementsEqual(["-a"]) else { return usage("only -a is simulated") }
            world.shareAll()
            return .done
        case "unshare": return unshare(words, on: &world)
        case "load-key", "unload-key": return key(argv[1], words, on: &world)
        default: return usage("unrecognized command '\(argv[1])'")
        }
    }

    private static func unshare(_ words: ArraySlice<String>, on world: inout World) -> Outcome {
        guard let name = words.first, words.count == 1, let (pool, index) = find(name, world) else {
            return .fails(1, "cannot unshare '\(words.first ?? "")': not a ZFS filesystem")
        }
        guard world.pools[pool].datasets[index].isShared else {
            return .fails(1, "cannot unshare '\(name)': not currently shared")
        }
        world.pools[pool].datasets[index].isShared = false
        world.unshare()
        if !world.isLinux, world.isServing("mountd") { world.mountdReads() }
        return .done
    }

    private static func usage(_ why: String) -> Outcome {
        .fails(2, why, "usage: zfs command args ...", "where 'command' is one of the following:")
    }

    // MARK: - list

    private enum Column: String, CaseIterable {
        case name, canmount, mountpoint, mounted, sharenfs, keystatus, encryptionroot, keylocation
        case zoned, jailed, inconsistent, redacted
        case token = "receive_resume_token"
    }

    /// The property has a name of its own on FreeBSD (module/zcommon/zfs_prop.c).
    private static func columns(on world: World) -> [Column] {
        Column.allCases.filter { $0 != (world.isLinux ? .jailed : .zoned) }
    }

    private static func list(_ words: ArraySlice<String>, on world: World) -> Outcome {
        guard let arguments = Arguments(words, flags: "Hrp", valued: "otd") else {
            return usage("invalid option")
        }
        var wanted: [Column] = []
        if let wrong = arguments.properties(of: columns(on: world), &wanted) { return wrong }
        var output: [UInt8] = []
        var error: [UInt8] = []
        if arguments.operands.isEmpty { put(nil, below: true, wanted, world, &output) }
        for name in arguments.operands {
            if let refusal = suspended(name, world) {
                error.put("cannot open '\(name)': \(refusal)\n")
                continue
            }
            let isThere = put(name, below: arguments.has("r"), wanted, world, &output)
            if !isThere { error.put("cannot open '\(name)': dataset does not exist\n") }
        }
        return .exits(Output(.exited(error.isEmpty ? 0 : 1), output: output, error: error))
    }

    /// Why a file system of a suspended pool is not listed (recorded on FreeBSD 13.2); nil for
    /// those of others.
    private static func suspended(_ name: String, _ world: World) -> String? {
        let pool = name.prefix { $0 != "/" }
        let isSuspended = world.pools.contains {
            $0.isImported && $0.isSuspended && $0.name == pool
        }
        return isSuspended ? "pool I/O is currently suspended" : nil
    }

    /// Prints the file system of this name, and those below it; nil means all. False when there
    /// is none.
    @discardableResult
    private static func put(
        _ name: String?, below: Bool, _ wanted: [Column], _ world: World, _ output: inout [UInt8]
    ) -> Bool {
        var isThere = false
        for pool in world.pools.indices where world.pools[pool].isImported {
            for dataset in world.pools[pool].datasets {
                if let name, dataset.name != name {
                    guard below, dataset.name.hasPrefix(name),
                        dataset.name.utf8.dropFirst(name.utf8.count).first == UInt8(ascii: "/")
                    else { continue }
                }
                put(dataset, wanted, world, pool, &output)
                isThere = true
            }
        }
        return isThere
    }

    private static func put(
        _ dataset: Dataset, _ wanted: [Column], _ world: World, _ pool: Int,
        _ output: inout [UInt8]
    ) {
        for column in wanted {
            switch column {
            case .name: output.put(dataset.name)
            case .canmount: output.put(dataset.canMount.rawValue)
            case .mountpoint: output.put(world.mountpoint(of: dataset, inPool: pool))
            case .mounted: output.put(dataset.isMounted ? "yes" : "no")
            case .sharenfs: output.put(dataset.shareNFS)
            case .keystatus: output.put(dataset.keyStatus.rawValue)
            case .encryptionroot: output.put(world.encryptionRoot(of: dataset, inPool: pool) ?? "-")
            case .keylocation: output.put(dataset.keyLocation ?? "none")
            case .zoned, .jailed: output.put(dataset.isZoned ? "on" : "off")
            case .inconsistent: output.put(dataset.resumeToken == nil ? "0" : "1")
            case .redacted: output.put(dataset.isRedacted ? "1" : "0")
            case .token: output.put(dataset.resumeToken ?? "-")
            }
            output.put(UInt8(ascii: "\t"))
        }
        output[output.count - 1] = UInt8(ascii: "\n")
    }

    // MARK: - mount

    /// Mounts every file system of a pool that `canmount=on` and a path say so of; gives what
    /// failed in the tool's words.
    static func mountAll(of pool: Int, on world: inout World) -> [String] {
        var errors: [String] = []
        for index in world.pools[pool].datasets.indices {
            let dataset = world.pools[pool].datasets[index]
            guard dataset.mountsWithAll, !dataset.isMounted else { continue }
            if let refusal = dataset.mountRefusal {
                errors.append(
                    "cannot mount '\(world.mountpoint(of: dataset, inPool: pool))': \(refusal)")
            } else {
                world.pools[pool].datasets[index].isMounted = true
            }
        }
        return errors
    }

    private static func mount(_ words: ArraySlice<String>, on world: inout World) -> Outcome {
        guard let arguments = Arguments(words, flags: "afOv", valued: "o") else {
            return usage("invalid option")
        }
        if arguments.has("a") {
            var errors: [String] = []
            for pool in world.pools.indices where world.pools[pool].isImported {
                errors += mountAll(of: pool, on: &world)
            }
            return errors.isEmpty ? .done : .fails(1, errors.joined(separator: "\n"))
        }
        guard let name = arguments.operands.first else { return usage("missing dataset") }
        guard let (pool, index) = find(name, world) else {
            return .fails(1, "cannot open '\(name)': dataset does not exist")
        }
        let dataset = world.pools[pool].datasets[index]
        if let why = refusal(dataset) { return .fails(1, "cannot mount '\(name)': \(why)") }
        if let refusal = dataset.mountRefusal {
            return .fails(
                1, "cannot mount '\(world.mountpoint(of: dataset, inPool: pool))': \(refusal)")
        }
        world.pools[pool].datasets[index].isMounted = true
        return .done
    }

    private static func refusal(_ dataset: Dataset) -> String? {
        if dataset.isMounted { return "filesystem already mounted" }
        if let obstacle = dataset.obstacle { return obstacle }
        if dataset.canMount == .off { return "'canmount' property is set to 'off'" }
        if dataset.mountpoint == "none" { return "no mountpoint set" }
        return dataset.mountpoint == "legacy" ? "legacy mountpoint" : nil
    }

    // MARK: - unmount

    private static func unmount(_ words: ArraySlice<String>, on world: inout World) -> Outcome {
        guard let arguments = Arguments(words, flags: "afu") else {
            return usage("invalid option")
        }
        let force = arguments.has("f")
        if arguments.has("a") {
            var errors: [String] = []
            for pool in world.pools.indices where world.pools[pool].isImported {
                errors += unmount(pool, below: nil, force: force, on: &world)
            }
            return errors.isEmpty ? .done : .fails(1, errors.joined(separator: "\n"))
        }
        guard let name = arguments.operands.first else { return usage("missing dataset") }
        guard let (pool, index) = find(name, world) else {
            return .fails(1, "cannot open '\(name)': dataset does not exist")
        }
        guard world.pools[pool].datasets[index].isMounted else {
            return .fails(1, "cannot unmount '\(name)': not currently mounted")
        }
        let root = world.pools[pool].datasets[index].name
        let errors = unmount(pool, below: root, force: force, on: &world)
        return errors.isEmpty ? .done : .fails(1, errors.joined(separator: "\n"))
    }

    /// Unmounts a file system and those below it, deepest first, up to the first that is busy.
    private static func unmount(
        _ pool: Int,
        below root: String?,
        force: Bool,
        on world: inout World
    ) -> [String] {
        let isBusy = !force && world.pools[pool].holders.contains { $0.kind == .files }
        for index in world.pools[pool].datasets.indices.reversed() {
            let dataset = world.pools[pool].datasets[index]
            let isMeant = root.map { $0 == dataset.name || dataset.name.hasPrefix($0 + "/") }
            guard dataset.isMounted, isMeant ?? true else { continue }
            if isBusy {
                return ["cannot unmount '\(dataset.mountpoint)': pool or dataset is busy"]
            }
            world.pools[pool].datasets[index].unmount()
        }
        world.unshare()
        return []
    }

    /// Finds a file system by its name or by where it is mounted.
    static func find(_ name: String, _ world: World) -> (pool: Int, dataset: Int)? {
        for pool in world.pools.indices where world.pools[pool].isImported {
            let datasets = world.pools[pool].datasets
            if let index = datasets.firstIndex(where: {
                $0.name == name || $0.isMounted && $0.mountpoint == name
            }) {
                return (pool, index)
            }
        }
        return nil
    }
}
