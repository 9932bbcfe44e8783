import Engine

/// The iSCSI target of FreeBSD: ctld(8), which sets up the CAM target layer of the kernel, and
/// ctladm(8), which looks at it.
///
/// A newer ctld goes to the background before it applies its configuration, so that a start that
/// returned 0 may still fail; until then no pid file names it, and service(8) says that it is not
/// running. One that was killed leaves ports and units in the kernel (usr.sbin/ctld/ctld.c).
struct Ctld: ISCSIBackend {
    private static let rc = RCService()
    private static let status = Query.command(.serviceStatus("ctld"))
    private static let ports = Query.command(.ctladmPorts)
    private static let units = Query.command(.ctladmDevices)

    func serves(_ service: ISCSIService) -> Probe {
        let targets = service.targets.map { Array($0.utf8) }
        let portal = service.portal
        let queries = [
            Self.status, Self.ports, Self.units, .port(host: portal, ISCSIService.port),
        ]
        return Probe(queries) { answers throws(Unreadable) in
            switch try Self.daemon(answers) {
            case nil: return .never("this system has no ctld")
            case .stopped: return .doesNot("ctld is not running")
            case .running: break
            }
            let online = try Self.online(answers)
            if online.isEmpty { return .doesNot("ctld runs, but no iSCSI port is online") }
            for target in targets where !online.contains(where: { $0.elementsEqual(target) }) {
                return .doesNot("target \(target[...].text) is not online")
            }
            guard try Self.hasUnits(answers) else {
                return .doesNot("ctld runs, but has no logical unit: see its lines in syslog")
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

    func servesNothing() -> Probe {
        Probe([Self.status, Self.ports, .processes]) { answers throws(Unreadable) in
            if try Self.daemon(answers) == .running { return .doesNot("ctld is running") }
            if let process = try answers.processes().first(where: Self.isDaemon) {
                return .doesNot(
                    "ctld (pid \(process.pid)) has begun, and will serve once it has applied its"
                        + " configuration")
            }
            let left = try Self.portLines(answers).count
            guard left == 0 else {
                return .doesNot(
                    "ctld is gone, but left \(left) iSCSI ports in the kernel, whose units hold"
                        + " the pool: `service ctld onestart`, then `onestop`, clears them"
                )
            }
            return .holds
        }
    }

    func start(_ seen: Answers) -> [Command] {
        // One that runs read its configuration before the pool was there.
        if let state = try? Self.daemon(seen), state == .running { return [Self.rc.reload("ctld")] }
        return [Self.rc.bring("ctld", to: .running)]
    }

    func stop(_ seen: Answers) -> [Command] { [Self.rc.bring("ctld", to: .stopped)] }

    func assess(_ output: Output) -> Assessment { Self.rc.assess(output) }

    /// Whether this is ctld itself; what it forked for a session is titled `ctld: ADDRESS`.
    private static func isDaemon(_ process: ProcessEntry) -> Bool {
        let program = process.title.prefix { $0 != " " }
        return program == "ctld" || program.hasSuffix("/ctld")
    }

    private static func daemon(_ answers: Answers) throws(Unreadable) -> ServiceState? {
        try RCService.state(answers.output(of: status), asked: status)
    }

    /// The lines of `ctladm portlist -q -f iscsi`: port, online, front end, name, pp, vp, target.
    private static func portLines(_ answers: Answers) throws(Unreadable) -> [[Bytes]] {
        let output = try answers.output(of: ports)
        if output.succeeded {
            return ByteLines(output.standardOutput).map { Array(ByteWords($0)) }
                .filter { $0.first?.number != nil }
        }
        // Without the kernel module there is nothing that could serve (usr.sbin/ctladm/ctladm.c).
        if output.mentions("error opening /dev/cam/ctl: No such file") { return [] }
        throw Unreadable(ports, output)
    }

    /// The names of the targets that are online, without portal group and tag (`,t,0x8001`).
    private static func online(_ answers: Answers) throws(Unreadable) -> [Bytes] {
        try portLines(answers).compactMap { words in
            guard words.count >= 2, words[1].equals("YES") else { return nil }
            return words[words.count - 1].prefix { $0 != UInt8(ascii: ",") }
        }
    }

    private static func hasUnits(_ answers: Answers) throws(Unreadable) -> Bool {
        let output = try answers.output(of: units)
        guard output.succeeded else { throw Unreadable(units, output) }
        return ByteLines(output.standardOutput).contains { line in
            var words = ByteWords(line)
            return words.next()?.number != nil
        }
    }
}
