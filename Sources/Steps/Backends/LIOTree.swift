import Engine

/// What the kernel's target has set up, by its switches in configfs: of a portal group (`1` when
/// it lets initiators in), of a backstore (`1` when it holds its device open), and, through the
/// link that a LUN is, of the backstore beneath a LUN; where that was asked for, the device, too.
struct LIOTree {
    /// A portal group of an iSCSI target.
    private struct Group {
        let target: Bytes
        let name: Bytes
        let isEnabled: Bool
        /// How many of its LUNs have a device.
        var units = 0
        /// What its LUNs lie on.
        var devices: [Bytes] = []
    }

    /// A backstore that holds a device.
    struct Backstore {
        /// From the root of the tree: `core/iblock_0/disk0`.
        let path: Bytes
        fileprivate var device: Bytes?

        /// Where targetcli has it: the folder of its kind, and its name; nil for what it names
        /// otherwise.
        var place: (folder: String, name: String)? {
            let parts = path.split(separator: UInt8(ascii: "/"))
            guard parts.count == 3, let bar = parts[1].lastIndex(of: UInt8(ascii: "_")),
                let folder = Self.folders[parts[1][..<bar].operand]
            else { return nil }
            return (folder, parts[2].operand)
        }

        private static let folders = [
            "iblock": "block", "fileio": "fileio", "pscsi": "pscsi", "rd_mcp": "ramdisk",
        ]
    }

    private var groups: [Group] = []
    private var backstores: [Backstore] = []

    /// One of which nothing is known.
    init() {}

    /// Reads the lines `PATH:VALUE` of the look; names of targets have colons too.
    init(_ output: Output, asked query: Query) throws(Unreadable) {
        // Without a tree the module is not loaded, and nothing is set up.
        if output.status == .exited(2) && Self.isMissing(output) { return }
        guard output.succeeded, output.standardOutput.mentions("/config/target/version:") else {
            throw Unreadable(query, output)
        }
        var units: [[Bytes]] = []
        var devices: [(place: [Bytes], device: Bytes)] = []
        for line in ByteLines(output.standardOutput) {
            if let (place, device) = Self.device(line) {
                devices.append((place, device))
                continue
            }
            guard let colon = line.lastIndex(of: UInt8(ascii: ":")),
                line.starts(with: Self.root)
            else { throw Unreadable(query, output) }
            let path = line[..<colon].dropFirst(Self.root.count)
            let isOn = line[(colon + 1)...].trimmed.equals("1")
            let parts = path.split(separator: UInt8(ascii: "/"))
            switch (parts.first, parts.count) {
            case ("iscsi"?, 4):
                groups.append(Group(target: parts[1], name: parts[2], isEnabled: isOn))
            case ("iscsi"?, 7) where isOn && parts[3].equals("lun"): units.append(parts)
            case ("core"?, 4) where isOn:
                backstores.append(Backstore(path: path.dropLast(Self.leaf)))
            default: continue
            }
        }
        var places: [[Bytes]: Int] = [:]
        for (index, group) in groups.enumerated() { places[[group.target, group.name]] = index }
        for unit in units {
            if let group = places[[unit[1], unit[2]]] { groups[group].units += 1 }
        }
        var byPath: [[UInt8]: Bytes] = [:]
        for (place, device) in devices {
            if place.count == 6, place[3].equals("lun"), let group = places[[place[1], place[2]]] {
                groups[group].devices.append(device)
            } else if place.count == 3 {
                byPath[Array(place.joined(separator: [UInt8(ascii: "/")]))] = device
            }
        }
        for index in backstores.indices {
            backstores[index].device = byPath[Array(backstores[index].path)]
        }
    }

    /// The place in the tree, and the device there, of a line that tells one; the path of a device
    /// can have colons.
    private static func device(_ line: Bytes) -> (place: [Bytes], device: Bytes)? {
        guard line.starts(with: root), let leaf = line.firstRange(of: Self.deviceLeaf) else {
            return nil
        }
        let path = line[..<leaf.lowerBound].dropFirst(root.count)
        return (path.split(separator: UInt8(ascii: "/")), line[leaf.upperBound...].trimmed)
    }

    private static let deviceLeaf = Array("/udev_path:".utf8)

    private static let root = Array("/sys/kernel/config/target/".utf8)
    private static let leaf = "/enable".utf8.count

    private static func isMissing(_ output: Output) -> Bool {
        output.standardOutput.isEmpty
            && output.standardError.mentions("/config/target: No such file or directory")
    }

