import Engine

/// The iSCSI target in user space: tgtd(8), changed by tgt-admin(8) and tgtadm(8).
///
/// The daemon is this node's own and may run while it serves nothing: what holds a volume is a
/// logical unit. `tgt-admin --update` returns 0 and says nothing of a volume that is not there, nor
/// of a target that it left as it was because an initiator is logged in.
struct Tgt: ISCSIBackend {
    private static let systemd = Systemd()
    private static let unit = "tgt"
    private static let targets = Query.command(.tgtTargets)
    private static let system = Query.command(.tgtSystem)

    func serves(_ service: ISCSIService) -> Probe {
        let names = service.names
        let portal = service.portal
        return Probe([Self.targets, Self.system, .port(host: portal, ISCSIService.port)]) {
            answers throws(Unreadable) in
            guard let all = try Self.targets(answers) else { return .doesNot("tgtd does not run") }
            if let lack = lack(of: names, among: all) { return .doesNot(lack) }
            let state = try Self.state(answers)
            guard state.equals("ready") else {
                return .doesNot("tgtd lets no initiator in: its state is `\(state.text)`")
            }
            switch try answers.state(ofPort: ISCSIService.port, on: portal) {
            case .open: return .holds
            case .refused, .silent:
                return .doesNot(
                    "nothing answers on \(portal):\(ISCSIService.port); if tgtd listens elsewhere,"
                        + " name the address in `portal`")
            }
        }
    }

    func servesNothing(of service: ISCSIService) -> Probe {
        let names = service.names
        return Probe([Self.targets, Self.system, .processes, Systemd.unit(Self.unit)]) {
            answers throws(Unreadable) in
            guard let all = try Self.targets(answers) else {
                if let tgtd = try answers.processes().first(where: { $0.runs("tgtd") }) {
                    return .doesNot("tgtd (pid \(tgtd.pid)) runs, but takes no request")
                }
                return Systemd.pending(Self.unit, answers).map { .doesNot($0) } ?? .holds
            }
            let own = all.filter { names.isEmpty || $0.isOneOf(names) }
            guard let first = own.first else {
                // No target is no line, so something else must show that tgtd answers.
                _ = try Self.state(answers)
                return .holds
            }
            return .doesNot(
                first.units > 0
                    ? "target \(first.name.text) is set up, and holds its volume"
                    : "target \(first.name.text) is set up")
        }
    }

    func start(_ service: ISCSIService, _ seen: Answers) -> [Command] {
        let file = service.config.map { ["-c", $0] } ?? []
        // Those of others are not put up anew, which ends no session, but may find no volume.
        let updates = (service.targets.isEmpty ? ["ALL"] : service.targets).map {
            Command(.tool(["tgt-admin", "--update", $0] + file))
        }
        guard let all = try? Self.targets(seen) else {
            let start = Self.systemd.bring(Self.unit, to: .running)
            // It lets initiators in by the file of the host, which holds nothing of the pair.
            return file.isEmpty ? [start] : [start] + updates + [Self.become("ready")]
        }
        var commands = updates
        // Without force one that an initiator found before its volume was there stays as it is.
        let names = service.names
        for target in all where target.isInUse && target.lack != nil && target.isOperand {
            guard names.isEmpty || target.isOneOf(names) else { continue }
            commands.append(
                Command(.tool(["tgt-admin", "--update", target.name.operand] + file + ["--force"])))
        }
        return commands + [Self.become("ready")]
    }

    func stop(_ service: ISCSIService, _ seen: Answers) -> [Command] {
        // Then something of it is left that takes no request.
        if case .output(let output) = seen[Self.targets], Self.isDown(output) {
            return [Self.systemd.bring(Self.unit, to: .stopped)]
        }
        guard service.targets.isEmpty else {
            let names = service.names
            guard let all = try? Self.targets(seen) else {
                return service.targets.map { .tool("tgt-admin", "--delete", $0, "--force") }
            }
            return all.filter { $0.isOneOf(names) && $0.isOperand }.map(\.name.operand).flatMap {
                // An initiator that is put out comes back at once.
                [
                    Command.tool("tgt-admin", "--offline", $0),
                    .tool("tgt-admin", "--delete", $0, "--force"),
                ]
            }
        }
        // As tgt.service stops: nobody comes in any more, then all are put out.
        return [
            Self.become("offline"),
            .tool("tgt-admin", "--offline", "ALL"),
            .tool("tgt-admin", "--update", "ALL", "-c", "/dev/null", "--force"),
        ]
    }

    func assess(_ output: Output) -> Assessment { Self.systemd.assess(output) }

    private static func become(_ word: String) -> Command {
        .tool(
            "tgtadm", "--op", "update", "--mode", "sys", "--name", "State", "-v", word,
            settledBy: targets)
    }

    private func lack(of names: [[UInt8]], among all: [TgtTarget]) -> String? {
        if all.isEmpty { return "tgtd runs, but has no target" }
        let byName = Dictionary(all.map { ($0.name, $0) }) { first, _ in first }
        for name in names {
            guard let target = byName[name[...]] else {
                return "tgtd has no target \(name[...].text)"
            }
            if let lack = target.lack { return lack }
        }
        guard names.isEmpty, !all.contains(where: { $0.lack == nil }) else { return nil }
        return all.first?.lack
    }

    /// What tgtd has set up; nil when it does not run.
    private static func targets(_ answers: Answers) throws(Unreadable) -> [TgtTarget]? {
        let output = try answers.output(of: targets)
        if output.succeeded { return TgtTarget.read(output.standardOutput) }
        if isDown(output) { return nil }
        throw Unreadable(targets, output)
    }

    /// Whether the daemon has no socket, or one without a listener (usr/tgtadm.c, ipc_mgmt_req).
    private static func isDown(_ output: Output) -> Bool {
        !output.succeeded && output.standardError.mentions("tgt daemon, ")
    }

    /// The state of the daemon, of which that of its targets is independent.
    private static func state(_ answers: Answers) throws(Unreadable) -> Bytes {
        let output = try answers.output(of: system)
        guard output.succeeded else { throw Unreadable(system, output) }
        for line in ByteLines(output.standardOutput) {
            let line = line.trimmed
            if line.starts(with: "State: ".utf8) { return line.dropFirst("State: ".utf8.count) }
        }
        throw Unreadable(system, output)
    }
}

extension ProcessEntry {
    /// Whether this is the program of this name, wherever it lies.
    func runs(_ program: String) -> Bool {
        let first = title.prefix { $0 != " " }
        return first == program || first.hasSuffix("/" + program)
    }
}
