import Engine

/// hastctl(8) and the hastd behind it (sbin/hastctl/hastctl.c, sbin/hastd/control.c).
enum Hastctl {
    static func run(_ argv: [String], on world: inout World) -> Outcome {
        guard argv.count > 1, let verb = Verb(rawValue: argv[1]),
            let arguments = Arguments(
                argv[2...], flags: "d", valued: verb == .create ? "cekm" : "c")
        else { return usage }
        if verb == .create { return create(arguments.operands, on: &world) }
        guard world.hast.isRunning else {
            return .fails(
                71,
                "[ERROR] Unable to connect to hastd via /var/run/hastctl:"
                    + " No such file or directory."
            )
        }
        guard !world.hast.isDeadlocked else { return .blocked }
        let names = arguments.operands
        switch verb {
        case .role: return role(names, on: &world)
        case _ where world.hast.waitsFor != nil: return .blocked
        case _ where deadlocks(named(names, world), &world): return .blocked
        case .list: return show(names, on: world, list, unknown: unknownInList)
        case .status: return status(names, on: world)
        case .create: return usage
        }
    }

    /// What a request gets whose hastd has ended meanwhile.
    static let lost = Outcome.fails(
        69,
        "[ERROR] cannot receive reply from hastd via /var/run/hastctl:"
            + " Connection reset by peer."
    )

    /// hastd asks the worker of each of these, one after the other; whether that is its end.
    private static func deadlocks(_ names: ArraySlice<String>, _ world: inout World) -> Bool {
        for name in names {
            guard let index = world.hast.index(of: name), world.deadlocks(asking: index) else {
                continue
            }
            world.hast.isDeadlocked = true
            return true
        }
        return false
    }

    private enum Verb: String { case create, list, role, status }

    /// Writes new metadata without asking hastd: the copy counts as blank from then on.
    ///
    /// That a provider is refused which a worker has open is not verified; every manual has the
    /// role set to init before.
    private static func create(_ names: ArraySlice<String>, on world: inout World) -> Outcome {
        guard !names.isEmpty else { return usage }
        for name in names {
            guard let index = world.hast.index(of: name) else {
                return .fails(65, "[ERROR] Unknown resource \(name).")
            }
            guard world.hast.resources[index].worker == nil else {
                return .fails(
                    66, "[ERROR] Unable to open \(world.hast.resources[index].localPath).")
            }
            world.hast.resources[index].creations += 1
        }
        return .done
    }

    /// Changes roles one after the other; returns 0 once the worker is forked, whatever becomes of
    /// it. A demotion is never refused: the device goes away under whoever has it open.
    private static func role(_ operands: ArraySlice<String>, on world: inout World) -> Outcome {
        guard let word = operands.first, let role = HastResource.Role(rawValue: word),
            operands.count > 1
        else { return usage }
        let names = named(operands.dropFirst(), world)
        if role != .primary, deadlocks(together: names, &world) { return .blocked }
        var error: [UInt8] = []
        for name in names {
            guard let index = world.hast.index(of: name) else {
                error.put("[WARNING] [\(name)] Received error 1 from hastd.\n")
                continue
            }
            guard change(index, to: role, on: &world) else { return .blocked }
        }
        return .exits(Output(.exited(error.isEmpty ? 0 : 1), error: error))
    }

    /// While hastd waits for the end of one worker that reaches for a dead peer, the others ask it
    /// for connections, and it goes on to the next without answering (recorded on FreeBSD 13.2:
    /// `role secondary all` 3 of 3, `service hastd onestop` 2 of 7).
    static func deadlocks(together names: ArraySlice<String>, _ world: inout World) -> Bool {
        let reaching = names.count { name in
            world.hast.index(of: name).map(world.reachesForTheDead) ?? false
        }
        guard reaching > 1 else { return false }
        world.hast.isDeadlocked = true
        return true
    }

    /// Gives a resource its role; false while hastd waits in waitpid(2) for the old worker.
    static func change(
        _ index: Int,
        to role: HastResource.Role,
        on world: inout World
    ) -> Bool {
        let resource = world.hast.resources[index]
        if let awaited = world.hast.waitsFor, awaited != resource.name { return false }
        guard resource.role != role else { return world.hast.waitsFor == nil }
        guard !world.deadlocks(asking: index) else {
            world.hast.isDeadlocked = true
            return false
        }
        if resource.worker != nil && resource.workerIgnoresTerm {
            if world.hast.waitsFor == nil { world.hast.waitsFor = resource.name }
            return false
        }
        world.hast.waitsFor = nil
        world.tellOfDemotion(index)
        world.endWorker(index)
        world.hast.resources[index].role = role
        switch role {
        case .primary: world.startWorker(index)
        case .secondary where resource.peer == .primary && !world.isPaired:
            world.schedule(.peerConnects(resource.name), after: World.hastReconnect)
        case .secondary, .`init`: break
        }
        return true
    }

