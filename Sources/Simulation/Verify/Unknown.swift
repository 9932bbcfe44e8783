public import Engine

/// Something that plans rely on and the simulation does not know, and what is made of it.
public struct Unknown: Sendable {
    /// What is made of it.
    public enum Use: Sendable, Equatable {
        /// It is taken for granted, and how.
        case granted(String)
        /// Nothing can be said of plans that rely on it, and why.
        case refused(String)
    }

    /// What it is: ``the command `announce up` ``.
    public let what: String
    /// What is made of it.
    public let use: Use
    /// The plan that relies on it; nil where `signals.yaml` does.
    public let direction: Plan.Direction?
    /// Where, if it is a step's.
    public let span: Span?

    /// Whether nothing can be said of plans that rely on it.
    public var isRefused: Bool { if case .refused = use { true } else { false } }
}

/// Looks through both plans of a pair for what the simulation does not know, and puts something in
/// the place of it where that makes sense: a tool succeeds, a service starts and stops, a condition
/// holds.
struct Census {
    private(set) var unknowns: [Unknown] = []
    /// The pair with what stands in for the unknown.
    private(set) var pair: Pair
    private var place: (direction: Plan.Direction?, span: Span?) = (nil, nil)
    private var host: SimulatedHost

    init(_ pair: Pair, _ rules: Signals.Pair, _ plans: [(Plan.Direction, Plan)]) {
        self.pair = pair
        host = SimulatedHost(.pair(pair, .serving))
        for condition in rules.acquire.onlyIf { take(condition) }
        for (direction, plan) in plans {
            place = (direction, nil)
            for condition in plan.require { take(condition) }
            let roots = [plan.steps, plan.ifFailed].compactMap(\.self)
            for id in roots.flatMap({ plan.nodes(from: $0) }) {
                place = (direction, plan[id].span)
                take(plan[id])
            }
        }
    }

    private mutating func take(_ node: PlanNode) {
        for condition in ([node.when].compactMap(\.self) + node.guards) { take(condition) }
        guard case .step(let step) = node.kind else { return }
        take(step.step)
        if case .step(let inverse) = step.inverse { take(inverse) }
    }

    private mutating func take(_ step: any Step) {
        for command in step.apply(.none) {
            guard case .tool(let argv) = command.action else { continue }
            take(argv, line: command.line)
        }
        if case .condition(let goal) = step.goal { take(goal) }
    }

    private mutating func note(_ what: String, _ use: Unknown.Use) {
        guard !unknowns.contains(where: { $0.what == what && $0.use == use }) else { return }
        let (direction, span) = place
        unknowns.append(Unknown(what: what, use: use, direction: direction, span: span))
    }
}

// MARK: - Commands

extension Census {
    private mutating func take(_ argv: [String], line: String) {
        if case .missing = host.world.tool(for: argv) {
            note("the command `\(line)`", .granted("it succeeds, and changes nothing"))
            add { $0.tools.append(UserTool(argv)) }
        } else {
            checkNames(argv)
        }
    }

    /// What a tool that is known is asked about must be known, too.
    private mutating func checkNames(_ argv: [String]) {
        switch argv.first {
        case "hastctl":
            let known = pair.disks
            let names = argv.dropFirst(argv.dropFirst().first == "role" ? 3 : 2)
            for name in names where name != "all" && !known.contains(name) {
                refuse("the HAST resource \(name)", "the simulated pair has \(listed(known))")
            }
        case "drbdadm", "drbdsetup":
            guard let name = argv.last, argv.count > 2, !pair.disks.contains(name) else { return }
            refuse("the DRBD resource \(name)", "the simulated pair has \(listed(pair.disks))")
        case "zpool", "zfs":
            checkDevices(argv)
            guard let name = argv.last, argv.count > 2, !name.hasPrefix("-") else { return }
            let pool = name.split(separator: "/").first.map(String.init) ?? name
            guard pool != pair.pool else { return }
            refuse("the pool \(pool)", "the simulated pair has \(pair.pool)")
        case "ifconfig":
            guard argv.count > 1 else { return }
            checkInterface(argv[1])
        case "ip":
            guard let dev = argv.firstIndex(of: "dev"), argv.indices.contains(dev + 1) else {
                return
            }
            checkInterface(argv[dev + 1])
        case "service":
            if argv.count > 1 { checkService(host.world.serviceName(argv)) }
        case "systemctl":
            let suffix = ".service"
            guard let unit = argv.last, argv.count > 2, unit.hasSuffix(suffix) else { return }
            checkService(String(unit.dropLast(suffix.count)))
        default: return
        }
    }

