import Engine

/// service(8) and rc.subr(8) behind it (libexec/rc/rc.subr, run_rc_command).
enum Service {
    static func run(_ argv: [String], on world: inout World) -> Outcome {
        guard argv.count >= 3 else {
            return .exits(Output(.exited(1), output: Array(usage.utf8)))
        }
        if argv[1] == "jail", argv[2].hasSuffix("status") { return jails(world) }
        let name = world.serviceName(argv)
        guard let index = world.serviceIndex(name) else {
            let text =
                "\(name) does not exist in /etc/rc.d or the local startup\n"
                + "directories (/usr/local/etc/rc.d), or is not executable\n"
            return .exits(Output(.exited(1), output: Array(text.utf8)))
        }
        let prefix = ["one", "force"].first { argv[2].hasPrefix($0) } ?? ""
        guard let verb = Verb(rawValue: String(argv[2].dropFirst(prefix.count))) else {
            return .fails(
                1,
                "/etc/rc.d/\(name): unknown directive '\(argv[2])'.",
                "Usage: /etc/rc.d/\(name) [fast|force|one|quiet]"
                    + "(start|stop|restart|rcvar|enable|disable|delete|enabled|describe"
                    + "|extracommands|reload|status|poll)"
            )
        }
        guard !prefix.isEmpty || world.services[index].isEnabled else {
            return .prints(
                "Cannot '\(verb.rawValue)' \(name). Set \(rcvar(name)) to YES in /etc/rc.conf"
                    + " or use 'one\(verb.rawValue)' instead of '\(verb.rawValue)'.\n"
            )
        }
        return run(verb, index, isForced: prefix == "force", on: &world)
    }

    private enum Verb: String { case status, start, stop, restart, reload }

    private static let usage = "\nUsage:\nservice [-v] <rc.d script> start|stop|etc.\n"

    private static func rcvar(_ name: String) -> String {
        name == "nfsd" ? "nfs_server_enable" : name + "_enable"
    }

    private static func run(
        _ verb: Verb, _ index: Int, isForced: Bool, on world: inout World
    ) -> Outcome {
        switch verb {
        case .status: return status(index, world)
        case .start: return start(index, isForced: isForced, on: &world)
        case .stop: return stop(index, on: &world)
        case .reload: return reload(index, on: &world)
        case .restart:
            if world.services[index].isRunning, case .blocked = stop(index, on: &world) {
                return .blocked
            }
            return start(index, isForced: isForced, on: &world)
        }
    }

    private static func reload(_ index: Int, on world: inout World) -> Outcome {
        guard world.services[index].isRunning else { return notRunning(world.services[index]) }
        if world.services[index].name == "ctld" { world.ctldApplies() }
        if world.services[index].name == "mountd" { world.mountdReads() }
        return .done
    }

    private static func status(_ index: Int, _ world: World) -> Outcome {
        var output: [UInt8] = []
        output.reserveCapacity(64)
        output.put(world.services[index].name)
        let isRunning = world.services[index].isRunning
        output.put(isRunning ? " is running as pid" : " is not running")
        for pid in world.services[index].pids {
            output.put(UInt8(ascii: " "))
            output.put(String(pid))
        }
        output.put(".\n")
        return .exits(Output(.exited(isRunning ? 0 : 1), output: output))
    }

    /// The table of jls(8), which names every jail that runs.
    private static func jails(_ world: World) -> Outcome {
        let names = world.services.filter { $0.isRunning && $0.name.hasPrefix("jail ") }
            .map { $0.name.dropFirst("jail ".count) }
        let rows = names.map { name in
            " \(name.prefix(15))"
                + String(repeating: " ", count: max(1, 46 - name.count)) + "/jails/\(name)\n"
        }
        return .prints(
            " JID             IP Address      Hostname                      Path\n" + rows.joined())
    }

    private static func notRunning(_ service: RcService) -> Outcome {
        .fails(1, "\(service.name) not running? (check \(service.pidFile)).")
    }

    private static func start(
        _ index: Int, isForced: Bool, on world: inout World
    ) -> Outcome {
        let service = world.services[index]
        guard service.pids.isEmpty else {
            return .fails(1, "\(service.name) already running?  (pid=\(numbers(service))).")
        }
        var warnings = missingFile(service, world)
        if !warnings.isEmpty, !isForced {
            warnings.append(warning(service, "failed precmd routine for \(service.name)"))
            return .exits(Output(.exited(1), error: text(warnings)))
        }
        var output = service.name == "nfsd" ? "NFSv4 is disabled\n" : ""
        for need in service.needs {
            guard let other = world.serviceIndex(need), !world.services[other].isRunning else {
                continue
            }
            guard case .exits(let started) = start(other, isForced: true, on: &world) else {
                return .blocked
            }
            output += String(decoding: started.standardOutput, as: UTF8.self)
            guard started.succeeded else { return .exits(started) }
            if !started.standardError.isEmpty {
                warnings.append(String(decoding: started.standardError.dropLast(), as: UTF8.self))
            }
        }
        output += "Starting \(service.name).\n"
        switch service.start {
        case .daemonises, .failsLate:
            world.daemonise(index)
        case .works, .fails:
            if let fault = world.applyFault(service) {
                world.note("\(service.name): \(fault)")
                return .fails(
                    1, warning(service, "failed to start \(service.name)"), output: output)
            }
            world.bringUp(index)
            if service.name == "ctld" { warnings += unopened(world) }
        }
        return .exits(
            Output(.exited(0), output: Array(output.utf8), error: text(warnings)))
    }

    /// What is said of a file that the script requires; nothing where it is there.
    private static func missingFile(_ service: RcService, _ world: World) -> [String] {
        guard let path = service.requiredFile, world.kind(at: path) == .absent else { return [] }
        return [warning(service, "\(path) is not readable.")]
    }

    private static func warning(_ service: RcService, _ what: String) -> String {
        "/etc/rc.d/\(service.name): WARNING: \(what)"
    }

    /// What ctld says of units that it sets up with the size 0.
    private static func unopened(_ world: World) -> [String] {
        world.iscsi.luns.filter { !$0.isOpen }
            .map { "ctld: LUN creation warning: error opening \($0.path): 2" }
    }

    private static func text(_ lines: [String]) -> [UInt8] {
        lines.flatMap { Array(($0 + "\n").utf8) }
    }

    private static func numbers(_ service: RcService) -> String {
        service.pids.map(String.init).joined(separator: " ")
    }

    /// Waits for the processes without a limit; before hastd is told to end, rc.d/hastd has every
    /// role given up in one request.
    private static func stop(_ index: Int, on world: inout World) -> Outcome {
        let service = world.services[index]
        guard service.isRunning else { return notRunning(service) }
        if service.stopHangs { return .blocked }
        let stopping = "Stopping \(service.name).\n"
        if service.name == "hastd" {
            let all = world.hast.resources.map(\.name)
            guard !world.hast.isDeadlocked, !Hastctl.deadlocks(together: all[...], &world) else {
                return .blocked
            }
            for resource in world.hast.resources.indices {
                guard Hastctl.change(resource, to: .`init`, on: &world) else { return .blocked }
            }
            world.takeDown(index)
            return .prints(stopping + "Waiting for PIDS: \(numbers(service)).\n")
        }
        world.takeDown(index)
        // nfsd's first process ends the second, which `kill` then does not find.
        guard service.name == "nfsd", let second = service.pids.dropFirst().first else {
            return .prints(stopping)
        }
        return .fails(1, "kill: \(second): No such process", output: stopping)
    }
}
