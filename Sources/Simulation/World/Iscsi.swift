/// What ctld serves.
public struct Iscsi: Sendable {
    /// A logical unit.
    public struct Lun: Sendable {
        /// The volume or file beneath.
        public var path: String
        /// The pool that it lies on; nil when it lies on none.
        public var pool: String?
        /// Its size in blocks of 512 bytes.
        public var blocks: Int
        /// Whether ctld could open what lies beneath when it last read its configuration; else the
        /// kernel has it with the size 0 (recorded on FreeBSD 13.2).
        var isOpen = true
        /// Whether it is that of a secondary node, which closes what lies beneath.
        var isClosed = false
        /// How often ctld cannot make it when it reads its configuration, which it goes on without.
        var refusals = 0
        /// Whether ctld has made it.
        var isMade = true

        /// Creates a logical unit.
        public init(_ path: String, pool: String?, blocks: Int = 2_097_152) {
            self.path = path
            self.pool = pool
            self.blocks = blocks
        }
    }

    /// The names of the targets, each a port of its own.
    public var targets: [String] = []
    /// The logical units.
    public var luns: [Lun] = []

    /// The targets of which a killed ctld left the ports in the kernel.
    var leftPorts: [String] = []
    /// The targets of which the port was put offline.
    var offline: Set<String> = []
    /// Whether a killed ctld left its logical units in the kernel.
    var unitsAreLeft = false

    /// Nothing to serve.
    public init() {}
}

extension World {
    /// Whether the kernel has the logical units that ctld sets up.
    var hasUnits: Bool { iscsi.unitsAreLeft || isServing("ctld") }

    /// Whether clients find what lies beneath each logical unit; one of size 0 gives them nothing.
    var unitsAreOpen: Bool {
        if isLinux { return true }
        let online = iscsi.targets.indices.filter { !iscsi.offline.contains(iscsi.targets[$0]) }
        return online.flatMap(iscsi.luns(of:)).allSatisfy {
            iscsi.luns[$0].isOpen && iscsi.luns[$0].isMade
        }
    }

    /// Whether ctld lets initiators in.
    var ctldServes: Bool {
        let isAnyOnline =
            iscsi.targets.isEmpty || !iscsi.targets.allSatisfy(iscsi.offline.contains)
        return isServing("ctld") && isAnyOnline
    }

    /// ctld sets the kernel up by its configuration: with units of size 0 where their pool is not
    /// imported; those that a killed one left become its own.
    mutating func ctldApplies() {
        iscsi.unitsAreLeft = false
        for index in iscsi.luns.indices {
            openUnit(index)
            iscsi.luns[index].isMade = iscsi.luns[index].refusals == 0
            iscsi.luns[index].refusals = max(0, iscsi.luns[index].refusals - 1)
        }
    }

    /// ctld begins: what the kernel has of it is as it was, and all else is made.
    mutating func ctldBegins() {
        if !iscsi.unitsAreLeft {
            for index in iscsi.luns.indices { iscsi.luns[index].isClosed = false }
        }
        iscsi.offline.formIntersection(iscsi.leftPorts)
        ctldApplies()
    }

    /// A unit opens what lies beneath, where that is there and its role lets it.
    mutating func openUnit(_ index: Int) {
        let isThere = iscsi.luns[index].pool.map { importedPool($0) != nil } ?? true
        iscsi.luns[index].isOpen = isThere && !iscsi.luns[index].isClosed
    }

    /// Where ctld has its configuration.
    static let ctlConf = "/etc/ctl.conf"

    /// That configuration, as far as it says what targets and units there are to be.
    var ctlConfiguration: [UInt8] {
        let targets = iscsi.targets.indices.map { place in
            let units = iscsi.luns(of: place).enumerated().map { unit, number in
                "\tlun \(unit) {\n\t\tpath \(iscsi.luns[number].path)\n\t}\n"
            }
            return "target \(iscsi.targets[place]) {\n\tportal-group pg0\n\(units.joined())}\n"
        }
        return Array(("portal-group pg0 {\n\tlisten 0.0.0.0\n}\n" + targets.joined()).utf8)
    }

    /// ctld dies with no time to clear what it set up.
    mutating func ctldIsKilled() {
        iscsi.unitsAreLeft = true
        iscsi.leftPorts += iscsi.targets.filter { !iscsi.leftPorts.contains($0) }
    }
}

extension Pair {
    /// What iSCSI serves of it.
    var luns: [Iscsi.Lun] {
        volumes.map { Iscsi.Lun(World.volumes + "\(pool)/\($0)", pool: pool) }
    }
}
