import Engine

/// The keys of an encrypted pool: of each file system and volume that has one of its own
/// (zfs-load-key(8), `encryptionroot`).
struct ZFSKeys {
    /// A file system or volume by whose key it and what inherits it are encrypted.
    struct Root {
        let name: Bytes
        /// `prompt`, `file://…` or `https://…`.
        let location: Bytes
        let isLoaded: Bool
        /// Whether anything that it encrypts is mounted.
        fileprivate(set) var isInUse: Bool

        /// Whether the key can be had without a person.
        var isAtHand: Bool { !location.equals("prompt") }
    }

    let roots: [Root]

    /// Reads `zfs list -H -o name,encryptionroot,keylocation,keystatus,mounted`; nil when the pool
    /// is not imported.
    init?(_ answers: Answers, of pool: String) throws(Unreadable) {
        let query = Query.command(.zfsKeys(pool))
        let output = try answers.output(of: query)
        guard output.succeeded else {
            let error = output.standardError
            if error.mentions("does not exist") || error.mentions("no such pool") { return nil }
            if output.lacksZFS { return nil }
            throw Unreadable(query, output)
        }
        let name = Array(pool.utf8)
        var roots: [Root] = []
        var places: [Bytes: Int] = [:]
        for line in ByteLines(output.standardOutput) {
            let columns = line.columns
            guard columns.count == 5, ZFSFileSystem.isName(columns[0], of: name),
                let isLoaded = Self.isLoaded(columns[3])
            else { throw Unreadable(query, output) }
            let isMounted = columns[4].equals("yes")
            if columns[0] == columns[1] {
                places[columns[0]] = roots.count
                roots.append(
                    Root(
                        name: columns[0], location: columns[2], isLoaded: isLoaded,
                        isInUse: isMounted))
            } else if isMounted, let place = places[columns[1]] {
                roots[place].isInUse = true
            }
        }
        guard !output.standardOutput.isEmpty else { throw Unreadable(query, output) }
        self.roots = roots
    }

    private static func isLoaded(_ status: Bytes) -> Bool? {
        switch status {
        case "available", "-", "none": true
        case "unavailable": false
        default: nil
        }
    }
}

extension ZFS {
    func keysLoaded(of pool: String, must: [String], isWhole: Bool) -> Probe {
        Probe([.command(.zfsKeys(pool))]) { answers throws(Unreadable) in
            guard let keys = try ZFSKeys(answers, of: pool) else {
                return .doesNot("pool \(pool) is not imported")
            }
            for name in must {
                guard let root = keys.roots.first(where: { $0.name.elementsEqual(name.utf8) })
                else { return .doesNot("\(name), whose key must be loaded, has none of its own") }
                if !root.isLoaded { return .doesNot("the key of \(name) is not loaded") }
            }
            let left = keys.roots.filter { isWhole && !$0.isLoaded && $0.isAtHand }
            return left.isEmpty ? .holds : .doesNot(Self.notLoaded(left))
        }
    }

    func keysUnloaded(of pool: String) -> Probe {
        Probe([.command(.zfsKeys(pool))]) { answers throws(Unreadable) in
            let keys = try ZFSKeys(answers, of: pool)
            let left = keys?.roots.filter(\.isToUnload) ?? []
            guard let first = left.first else { return .holds }
            return .doesNot("the key of \(first.name.text) is loaded")
        }
    }

    func loadKeys(of pool: String, _ seen: Answers) -> [Command] {
        let keys = try? ZFSKeys(seen, of: pool)
        return (keys?.roots ?? []).filter { !$0.isLoaded && $0.isAtHand }
            .map { .tool("zfs", "load-key", $0.name.operand) }
    }

    func unloadKeys(of pool: String, _ seen: Answers) -> [Command] {
        let keys = try? ZFSKeys(seen, of: pool)
        return (keys?.roots ?? []).reversed().filter(\.isToUnload)
            .map { .tool("zfs", "unload-key", $0.name.operand) }
    }

    func missingKeys(of pool: String, _ seen: Answers, said: [String]) -> [String] {
        guard let keys = try? ZFSKeys(seen, of: pool) else { return [] }
        let left = keys.roots.filter { !$0.isLoaded }
        let asking = left.filter { !$0.isAtHand }
        // Why one that was tried is not loaded was said.
        let untold = said.isEmpty ? left.filter(\.isAtHand) : []
        return
            (asking.isEmpty
            ? [] : [Self.notLoaded(asking) + ": keylocation=prompt asks a person (`zfs load-key`)"])
            + (untold.isEmpty ? [] : [Self.notLoaded(untold)])
    }

    private static func notLoaded(_ roots: [ZFSKeys.Root]) -> String {
        let shown = roots.prefix(3).map(\.name.text).joined(separator: ", ")
        let rest = roots.count - min(roots.count, 3)
        let what = roots.count > 1 ? "the keys of" : "the key of"
        return "\(what) \(shown)" + (rest > 0 ? " and \(rest) more" : "")
            + (roots.count > 1 ? " are not loaded" : " is not loaded")
    }
}

extension ZFSKeys.Root {
    /// Whether it is to be unloaded where keys are given up.
    fileprivate var isToUnload: Bool { isLoaded && isAtHand && !isInUse }
}
