import Engine

/// service(8) and rc.subr(8) behind it (libexec/rc/rc.subr, run_rc_command).
enum Service {
    static func run(_ argv: [String], on world: inout World) -> Outcome {
        guard argv.count == 3 else {
            return .exits(Output(.exited(1), output: Array(usage.utf8)))
        }
        let name = argv[1]
        guard let index = world.serviceIndex(name) else {
            let text =
                "\(name) does not exist in /etc/rc.d or the local startup\n"
                + "directories (/usr/local/etc/rc.d), or is not executable\n"
            return .exits(Output(.exited(1), output: Array(text.utf8)))
        }
        let isForced = argv[2].hasPrefix("one")
        guard let verb = Verb(rawValue: isForced ? String(argv[2].dropFirst(3)) : argv[2]) else {
            return .fails(
                1,
                "/etc/rc.d/\(name): unknown directive '\(argv[2])'.",
                "Usage: /etc/rc.d/\(name) [fast|force|one|quiet]"
                    + "(start|stop|restart|rcvar|enable|disable|delete|enabled|describe"
                    + "|extracommands|reload|status|poll)"
            )
        }
        guard isForced || world.services[index].isEnabled else {
            return .prints(
                "Cannot '\(verb.rawValue)' \(name). Set \(rcvar(name)) to YES in /etc/rc.conf"
                    + " or use 'one\(verb.rawValue)' instead of '\(verb.rawValue)'.\n"
            )
        }
        return run(verb, index, on: &world)
    }

    private enum Verb: String { case status, start, stop, restart, reload }

    private static let usage = "\nUsage:\nservice [-v] <rc.d script> start|stop|etc.\n"

    private static func rcvar(_ name: String) -> String {
        name == "nfsd" ? "nfs_server_enable" : name + "_enable"
    }

    private static func run(_ verb: Verb, _ index: Int, on world: inout World) -> Outcome {
        switch verb {
        case .status: return status(index, world)
        case .start: return start(index, on: &world)
        case .stop: return stop(index, on: &world)
        case .reload:
            return world.services[index].isRunning ? .done : notRunning(world.services[index])
        case .restart:
            if world.services[index].isRunning, case .blocked = stop(index, on: &world) {
                return .blocked
            }
            return start(index, on: &world)
        }
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

    private static func notRunning(_ service: RcService) -> Outcome {
        .fails(1, "\(service.name) not running? (check \(service.pidFile)).")
    }

    private static func start(_ index: Int, on world: inout World) -> Outcome {
        let service = world.services[index]
        if let pid = service.pids.first {
            return .fails(1, "\(service.name) already running?  (pid=\(pid)).")
        }
        var output = ""
        for need in service.needs {
            guard let other = world.serviceIndex(need), !world.services[other].isRunning else {
                continue
            }
            guard case .exits(let started) = start(other, on: &world) else { return .blocked }
            output += String(decoding: started.standardOutput, as: UTF8.self)
            guard started.succeeded else { return .exits(started) }
        }
        output += "Starting \(service.name).\n"
        switch service.start {
        case .daemonises, .failsLate:
            world.daemonise(index)
        case .works, .fails:
            if let fault = world.applyFault(service) {
                world.note("\(service.name): \(fault)")
                return .fails(
                    1,
                    "/etc/rc.d/\(service.name): WARNING: failed to start \(service.name)",
                    output: output
                )
            }
            world.bringUp(index)
        }
        return .prints(output)
    }

    private static func numbers(_ service: RcService) -> String {
        service.pids.map(String.init).joined(separator: " ")
    }

    /// Waits for the processes without a limit; hastd gives up every role before it ends.
    private static func stop(_ index: Int, on world: inout World) -> Outcome {
        let service = world.services[index]
        guard service.isRunning else { return notRunning(service) }
        if service.stopHangs { return .blocked }
        if service.name == "hastd" {
            for resource in world.hast.resources.indices {
                guard Hastctl.change(resource, to: .`init`, on: &world) else { return .blocked }
            }
        }
        let pids = numbers(service)
        world.takeDown(index)
        return .prints("Stopping \(service.name).\nWaiting for PIDS: \(pids).\n")
    }
}