    /// Why these targets, or any one if none is named, are not served; nil when they are.
    func lack(of names: [[UInt8]]) -> String? {
        if groups.isEmpty { return "the kernel has no iSCSI target set up" }
        let byTarget = Dictionary(grouping: groups, by: \.target)
        for name in names {
            if let lack = Self.lack(of: name[...], byTarget[name[...], default: []]) { return lack }
        }
        guard names.isEmpty else { return nil }
        guard let first = groups.first(where: \.isEnabled) else {
            return "no iSCSI target of the kernel is enabled"
        }
        let serves = groups.contains { $0.isEnabled && $0.units > 0 }
        return serves ? nil : Self.withoutUnit(first.target)
    }

    /// Why these targets, or all if none is named, lack a unit that they are to have; nil when they
    /// have all.
    func lack(of names: [[UInt8]], beside saved: LIOSaved) -> String? {
        for wanted in saved.units {
            let (target, group) = (Array(wanted.target.utf8), Array(wanted.group.utf8))
            guard names.isEmpty || names.contains(target) else { continue }
            let own = groups.first {
                $0.target.elementsEqual(target) && $0.name.elementsEqual(group)
            }
            let count = own?.units ?? 0
            if count < wanted.count {
                return "target \(wanted.target) has \(count) of \(wanted.count) units: were all"
                    + " volumes there?"
            }
        }
        return nil
    }

    private static func lack(of name: Bytes, _ own: [Group]) -> String? {
        if own.isEmpty { return "target \(name.text) is not set up" }
        if own.contains(where: { $0.isEnabled && $0.units > 0 }) { return nil }
        if !own.contains(where: \.isEnabled) { return "target \(name.text) is not enabled" }
        return withoutUnit(name)
    }

    private static func withoutUnit(_ target: Bytes) -> String {
        "target \(target.text) is enabled, but has no unit with a device: was its volume there?"
    }

    /// What is left that serves or holds a device; nil when nothing is.
    var rest: String? {
        if let group = groups.first(where: \.isEnabled) {
            return "target \(group.target.text) is enabled"
        }
        return backstores.first.map {
            "no target is enabled, but backstore \($0.path.text) holds its device"
        }
    }
}

// MARK: - Some of the targets

extension LIOTree {
    /// The name of the first of these targets that is set up; nil when none is.
    func group(of names: [[UInt8]]) -> String? {
        groups.first { group in names.contains { group.target.elementsEqual($0) } }?.target.text
    }

    /// Their groups that let initiators in.
    func enabledGroups(of names: [[UInt8]]) -> [(target: String, tag: String)] {
        groups.filter { group in
            group.isEnabled && group.name.starts(with: "tpgt_".utf8)
                && names.contains { group.target.elementsEqual($0) }
        }.map { ($0.target.operand, $0.name.dropFirst("tpgt_".utf8.count).operand) }
    }

    /// Whether a storage object is there, and holds its device.
    func holds(_ object: LIOSaved.Object) -> Bool {
        backstores.contains { backstore in
            backstore.place.map { $0 == (object.folder, object.name) } ?? false
        }
    }

    /// A storage object of these targets that is not there, and another one of its name: saved, or
    /// there; nil where each has a name of its own.
    func namesakes(of targets: [String], _ saved: LIOSaved) -> LIOSaved.Namesakes? {
        let missing = saved.objects(of: targets).filter { !holds($0) }
        for object in missing {
            let other = backstores.first { backstore in
                backstore.path.split(separator: UInt8(ascii: "/")).last?.operand == object.name
            }
            if let other { return LIOSaved.Namesakes(object: object, other: other.path.text) }
            if let saved = saved.namesakes(of: object) { return saved }
        }
        return nil
    }

    /// The backstores on whose device a unit of these targets lies, or that are theirs otherwise,
    /// but for those on whose device one of another target lies.
    func backstores(
        of names: [[UInt8]], orTheirs isTheirs: (Backstore) -> Bool
    ) -> [Backstore] {
        var own: Set<Bytes> = []
        var others: Set<Bytes> = []
        for group in groups {
            if names.contains(where: { group.target.elementsEqual($0) }) {
                own.formUnion(group.devices)
            } else {
                others.formUnion(group.devices)
            }
        }
        return backstores.filter { backstore in
            guard let device = backstore.device else { return isTheirs(backstore) }
            return !others.contains(device) && (own.contains(device) || isTheirs(backstore))
        }
    }
}