    static func named(_ operands: ArraySlice<String>, _ world: World) -> ArraySlice<String> {
        guard operands.isEmpty || operands.first == "all" else { return operands }
        return world.hast.resources.map(\.name)[...]
    }

    private static func show(
        _ operands: ArraySlice<String>,
        on world: World,
        _ row: (HastResource, inout [UInt8]) -> Void,
        unknown: (String, inout [UInt8]) -> Void
    ) -> Outcome {
        var output: [UInt8] = []
        output.reserveCapacity(512)
        var code: Int32 = 0
        for name in named(operands, world) {
            if let index = world.hast.index(of: name) {
                row(world.hast.resources[index], &output)
            } else {
                unknown(name, &output)
                code = 1
            }
        }
        return .exits(Output(.exited(code), output: output))
    }

    private static func unknownInList(_ name: String, _ output: inout [UInt8]) {
        output.put(name)
        output.put(":\n  error: 1\n")
    }

    /// A resource without a worker has no status, no worker, and sizes of 0.
    private static func list(_ resource: HastResource, _ output: inout [UInt8]) {
        output.put(resource.name)
        output.put(":\n  role: ")
        output.put(resource.role.rawValue)
        output.put("\n  provname: ")
        output.put(resource.name)
        output.put("\n  localpath: ")
        output.put(resource.localPath)
        output.put(sizes(resource))
        output.put(resource.remoteAddress)
        output.put("\n  replication: memsync\n")
        if let worker = resource.worker {
            output.put("  status: ")
            output.put(resource.status)
            output.put("\n  workerpid: ")
            output.put(String(worker))
            output.put("\n")
        }
        // How much it is nobody simulates.
        output.put(resource.isDirty ? "  dirty: 2097152 (2.0MB)\n" : "  dirty: 0 (0B)\n")
        output.put(statistics)
    }

    /// The worker tells the sizes, a primary's the one of `keepdirty` too (sbin/hastd/control.c).
    private static func sizes(_ resource: HastResource) -> String {
        guard resource.worker != nil else {
            return "\n  extentsize: 0 (0B)\n  keepdirty: 0\n  remoteaddr: "
        }
        return resource.role == .primary
            ? "\n  extentsize: 2097152 (2.0MB)\n  keepdirty: 64\n  remoteaddr: "
            : "\n  extentsize: 2097152 (2.0MB)\n  keepdirty: 0\n  remoteaddr: "
    }

    private static let statistics = """
          statistics:
            reads: 0
            writes: 0
            deletes: 0
            flushes: 0
            activemap updates: 0
            local errors: read: 0, write: 0, delete: 0, flush: 0
            queues: local: 0, send: 0, recv: 0, done: 0, idle: 255

        """

    private static func status(_ operands: ArraySlice<String>, on world: World) -> Outcome {
        let shown = show(operands, on: world) { resource, output in
            output.put(resource.name)
            output.put("\t")
            output.put(left: resource.status, 9)
            output.put(left: resource.role.rawValue, 15)
            output.put(resource.localPath)
            output.put("\t")
            output.put(resource.remoteAddress)
            output.put("\n")
        } unknown: { name, output in
            output.put("\(name)\tERR1\n")
        }
        guard case .exits(let rows) = shown, !rows.standardOutput.isEmpty else { return shown }
        let header = Array("Name\tStatus\t Role\t\tComponents\n".utf8)
        return .exits(Output(rows.status, output: header + rows.standardOutput))
    }

    private static let usage = Outcome.fails(
        64,
        "usage: hastctl create [-d] [-c config] [-e extentsize] [-k keepdirty]",
        "\t\t[-m mediasize] name ...",
        "       hastctl role [-d] [-c config] <init | primary | secondary> all | name ...",
        "       hastctl list [-d] [-c config] [all | name ...]",
        "       hastctl status [-d] [-c config] [all | name ...]",
        "       hastctl dump [-d] [-c config] [all | name ...]"
    )
}
