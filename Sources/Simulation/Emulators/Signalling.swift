import Engine

/// pkill(1), kill(1) and pwait(1), as far as hastd is ended by them.
enum Signalling {
    /// `pkill -KILL -U root -o -x hastd`: the oldest process of that name, which is the parent.
    static func pkill(_ argv: [String], on world: inout World) -> Outcome {
        guard argv == HastdInterlock.ends else {
            return .fails(2, "usage: pkill [-signal] pattern ...")
        }
        guard let daemon = world.serviceIndex("hastd"), let pid = world.services[daemon].pids.first
        else { return .exits(Output(.exited(1))) }
        return kill(["kill", "-KILL", String(pid)], on: &world)
    }

    /// `kill -KILL 662`, `kill -TERM 662`.
    ///
    /// The parent of hastd takes its workers along when it is killed (gone in 0.5 s, recorded on
    /// FreeBSD 13.2); a deadlocked one does not see TERM.
    static func kill(_ argv: [String], on world: inout World) -> Outcome {
        guard argv.count > 2, let signal = Signal(rawValue: argv[1]) else {
            return .fails(1, "usage: kill [-s signal_name] pid ...")
        }
        for word in argv[2...] {
            guard let pid = Int32(word), world.processes.contains(where: { $0.pid == pid }) else {
                return .fails(1, "kill: \(word): No such process")
            }
            let daemon = world.services.firstIndex { $0.name == "hastd" && $0.pids.contains(pid) }
            if let daemon {
                guard signal == .kill || !world.hast.isDeadlocked else { continue }
                for index in world.hast.resources.indices { world.tellOfDemotion(index) }
                world.killService(daemon)
            } else {
                world.endProcess(pid)
            }
        }
        return .done
    }

    private enum Signal: String {
        case kill = "-KILL"
        case term = "-TERM"
    }

    /// `pwait -t 10 662 703`; a number that nobody has is passed over with a warning.
    static func wait(_ argv: [String], on world: World) -> Outcome {
        guard argv.count > 3, argv[1] == "-t" else {
            return .fails(64, "usage: pwait [-t timeout] [-ov] pid ...")
        }
        let awaited = argv[3...].compactMap { Int32($0) }
        return world.processes.contains { awaited.contains($0.pid) }
            ? .exits(Output(.exited(124))) : .done
    }
}
