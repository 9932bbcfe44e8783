import Engine

extension WorldReader {
    /// What can happen by itself.
    static let happenings =
        [
            "worker-dies", "peer-releases", "peer-takes", "peer-dies", "peer-exports", "carp",
            "suspends", "resumes", "holds", "lets-go", "service-starts", "service-dies", "creates",
            "removes", "process-begins", "process-ends", "hangs", "answers", "signal", "interrupt",
            "keepalived",
        ] + DrbdEvent.allCases.map(\.rawValue)

    static let keysOfFaults = ["command", "nth", "does", "after", "exit", "says", "then"]

    /// A fault: a map, or a line such as `zpool import: fails-after`.
    mutating func fault(_ node: Node) -> Fault? {
        var map = node
        switch faultLine(node) {
        case .noLine: break
        case .atFault: return nil
        case .map(let line): map = line
        }
        guard let section = section(map, "a fault", keys: Self.keysOfFaults) else { return nil }
        let command = command(section)
        let does: Fault.Does? = choice(section, "does", note: Fault.Does.explained)
        var fault = Fault(command ?? [], does: does ?? .succeeds)
        fault.nth = integer(section, "nth", in: 1...10_000)
        if let exit = integer(section, "exit", in: 0...255) { fault.exit = Int32(exit) }
        if let says = text(section, "says") { fault.says = says }
        if let after = duration(section, "after") { fault.after = after }
        for item in items(section, "then") { fault.then += later(item) }
        if section["does"] == nil && section["then"] == nil {
            missing(
                "does",
                of: section,
                help: "write one of \(listed(Fault.Does.allCases.map(\.rawValue)))"
            )
        }
        if let does, does.isDelayed, section["after"] == nil {
            missing(
                "after", of: section,
                help: "say when the effect comes: `after: 20s`, or in a line"
                    + " `\(does.rawValue) after 20s`")
        }
        check(section, does)
        return command == nil ? nil : fault
    }

    /// Reports what would be read and count for nothing.
    private mutating func check(_ section: Section, _ does: Fault.Does?) {
        guard let does else { return }
        if let node = section["after"], !does.isDelayed {
            badValue(
                "`after` is for what comes later, and this fault `\(does.rawValue)`", at: node.span,
                help: "leave it out, or write `late` if the effect comes after that time")
        }
        if let node = section["exit"], does != .failsBefore, does != .failsAfter, does != .leaves {
            badValue(
                "`exit` is for a failure, and this fault `\(does.rawValue)`", at: node.span,
                help: "leave it out, or write `fails-before`, `fails-after` or `leaves`")
        }
    }

    /// A happening with its time, a map or a line such as `peer-dies after 3s`; one that names all
    /// disks is one for each.
    mutating func later(_ node: Node) -> [Later] {
        var map = node
        switch happeningLine(node) {
        case .noLine: break
        case .atFault: return []
        case .map(let line): map = line
        }
        let after = map["after"].flatMap { duration($0, "`after` of a happening") }
        return changes(map, "a happening", besides: ["after"]).map {
            Later(after: after ?? .zero, $0)
        }
    }

    /// The change that a map of one happening tells of.
    mutating func changes(_ node: Node, _ what: String, besides keys: [String]) -> [Change] {
        guard let section = section(node, what, keys: keys + Self.happenings) else { return [] }
        let named = section.entries.filter { Self.happenings.contains($0.key) }
        guard let entry = named.first, named.count == 1 else {
            diagnostics.report(
                Diagnostic(
                    code: "wrong-type",
                    "\(what) names \(named.count) things that happen, not one",
                    at: section.span,
                    note: "what can happen is \(listed(Self.happenings))"
                )
            )
            return []
        }
        switch entry.key {
        case "peer-dies": return [.peerDies]
        case "interrupt": return [.interrupt]
        case "carp": return carp(entry.value)
        case "keepalived": return keepalived(entry.value)
        case "holds": return holds(entry.value)
        case "creates": return creates(entry.value)
        case "hangs": return words(entry.value, "`hangs`").map { [.hangs($0)] } ?? []
        case "answers": return words(entry.value, "`answers`").map { [.answers($0)] } ?? []
        default:
            guard let name = text(entry.value, "`\(entry.key)` of \(what)") else { return [] }
            return changes(entry.key, name, at: entry.value.span)
        }
    }

