import Engine

/// The parts of a case that are read as those of a world are.
extension WorldReader {
    /// What `expect` may say.
    static let keysOfExpectations = [
        "ending", "reason", "sequence", "exactly", "undone", "never", "within", "after",
        "warnings", "left", "next", "damage",
    ]
    /// What `after` of `expect` may say.
    static let keysOfAftermaths = ["roles", "pool", "services", "address"]

    /// The settings of the plan, each as `--set` takes it.
    mutating func settings(_ file: Section) -> [(name: String, text: String)] {
        guard let node = file["set"], !node.isNull else { return [] }
        guard let entries = node.entries else {
            wrongType("`set` of a case is \(node.kindName) and should be a map", at: node.span)
            return []
        }
        return entries.compactMap { entry in
            guard let items = entry.value.items else {
                return text(entry.value, "`\(entry.key)` of `set`").map { (entry.key, $0) }
            }
            let texts = items.compactMap { text($0, "an item of `\(entry.key)`") }
            let unfit = texts.contains { $0.isEmpty || $0.contains { ",[]'\"".contains($0) } }
            if unfit {
                badValue(
                    "an item of `\(entry.key)` holds a comma, a bracket or a quote, or is empty",
                    at: entry.value.span,
                    help: "settle it in site.yaml beside the plan")
            }
            return (entry.key, texts.joined(separator: ","))
        }
    }

    /// What is expected; nil when nothing is, or something is at fault.
    mutating func expectation(_ file: Section) -> Expectation? {
        guard let node = file["expect"] else { return nil }
        let empty = Node(.map([]), span: node.span)
        let keys = Self.keysOfExpectations
        let section = section(node.isNull ? empty : node, "`expect`", keys: keys)
        guard let section else { return nil }
        let ending: Ending.Kind? = choice(section, "ending")
        var expectation = Expectation(ending ?? .done)
        if section["ending"] == nil {
            let kinds = Ending.Kind.allCases.map(\.rawValue)
            missing("ending", of: section, help: "write one of \(listed(kinds))")
        }
        expectation.reason = text(section, "reason")
        expectation.sequence = commands(section, "sequence")
        expectation.isExact = boolean(section, "exactly") ?? false
        if section["exactly"] != nil, section["sequence"] == nil {
            missing("sequence", of: section, help: "`exactly` is said of the commands in it")
        }
        expectation.undone = commands(section, "undone")
        expectation.never = commands(section, "never") ?? []
        expectation.within = duration(section, "within")
        expectation.warnings = texts(section, "warnings")
        expectation.left = texts(section, "left")
        expectation.next = text(section, "next")
        expectation.damage = texts(section, "damage") ?? []
        if let node = section["after"] { expectation.after = aftermath(node) }
        return expectation
    }

    /// Commands or steps, each by words of it; none when nothing stands there.
    private mutating func commands(_ section: Section, _ key: String) -> [[String]]? {
        guard section[key] != nil else { return nil }
        return items(section, key).compactMap { words($0, "an item of `\(key)`") }
    }

    private mutating func aftermath(_ node: Node) -> Aftermath {
        var after = Aftermath()
        let section = section(node, "`after` of `expect`", keys: Self.keysOfAftermaths)
        guard let section else { return after }
        let disks = world.roles.map(\.name)
        after.roles = states(section, "roles", of: disks, "resource", all: true)
            .map { ($0.name, $0.word) }
        let pools = world.pools.map(\.name)
        after.pools = states(
            section, "pool", of: pools, "pool", all: true
        )
        .map { ($0.name, $0.word) }
        let services = world.services.map(\.name)
        after.services = states(section, "services", of: services, "service", all: false)
            .map { ($0.name, $0.word) }
        after.address = choice(section, "address")
        return after
    }

    /// A word for each name, or one word for all of them.
    private mutating func states<Word>(
        _ section: Section, _ key: String, of names: [String], _ what: String, all: Bool
    ) -> [(name: String, word: Word)] where Word: RawRepresentable<String> & CaseIterable {
        guard let node = section[key] else { return [] }
        guard let entries = node.entries else {
            guard all else {
                wrongType(
                    "`\(key)` of `after` is \(node.kindName) and should be a map: `ctld: running`",
                    at: node.span)
                return []
            }
            let word: Word? = choice(node, "`\(key)` of `after`")
            return word.map { word in names.map { ($0, word) } } ?? []
        }
        return entries.compactMap { entry in
            let name = known(entry.key, names, what, at: entry.keySpan)
            let word: Word? = choice(entry.value, "`\(entry.key)` of `\(key)`")
            return word.map { (name, $0) }
        }
    }
}