    private mutating func checkInterface(_ name: String) {
        guard name != pair.interface else { return }
        refuse("the interface \(name)", "the simulated pair has \(pair.interface)")
    }

    private mutating func checkService(_ name: String) {
        guard host.world.serviceIndex(name) == nil else { return }
        let use = "it starts and stops when it is told to, and serves nothing"
        note("the service \(name)", .granted(use))
        add { $0.services.append(name) }
    }

    /// The pool must lie on the replicated disks, and on nothing else.
    private mutating func checkDevices(_ argv: [String]) {
        guard argv.count > 1, argv[1] == "import" else { return }
        let known = host.world.pools.flatMap(\.devices)
        for (flag, device) in zip(argv, argv.dropFirst()) where flag == "-d" {
            let isKnown = known.contains { host.world.names(of: $0).contains(device) }
            guard !isKnown, !known.contains(where: { $0.hasPrefix(device + "/") }) else { continue }
            refuse(
                "the device \(device)",
                "it belongs to none of the replicated disks, which are \(listed(known))")
        }
    }

    private mutating func refuse(_ what: String, _ why: String) { note(what, .refused(why)) }

    /// Something stands in for what is not known; the next look finds it.
    private mutating func add(_ change: (inout Pair) -> Void) {
        change(&pair)
        host = SimulatedHost(.pair(pair, .serving))
    }
}

// MARK: - Conditions

extension Census {
    private mutating func take(_ condition: any Condition) {
        for query in condition.queries {
            if case .command(let look) = query { checkNames(look.argv) }
        }
        let queries = condition.queries.filter(isUnknown)
        guard !queries.isEmpty else { return }
        for query in queries {
            for stand in stands(for: query) where holds(condition, with: stand, for: query) {
                note("whether \(condition.summary)", .granted("it always is so, on both nodes"))
                return add { stand.join(&$0) }
            }
        }
        refuse(
            "whether \(condition.summary)",
            "nothing that the simulation could put in its place makes it hold")
    }

    private func isUnknown(_ query: Query) -> Bool {
        switch query {
        case .userCommand(let look):
            if case .missing = host.world.tool(for: look.argv) { true } else { false }
        case .path(let path), .text(let path):
            !host.world.plays(path) && !pair.files.contains { $0.path == path }
        case .command, .processes, .port: false
        }
    }

    /// What could be put in the place of what a look asks for.
    private enum Stand {
        case nothing
        case tool(UserTool)
        case file(FileEntry)

        func join(_ pair: inout Pair) {
            switch self {
            case .nothing: break
            case .tool(let tool): pair.tools.append(tool)
            case .file(let entry): pair.files.append(entry)
            }
        }
    }

    private func stands(for query: Query) -> [Stand] {
        switch query {
        case .userCommand(let look):
            [.tool(UserTool(look.argv)), .tool(UserTool(look.argv, exit: 1))]
        case .path(let path):
            [.nothing, .file(FileEntry(path)), .file(FileEntry(path, .folder))]
        case .text(let path): [.nothing, .file(FileEntry(path))]
        case .command, .processes, .port: []
        }
    }

    /// Whether it holds with this in the place of one of its queries, which are all asked anew.
    private func holds(_ condition: any Condition, with stand: Stand, for query: Query) -> Bool {
        var pair = pair
        stand.join(&pair)
        var host = SimulatedHost(.pair(pair, .serving))
        return host.see(condition) == .holds
    }
}