    private mutating func changes(_ happening: String, _ name: String, at span: Span) -> [Change] {
        switch happening {
        case "worker-dies": return disks(name, at: span).map { .workerDies($0) }
        case "peer-releases": return disks(name, at: span).map { .peerReleases($0) }
        case "peer-takes": return disks(name, at: span).map { .peerTakes($0) }
        case "peer-exports": return [.peerExports(known(name, pools, "pool", at: span))]
        case "suspends": return [.suspends(known(name, pools, "pool", at: span))]
        case "resumes": return [.resumes(known(name, pools, "pool", at: span))]
        case "lets-go": return [.lets(known(name, pools, "pool", at: span))]
        case "service-starts": return [.serviceStarts(known(name, services, "service", at: span))]
        case "service-dies": return [.serviceDies(known(name, services, "service", at: span))]
        case "removes": return [.removes(name)]
        case "process-begins": return [.processBegins(name)]
        case "process-ends": return [.processEnds(name)]
        case "signal": return [.signal(name)]
        default:
            guard let event = DrbdEvent(rawValue: happening) else {
                preconditionFailure("a happening of the list is not read")
            }
            return disks(name, at: span).map { .drbd(event, $0) }
        }
    }

    private var pools: [String] { world.pools.map(\.name) }
    private var services: [String] { world.services.map(\.name) }

    /// The disks that a name means: `all`, or one.
    private mutating func disks(_ name: String, at span: Span) -> [String] {
        let disks = world.roles.map(\.name)
        return name == "all" ? disks : [known(name, disks, "resource", at: span)]
    }

    /// Reports a name that the world does not know.
    mutating func known(
        _ name: String,
        _ names: [String],
        _ what: String,
        at span: Span
    ) -> String {
        guard !names.contains(name) else { return name }
        diagnostics.report(
            Diagnostic(
                code: "unknown-name",
                "the world has no \(what) `\(name)`",
                at: span,
                note: "it has \(listed(names))",
                help: suggestion(for: name, among: names).map { "did you mean `\($0)`?" }
            )
        )
        return name
    }

    /// A state of the pair's own virtual host, or of another one.
    private mutating func carp(_ node: Node) -> [Change] {
        guard node.entries != nil else {
            let word: CarpWord? = choice(node, "`carp`")
            return word.map { [.carp(pair.interface, vhid: pair.vhid, $0.state)] } ?? []
        }
        guard let section = section(node, "`carp`", keys: ["interface", "vhid", "state"]) else {
            return []
        }
        let interface = text(section, "interface") ?? pair.interface
        let vhid = integer(section, "vhid", in: 1...255) ?? pair.vhid
        guard let word: CarpWord = choice(section, "state") else {
            missing("state", of: section, help: "write `state: backup`")
            return []
        }
        return [.carp(interface, vhid: vhid, word.state)]
    }

    private mutating func holds(_ node: Node) -> [Change] {
        guard node.entries != nil else {
            guard let pool = text(node, "`holds`") else { return [] }
            return [
                .holds(known(pool, pools, "pool", at: node.span), Pool.Holder("someone", .files))
            ]
        }
        guard let section = section(node, "`holds`", keys: ["pool", "name", "kind"]) else {
            return []
        }
        let pool = text(section, "pool") ?? pair.pool
        let kind: Pool.Holder.Kind = choice(section, "kind") ?? .files
        return [.holds(pool, Pool.Holder(text(section, "name") ?? "someone", kind))]
    }

    private mutating func creates(_ node: Node) -> [Change] {
        guard node.entries != nil else {
            return text(node, "`creates`").map { [.creates(FileEntry($0))] } ?? []
        }
        guard let section = section(node, "`creates`", keys: ["path", "kind", "text"]) else {
            return []
        }
        let kind: PathWord = choice(section, "kind") ?? .file
        let bytes = Array((text(section, "text") ?? "").utf8)
        guard let path = text(section, "path") else {
            missing("path", of: section, help: "write `path: /var/run/flag`")
            return []
        }
        return [.creates(FileEntry(path, kind.kind, bytes: bytes))]
    }
}

/// What can be created, in a world file's words.
private enum PathWord: String, CaseIterable {
    case file, folder, device

    var kind: PathKind {
        switch self {
        case .file: .file
        case .folder: .folder
        case .device: .characterDevice
        }
    }
}
