import Engine

/// The iSCSI target of FreeBSD: ctld(8), which sets up the CAM target layer of the kernel, and
/// ctladm(8), which looks at it.
///
/// What the kernel holds decides, not what ctld says of itself (recorded on FreeBSD 13.2): one that
/// was started before its pool returns 0 and serves units of size 0, and one that was killed leaves
/// its units, which hold the pool, and its ports. A newer ctld goes to the background before it
/// applies its configuration, so that a start that returned 0 may still fail; until then no pid
/// file names it, and service(8) says that it is not running (usr.sbin/ctld/ctld.c).
struct Ctld: ISCSIBackend {
    private static let rc = RCService()
    static let status = Query.command(.serviceStatus("ctld"))

    func serves(_ service: ISCSIService) -> Probe {
        let targets = Self.names(service)
        let (portal, config) = (service.portal, service.config)
        let layer = targets.isEmpty ? TargetLayer.queries : Self.targetQueries
        let queries =
            [Self.status] + layer + [.port(host: portal, ISCSIService.port), CtlConf.query(config)]
        return Probe(queries) { answers throws(Unreadable) in
            switch try Self.daemon(answers) {
            case nil: return .never("this system has no ctld")
            case .stopped: return .doesNot("ctld is not running")
            case .running, .partly: break
            }
            let ports = try TargetLayer.ports(answers)
            let online = ports.filter(\.isOnline)
            if online.isEmpty { return .doesNot("ctld runs, but no iSCSI port is online") }
            for target in targets where !online.contains(where: { $0.isOf(target) }) {
                return .doesNot("target \(target[...].text) is not online")
            }
            let meant = online.filter { port in
                targets.isEmpty || targets.contains { port.isOf($0) }
            }
            let units =
                targets.isEmpty
                ? try TargetLayer.units(answers) : try TargetLayer.unitsWithOptions(answers)
            if let lack = Self.lack(of: units, behind: meant) { return .doesNot(lack) }
            if let conf = CtlConf(answers, config: config),
                let lack = Self.lack(of: units, behind: online, beside: conf, of: targets)
            {
                return .doesNot(lack)
            }
            switch try answers.state(ofPort: ISCSIService.port, on: portal) {
            case .open: return .holds
            case .refused, .silent:
                return .doesNot(
                    "nothing answers on \(portal):\(ISCSIService.port); if ctld listens elsewhere,"
                        + " name the address in `portal`"
                )
            }
        }
    }

    /// What is wrong with the units that these ports show; nil for nothing.
    private static func lack(
        of units: [TargetLayer.Unit],
        behind ports: [TargetLayer.Port]
    ) -> String? {
        let numbers = ports.reduce(into: Set<Int>()) { $0.formUnion($1.units ?? []) }
        let showsAll = ports.contains { $0.units == nil }
        let shown = units.filter { showsAll || numbers.contains($0.number) }
        guard !shown.isEmpty else {
            return "ctld runs, but has no logical unit: see its lines in syslog"
        }
        if let closed = shown.first(where: \.isClosed) {
            return "logical unit \(closed.number) holds no volume: a stop of its target closed it"
        }
        return shown.first(where: \.isEmpty).map {
            "logical unit \($0.number) has size 0: ctld could not open its volume, whose pool was"
                + " perhaps not there yet, and opens it at a reload"
        }
    }

    /// What these targets, or all if none is named, lack of what their file gives them; nil when
    /// they have all. A unit that could not be made is missing in the map of its port.
    private static func lack(
        of units: [TargetLayer.Unit], behind ports: [TargetLayer.Port], beside conf: CtlConf,
        of names: [[UInt8]]
    ) -> String? {
        let there = Set(units.map(\.number))
        for wanted in conf.targets
        where names.isEmpty || names.contains(where: { wanted.name.elementsEqual($0) }) {
            let own = ports.filter { $0.isOf(Array(wanted.name)) }
            if own.isEmpty { return "target \(wanted.name.text) is not online" }
            let count = own.map { ($0.units ?? there).intersection(there).count }.min() ?? 0
            if count < wanted.units {
                return
                    "target \(wanted.name.text) has \(count) of \(wanted.units) units: see ctld's"
                    + " lines in syslog"
            }
        }
        return nil
    }

