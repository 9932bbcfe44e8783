import Engine

/// Some of the targets of ctld, while it goes on serving the others.
///
/// ctld knows no target singly: it applies its whole configuration, and at a reload it takes what
/// it set up once to be there still, so that what somebody removed is not made again
/// (usr.sbin/ctld/ctld.c, conf_apply). So nothing is removed. The port of the target goes offline,
/// which ends its sessions and stays so over a reload, and each unit behind it closes its volume,
/// as that of a secondary node does (`ha_role`, ctl(4); sys/cam/ctl/ctl_backend_block.c,
/// ctl_be_block_modify). Both are undone the same way. Read in the sources, not recorded.
extension Ctld {
    /// What shows them.
    static let targetQueries = [TargetLayer.portList, TargetLayer.optionList]

    func servesNothing(ofTargets names: [[UInt8]]) -> Probe {
        Probe([Self.status] + Self.targetQueries + [.processes]) { answers throws(Unreadable) in
            let ports = try TargetLayer.ports(answers)
            if let port = ports.first(where: { $0.isOnline && $0.isOf(oneOf: names) }) {
                return .doesNot("target \(port.target.text) is online")
            }
            // One that has begun, and that no pid file names, is about to put the ports online.
            if try Self.daemon(answers) == .stopped,
                let process = try answers.processes().first(where: isCtld)
            {
                return .doesNot(
                    "ctld (pid \(process.pid)) has begun, and will serve once it has applied its"
                        + " configuration")
            }
            let units = try TargetLayer.unitsWithOptions(answers)
            return Self.held(units, behind: ports, of: names).first.map {
                .doesNot(
                    "logical unit \($0.number), behind a target that is offline, holds its"
                        + " volume")
            } ?? .holds
        }
    }

    func stop(targets names: [[UInt8]], _ seen: Answers) -> [Command] {
        guard let ports = try? TargetLayer.ports(seen) else { return [] }
        let online = ports.filter { $0.isOnline && $0.isOf(oneOf: names) }
        let units = (try? TargetLayer.unitsWithOptions(seen)) ?? []
        return online.map { $0.switched("off") }
            + Self.held(units, behind: ports, of: names).compactMap { $0.inRole("secondary") }
    }

    /// Opens what a stop of the targets has closed.
    func reopen(targets names: [[UInt8]], _ seen: Answers) -> [Command] {
        guard let ports = try? TargetLayer.ports(seen),
            let units = try? TargetLayer.unitsWithOptions(seen)
        else { return [] }
        let own = ports.filter { $0.isOf(oneOf: names) }
        return Self.units(units, behind: own).filter(\.isClosed).compactMap { $0.inRole("primary") }
            + own.filter { !$0.isOnline }.map { $0.switched("on") }
    }

    /// The units that only these targets show, and that hold their volumes.
    private static func held(
        _ units: [TargetLayer.Unit], behind ports: [TargetLayer.Port], of names: [[UInt8]]
    ) -> [TargetLayer.Unit] {
        let others = Self.units(units, behind: ports.filter { !$0.isOf(oneOf: names) })
        let kept = Set(others.map(\.number))
        return Self.units(units, behind: ports.filter { $0.isOf(oneOf: names) })
            .filter {
                !$0.isClosed && !$0.isEmpty && !$0.isRamdisk && !kept.contains($0.number)
            }
    }

    private static func units(
        _ units: [TargetLayer.Unit], behind ports: [TargetLayer.Port]
    ) -> [TargetLayer.Unit] {
        let numbers = ports.reduce(into: Set<Int>()) { $0.formUnion($1.units ?? []) }
        let showsAll = ports.contains { $0.units == nil }
        return units.filter { showsAll || numbers.contains($0.number) }
    }
}

extension TargetLayer.Port {
    /// Whether it is the port of one of these targets.
    fileprivate func isOf(oneOf names: [[UInt8]]) -> Bool { names.contains { isOf($0) } }

    /// Puts it online or offline.
    fileprivate func switched(_ word: String) -> Command {
        .tool("ctladm", "port", "-o", word, "-p", String(number))
    }
}

extension TargetLayer.Unit {
    /// Gives it a role in a cluster, by which it holds its volume or not; the options that it has
    /// are said again, since they are replaced. Nil where one cannot be said.
    fileprivate func inRole(_ role: String) -> Command? {
        // Without the file it could not be opened again.
        guard options.contains(where: { $0.name.equals("file") }) else { return nil }
        // ctladm cuts a value at a second `=` (usr.sbin/ctladm/ctladm.c, cctl_modify_lun).
        guard options.allSatisfy({ !$0.value.contains(UInt8(ascii: "=")) }) else { return nil }
        let told = options.flatMap { ["-o", "\($0.name.operand)=\($0.value.operand)"] }
        return Command(
            .tool(
                ["ctladm", "modify", "-b", "block", "-l", String(number)] + told
                    + ["-o", "ha_role=\(role)", "-s", "auto"]))
    }
}
