/// What the kernel's own iSCSI target has set up.
struct Lio: Sendable {
    /// How a restore goes.
    enum Restore: String, Sendable, CaseIterable {
        case works
        /// It clears everything, sets up nothing, and returns 0 without a word.
        case nothing
        /// There is no saved configuration.
        case noFile = "no-file"
    }

    /// A portal group of a target, with the backstores that its LUNs are links to.
    struct Group: Sendable {
        var target: String
        var isEnabled = true
        var units: [String] = []
    }

    /// Whether its module is loaded, so that there is a tree at all.
    var isLoaded = false
    /// How a restore goes.
    var restore = Restore.works
    var groups: [Group] = []
    /// The backstores, each by its name and what it holds open.
    var backstores: [(name: String, lun: Iscsi.Lun)] = []

    /// Nothing is loaded.
    init() {}

    /// Where the targets may be saved; rtslib-fb of Debian, which is what is played, has the first.
    static let files = [
        "/etc/rtslib-fb-target/saveconfig.json", "/etc/target/saveconfig.json",
    ]

    /// After a boot that has not loaded it.
    var forgotten: Lio {
        var next = Lio()
        next.restore = restore
        return next
    }
}

extension World {
    /// Whether it is what serves iSCSI here.
    var hasLio: Bool { serviceIndex("lio") != nil }

    /// The saved configuration, as far as it says what units there are to be.
    var savedTargets: [UInt8] {
        let targets = iscsi.targets.indices.map { place in
            let units = iscsi.luns(of: place).enumerated().map { unit, number in
                #"{"index": \#(unit), "storage_object": "/backstores/block/disk\#(number)"}"#
            }
            let groups =
                #"[{"tag": 1, "enable": true, "luns": [\#(units.joined(separator: ", "))]}]"#
            return #"{"fabric": "iscsi", "wwn": "\#(iscsi.targets[place])", "tpgs": \#(groups)}"#
        }
        return Array(#"{"targets": [\#(targets.joined(separator: ", "))]}"#.utf8)
    }

    /// Takes down all that the kernel's target has.
    mutating func clearLio() {
        lio.isLoaded = true
        lio.groups = []
        lio.backstores = []
        tellLio()
    }

    /// Sets up what was saved; gives a line for each object that could not be made.
    mutating func restoreLio() -> [String] {
        clearLio()
        guard lio.restore == .works else { return [] }
        var faults: [String] = []
        for number in iscsi.luns.indices { faults += restoreBackstore("disk\(number)") }
        for target in iscsi.targets { faults += restoreTarget(target) }
        tellLio()
        return faults
    }

    /// Sets one storage object up anew.
    mutating func restoreBackstore(_ name: String) -> [String] {
        dropBackstore(name)
        guard let number = iscsi.luns.indices.first(where: { "disk\($0)" == name }) else {
            return []
        }
        guard opens(iscsi.luns[number]) else {
            return [
                "Could not create StorageObject \(name): Device \(iscsi.luns[number].path) is not"
                    + " a TYPE_DISK block device, skipped"
            ]
        }
        lio.backstores.append((name, iscsi.luns[number]))
        return []
    }

    /// Sets one target up anew, on the storage objects that are there.
    mutating func restoreTarget(_ target: String) -> [String] {
        lio.groups.removeAll { $0.target == target }
        guard let place = iscsi.targets.firstIndex(of: target) else { return [] }
        var faults: [String] = []
        var group = Lio.Group(target: target)
        for (unit, number) in iscsi.luns(of: place).enumerated() {
            let name = "disk\(number)"
            if lio.backstores.contains(where: { $0.name == name }) {
                group.units.append(name)
            } else {
                faults.append("Could not find matching StorageObject for LUN \(unit), skipped")
            }
        }
        lio.groups.append(group)
        return faults
    }

    /// Deletes a storage object, and each unit that lies on it.
    mutating func dropBackstore(_ name: String) {
        lio.backstores.removeAll { $0.name == name }
        for index in lio.groups.indices { lio.groups[index].units.removeAll { $0 == name } }
    }

    /// Lets the list of services show whether the kernel's target lets anybody in.
    mutating func tellLio() {
        guard let index = serviceIndex("lio") else { return }
        let serves = lio.groups.contains(where: \.isEnabled)
        guard serves != services[index].isRunning else { return }
        services[index].pids = serves ? [nextPid()] : []
    }

    /// Whether a volume can be opened: what lies on a pool is there while the pool is imported.
    func opens(_ lun: Iscsi.Lun) -> Bool {
        guard let pool = lun.pool else { return true }
        return importedPool(pool) != nil
    }
}

extension Iscsi {
    /// The numbers of the units of a target: each has the one of its own place, the last one all
    /// that are left.
    func luns(of target: Int) -> [Int] {
        luns.indices.filter { min($0, targets.count - 1) == target }
    }
}
