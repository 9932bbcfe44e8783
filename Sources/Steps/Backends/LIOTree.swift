import Engine

/// What the kernel's target has set up, by its switches in configfs: of a portal group (`1` when
/// it lets initiators in), of a backstore (`1` when it holds its device open), and, through the
/// link that a LUN is, of the backstore beneath a LUN.
struct LIOTree {
    /// A portal group of an iSCSI target.
    private struct Group {
        let target: Bytes
        let name: Bytes
        let isEnabled: Bool
        /// How many of its LUNs have a device.
        var units = 0
    }

    private var groups: [Group] = []
    /// The backstores that hold a device, as paths from the root of the tree.
    private var backstores: [Bytes] = []

    /// Reads the lines `PATH:VALUE` of the look; names of targets have colons too.
    init(_ output: Output, asked query: Query) throws(Unreadable) {
        // Without a tree the module is not loaded, and nothing is set up.
        if output.status == .exited(2) && Self.isMissing(output) { return }
        guard output.succeeded, output.standardOutput.mentions("/config/target/version:") else {
            throw Unreadable(query, output)
        }
        var units: [[Bytes]] = []
        for line in ByteLines(output.standardOutput) {
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
            case ("core"?, 4) where isOn: backstores.append(path.dropLast(Self.leaf))
            default: continue
            }
        }
        var places: [[Bytes]: Int] = [:]
        for (index, group) in groups.enumerated() { places[[group.target, group.name]] = index }
        for unit in units {
            if let group = places[[unit[1], unit[2]]] { groups[group].units += 1 }
        }
    }

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
            "no target is enabled, but backstore \($0.text) holds its device"
        }
    }
}