    func leftOver(_ service: ISCSIService, _ seen: Answers) -> [String] {
        guard CtlConf(seen, config: service.config) == nil else { return [] }
        return [
            "nobody can tell whether all targets and units are there: the configuration of ctld is"
                + " not in \(service.config ?? "/etc/ctl.conf"), or in a form that is not read"
        ]
    }

    func servesNothing(of service: ISCSIService) -> Probe {
        service.targets.isEmpty ? servesNothing : servesNothing(ofTargets: Self.names(service))
    }

    private var servesNothing: Probe {
        Probe([Self.status] + TargetLayer.queries + [.processes]) { answers throws(Unreadable) in
            switch try Self.daemon(answers) {
            case .running, .partly: return .doesNot("ctld is running")
            case .stopped, nil: break
            }
            if let process = try answers.processes().first(where: isCtld) {
                return .doesNot(
                    "ctld (pid \(process.pid)) has begun, and will serve once it has applied its"
                        + " configuration")
            }
            let left = try TargetLayer.ports(answers)
            guard !left.isEmpty else { return .holds }
            let units = Self.knownUnits(answers)
            return .doesNot(
                "ctld is gone, but left \(left.count) iSCSI ports"
                    + (units > 0 ? " and \(units) logical units, which hold the pool," : "")
                    + " in the kernel"
            )
        }
    }

    func start(_ service: ISCSIService, _ seen: Answers) -> [Command] {
        // One that runs read its configuration before the pool was there.
        if let state = try? Self.daemon(seen), state == .running {
            return [Self.rc.reload("ctld")] + reopen(targets: Self.names(service), seen)
        }
        // Its rc script knows no other file than /etc/ctl.conf (libexec/rc/rc.d/ctld).
        if let config = service.config { return [.tool("ctld", "-f", config)] }
        return [Self.rc.bring("ctld", to: .running)]
    }

    /// A ctld that is started again takes the units that a killed one left for its own, and ends
    /// them when it is stopped; the ports stay (recorded on FreeBSD 13.2).
    func stop(_ service: ISCSIService, _ seen: Answers) -> [Command] {
        guard service.targets.isEmpty else { return stop(targets: Self.names(service), seen) }
        let stop = Self.rc.bring("ctld", to: .stopped)
        guard let state = try? Self.daemon(seen), state == .stopped,
            let processes = try? seen.processes(), !processes.contains(where: isCtld),
            let left = try? TargetLayer.ports(seen), !left.isEmpty
        else { return [stop] }
        let again =
            Self.knownUnits(seen) > 0 ? [Self.rc.bring("ctld", to: .running), stop] : []
        return again + left.compactMap(\.removal)
    }

    private static func names(_ service: ISCSIService) -> [[UInt8]] {
        service.names.map { normal($0[...]) }
    }

    /// A target's name as ctld makes it, in small letters (usr.sbin/ctld/ctld.c, target_new).
    static func normal(_ name: Bytes) -> [UInt8] {
        name.map { (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains($0) ? $0 + 32 : $0 }
    }

    func assess(_ output: Output) -> Assessment { Self.rc.assess(output) }

    /// How many logical units the kernel is known to have, whoever set them up.
    private static func knownUnits(_ answers: Answers) -> Int {
        (try? TargetLayer.units(answers).count) ?? 0
    }

    static func daemon(_ answers: Answers) throws(Unreadable) -> RCService.Seen? {
        try RCService.state(answers.output(of: status), asked: status)
    }
}

/// Whether this is ctld itself; what it forked for a session is titled `ctld: ADDRESS`.
func isCtld(_ process: ProcessEntry) -> Bool { process.runs("ctld") }
