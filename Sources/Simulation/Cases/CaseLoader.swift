import Engine

/// Loads one case and the files that it names, and notes every fault of them.
struct CaseLoader {
    typealias LoadPlan = (String, [(name: String, text: String)]) -> PlanLoader.Loaded
    /// The pairs for which the plan at a path runs; nil where signals.yaml is at fault.
    typealias Running = (String) -> [Signals.Pair]?

    let path: String
    /// Whether a case must say what is expected.
    let isExpecting: Bool
    private(set) var sources: [SourceText] = []
    var diagnostics = Diagnostics()

    init(path: String, isExpecting: Bool) {
        self.path = path
        self.isExpecting = isExpecting
    }

    mutating func load(
        _ loadPlan: LoadPlan, running: Running, reading read: PlanLoader.Read
    ) -> TestCase? {
        guard let node = open(path, at: nil, "the case", read) else { return nil }
        var reader = WorldReader(Pair(), diagnostics: Diagnostics())
        if reportsOther(node) { return nil }
        let empty = Node(.map([]), span: node.span)
        let file = reader.section(node.isNull ? empty : node, "a case", keys: CaseFile.keys)
        guard let file else {
            report(reader.diagnostics.all)
            return nil
        }
        let description = reader.text(file, "description")
        let own = reader.settings(file)
        let pair = reader.text(file, "pair")
        let pairs: [Signals.Pair]? =
            file["plan"]?.text.map { running(PlanPath.path(of: $0, beside: path)) } ?? []
        let settings =
            pairSettings(file, pair, pairs, read).filter { setting in
                !own.contains { $0.name == setting.name }
            } + own
        let seed = reader.integer(file, "seed", in: 0...Int.max)
        report(reader.diagnostics.all)
        let loaded = loaded(file, settings, loadPlan)
        reportNoPair(file, pairs ?? [], loaded)
        let plan = loaded?.plan
        // Without the plan its world is not known; what can be read without is read all the same.
        var world = world(file, plan, loaded?.site ?? Site(), read)
        if let seed { world?.latencies.seed = UInt64(seed) }
        reader = WorldReader(
            in: world ?? World.pair(Pair(), .takingOver), diagnostics: Diagnostics())
        var troubles = Troubles()
        for item in reader.items(file, "faults") { troubles.addFault(item, &reader) }
        for item in reader.items(file, "later") { troubles.addHappening(item, &reader) }
        let expectation = reader.expectation(file)
        if isExpecting, file["expect"] == nil { reportNothingExpected(file) }
        let faults = reader.diagnostics.all
        report(world == nil ? faults.filter { $0.code != "unknown-name" } : faults)
        guard let plan, var world else { return nil }
        troubles.strike(&world)
        return TestCase(
            path: path, description: description, plan: plan, world: world, troubles: troubles,
            expectation: expectation)
    }

    private mutating func reportNothingExpected(_ file: Section) {
        diagnostics.report(
            Diagnostic(
                code: "missing-key", "a case lacks `expect`", at: file.span.beginning,
                note: "it would pass whatever happens",
                help: "`failover test --record \(path)` prints what happens now, to be read and"
                    + " put in"))
    }

    private mutating func report(_ found: [Diagnostic]) {
        for diagnostic in found { diagnostics.report(diagnostic) }
    }

    /// Whether the file is a plan, a world or a site, which is told in one sentence.
    private mutating func reportsOther(_ node: Node) -> Bool {
        let keys = (node.entries ?? []).map(\.key)
        guard !keys.isEmpty, !keys.contains("expect") else { return false }
        let other: String
        if keys.contains("steps") {
            other = "a plan; a case names it under `plan`"
        } else if keys.contains("plan") {
            return false
        } else if keys.allSatisfy({ WorldReader.keys.contains($0) }),
            !keys.allSatisfy({ CaseFile.keys.contains($0) })
        {
            other = "a world; a case names it, or holds it, under `world`"
        } else if keys.allSatisfy({ Site.keys.contains($0) }) {
            other = "a site; it stands beside the plan that a case names"
        } else {
            return false
        }
        diagnostics.report(
            Diagnostic(
                code: "not-a-case", "no case: this is \(other)", at: node.span.beginning,
                note: "a case has the keys `plan` and `expect`"))
        return true
    }

    /// Reads a file that must be there.
    private mutating func open(
        _ path: String, at span: Span?, _ what: String, _ read: PlanLoader.Read
    ) -> Node? {
        switch read(path) {
        case .success(let bytes):
            let text = SourceText(name: path, bytes: bytes)
            sources.append(text)
            return YAML.read(text, source: sources.count - 1, &diagnostics)
        case .failure(let fault):
            diagnostics.report(Diagnostic(code: "unreadable", "\(path) \(fault.why)", at: span))
        case nil:
            diagnostics.report(
                Diagnostic(
                    code: "no-such-file", "\(what) \(path) does not exist", at: span,
                    help: "check the name and the folder"))
        }
        return nil
    }
}

// MARK: - What a case names

