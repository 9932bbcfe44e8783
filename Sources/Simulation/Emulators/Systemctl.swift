import Engine

/// systemctl(1) of systemd 252, as far as services go (src/systemctl).
enum Systemctl {
    static func run(_ argv: [String], on world: inout World) -> Outcome {
        guard argv.count > 1 else { return unknown("") }
        if argv[1] == "show" { return show(argv[2...], on: world) }
        guard argv.count == 3 else { return .fails(1, "Too few arguments.") }
        let unit = argv[2].contains(".") ? argv[2] : argv[2] + ".service"
        switch argv[1] {
        case "start", "stop", "restart":
            guard let verb = UnitState.Verb(rawValue: argv[1]) else { return unknown(argv[1]) }
            return change(unit, verb, on: &world)
        case "reload": return reload(unit, on: world)
        default: return unknown(argv[1])
        }
    }

    private static func unknown(_ verb: String) -> Outcome {
        .fails(1, "Unknown command verb \(verb).")
    }

    // MARK: - show

    private static func show(_ words: ArraySlice<String>, on world: World) -> Outcome {
        guard let arguments = Arguments(words, flags: "", valued: "p"),
            let unit = arguments.operands.first, arguments.operands.count == 1
        else { return .fails(1, "Invalid arguments.") }
        let wanted = arguments.all("p").flatMap { $0.split(separator: ",") }
        var output: [UInt8] = []
        for (key, value) in properties(of: unit, world) where wanted.contains(key[...]) {
            output.put("\(key)=\(value)\n")
        }
        return .exits(Output(.exited(0), output: output))
    }

    /// The properties in the order of its own; one that is empty is there too.
    private static func properties(of unit: String, _ world: World) -> [(String, String)] {
        guard let index = world.unitIndex(unit) else {
            return [
                ("Result", "success"), ("TasksCurrent", "[not set]"), ("LoadState", "not-found"),
                ("ActiveState", "inactive"), ("SubState", "dead"), ("Job", ""),
            ]
        }
        let service = world.services[index]
        let (active, sub) = state(of: service)
        let tasks = service.isKernel ? 0 : service.pids.count
        return [
            ("Result", service.unit.failure ?? "success"),
            ("TasksCurrent", tasks > 0 ? String(tasks) : "[not set]"),
            ("LoadState", service.unit.isMasked ? "masked" : "loaded"),
            ("ActiveState", active), ("SubState", sub),
            ("Job", service.unit.job.map { String($0.number) } ?? ""),
        ]
    }

    private static func state(of service: RcService) -> (String, String) {
        switch service.unit.job?.verb {
        case .start where !service.isUp: return ("activating", "start")
        case .stop where service.isUp, .restart where service.isUp:
            return ("deactivating", "stop-sigterm")
        default: break
        }
        if service.isUp { return ("active", service.unit.isOneshot ? "exited" : "running") }
        return service.unit.failure == nil ? ("inactive", "dead") : ("failed", "failed")
    }

    // MARK: - start, stop, restart, reload

    private static func change(
        _ unit: String, _ verb: UnitState.Verb, on world: inout World
    ) -> Outcome {
        guard let index = world.unitIndex(unit) else {
            let loaded = verb == .stop ? "loaded" : "found"
            return .fails(5, "Failed to \(verb.rawValue) \(unit): Unit \(unit) not \(loaded).")
        }
        if world.services[index].unit.cancelled > 0,
            world.services[index].unit.job?.verb != verb
        {
            world.services[index].unit.cancelled -= 1
            return .fails(1, "Job for \(unit) canceled.")
        }
        if verb != .start, world.services[index].isUp, world.services[index].stopHangs {
            return .blocked
        }
        world.services[index].unit.job = nil
        if verb != .start { stop(index, on: &world) }
        return verb == .stop ? .done : start(index, unit, on: &world)
    }

    private static func start(_ index: Int, _ unit: String, on world: inout World) -> Outcome {
        let service = world.services[index]
        if service.unit.isMasked {
            return .fails(1, "Failed to start \(unit): Unit \(unit) is masked.")
        }
        guard !service.isUp else { return .done }
        for need in service.needs {
            guard let other = world.serviceIndex(need) else { continue }
            guard case .exits(let output) = start(other, need + ".service", on: &world),
                output.succeeded
            else {
                return .fails(
                    1, "A dependency job for \(unit) failed. See 'journalctl -xe' for details.")
            }
        }
        if service.start == .fails {
            world.services[index].unit.failure = "exit-code"
            return .fails(
                1,
                "Job for \(unit) failed because the control process exited with error code.",
                "See \"systemctl status \(unit)\" and \"journalctl -xeu \(unit)\" for details.")
        }
        world.services[index].unit.failure = nil
        world.bringUp(index)
        if service.start == .failsLate {
            world.schedule(.serviceDies(service.name), after: world.latencies.apply)
        }
        return .done
    }

    private static func stop(_ index: Int, on world: inout World) {
        world.services[index].unit.failure = nil
        world.takeDown(index)
    }

    private static func reload(_ unit: String, on world: World) -> Outcome {
        guard let index = world.unitIndex(unit) else {
            return .fails(5, "Failed to reload \(unit): Unit \(unit) not found.")
        }
        if world.services[index].isUp { return .done }
        return .fails(1, "\(unit) is not active, cannot reload.")
    }
}

extension RcService {
    /// Whether systemd takes it for active.
    var isUp: Bool { unit.isOneshot ? unit.isActive : isRunning }
}