extension CaseLoader {
    private mutating func loaded(
        _ file: Section, _ settings: [(name: String, text: String)], _ load: LoadPlan
    ) -> PlanLoader.Loaded? {
        guard let node = file["plan"] else {
            diagnostics.report(
                Diagnostic(
                    code: "missing-key", "a case lacks `plan`", at: file.span.beginning,
                    help: "write the plan's file, from this folder: `plan: ../become-master.yaml`"))
            return nil
        }
        guard let name = node.text, !node.isNull else {
            diagnostics.report(
                Diagnostic(
                    code: "wrong-type",
                    "`plan` of a case is \(node.kindName) and should be the plan's file",
                    at: node.span.beginning))
            return nil
        }
        let loaded = load(PlanPath.path(of: name, beside: path), settings)
        let offset = sources.count
        sources += loaded.sources
        for diagnostic in loaded.diagnostics {
            let span = diagnostic.span.map { $0.moved(by: offset) }
            diagnostics.report(diagnostic.at(span ?? place(of: diagnostic, file) ?? node.span))
        }
        return loaded
    }

    /// What the pair settles that the case names, or that alone runs its plan: the case's own
    /// settings win over it.
    private mutating func pairSettings(
        _ file: Section, _ name: String?, _ pairs: [Signals.Pair]?, _ read: PlanLoader.Read
    ) -> [(name: String, text: String)] {
        guard let plan = file["plan"]?.text.map({ PlanPath.path(of: $0, beside: path) }) else {
            return []
        }
        guard let node = file["pair"] else {
            guard let pairs, pairs.count == 1 else { return [] }
            return pairs[0].settings(of: plan, read: read)
        }
        // What it is instead of a name is told.
        guard let name else { return [] }
        if let pair = pairs?.first(where: { $0.name == name }) {
            return pair.settings(of: plan, read: read)
        }
        diagnostics.report(Self.unknown(name, at: node.span.beginning, pairs, plan))
        return []
    }

    /// That no pair of the name a case gives is known to run the plan, and why.
    private static func unknown(
        _ name: String, at span: Span, _ pairs: [Signals.Pair]?, _ plan: String
    ) -> Diagnostic {
        guard let pairs else {
            let file = PlanPath.path(of: Signals.fileName, beside: plan)
            return Diagnostic(
                code: "unknown-pair", "what the pair `\(name)` settles cannot be read", at: span,
                note: "\(file) is at fault",
                help: "mend it; `failover validate \(shellQuoted(file))` tells what is wrong")
        }
        return Diagnostic(
            code: "unknown-pair", "no pair `\(name)` runs the plan of the case", at: span,
            note: pairs.isEmpty
                ? "no signals.yaml beside the plan names it"
                : "the pairs of signals.yaml that do are \(listed(pairs.map(\.name)))")
    }

    /// That a plan lacks what each of several pairs settles, and the case names none of them.
    private mutating func reportNoPair(
        _ file: Section, _ pairs: [Signals.Pair], _ loaded: PlanLoader.Loaded?
    ) {
        guard file["pair"] == nil, pairs.count > 1,
            loaded?.diagnostics.contains(where: { $0.code == "missing-value" }) == true
        else { return }
        diagnostics.report(
            Diagnostic(
                code: "missing-key", "the case lacks `pair`", at: file.span.beginning,
                note: "its plan runs for the pairs \(listed(pairs.map(\.name))), of which each"
                    + " settles parameters under `set:` of signals.yaml",
                help: "write `pair: \(pairs[0].name)`"))
    }

    /// Where a case says what a plan cannot do with: a setting, if the fault names one.
    private func place(of diagnostic: Diagnostic, _ file: Section) -> Span? {
        let entry = file["set"]?.entries?.first { diagnostic.message.contains("`\($0.key)`") }
        return entry?.keySpan
    }

    private mutating func world(
        _ file: Section, _ plan: Plan?, _ site: Site, _ read: PlanLoader.Read
    ) -> World? {
        let pair = plan.map { Pair(asServedBy: $0) } ?? Pair()
        guard let node = file["world"], !node.isNull else {
            return World.pair(pair, Standing(for: plan?.direction))
        }
        var tree: Node? = node
        if let name = node.text {
            tree = open(PlanPath.path(of: name, beside: path), at: node.span, "the world", read)
        }
        guard let tree else { return nil }
        var found = Diagnostics()
        let world = WorldFile.read(tree, for: plan, of: site, &found)
        // Names that only the plan could tell are not missed without it.
        report(plan == nil ? found.all.filter { $0.code != "unknown-name" } : found.all)
        return plan == nil ? nil : world
    }
}

extension Span {
    /// Its first character, for what is missing from something that spans many lines.
    var beginning: Span {
        if line == endLine { return self }
        return Span(
            source: source, line: line, column: column, endLine: line, endColumn: column + 1)
    }

    fileprivate func moved(by offset: Int) -> Span {
        Span(
            source: source + offset, line: line, column: column, endLine: endLine,
            endColumn: endColumn)
    }
}

extension Diagnostic {
    fileprivate func at(_ span: Span) -> Diagnostic {
        Diagnostic(severity, code: code, message, at: span, note: note, help: help)
    }
}
