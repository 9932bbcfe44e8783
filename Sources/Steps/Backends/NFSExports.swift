import Engine

/// What an NFS server must export before it counts as started.
struct NFSExports: Hashable, Sendable {
    /// The folders, where the plan names them; nil for those of the pools.
    let named: [String]?
    /// The pools whose exports count: those with `sharenfs`, and those of /etc/exports that lie
    /// below their mount points.
    var pools: [String] = []

    /// Folders are named as the server tells them (`PlanPath.plain`).
    init(named: [String]? = nil, pools: [String] = []) {
        self.named = named?.map(PlanPath.plain)
        self.pools = pools
    }

    static let file = "/etc/exports"

    /// Whether they are a part of what the server serves, and not the server itself.
    var isPart: Bool { named?.isEmpty == false }

    /// Those that the plan names.
    var names: [[UInt8]] { (named ?? []).map { Array($0.utf8) } }

    /// The same for a person.
    var text: String { Reach.named(named ?? []) }

    /// What of the host they are.
    var reaches: [Reach] {
        guard let named, isPart else { return [.nfs] }
        return named.map { Reach("export \($0)", of: Reach.nfs.thing) }
    }

    /// What is looked at to know the exports that are wanted.
    var queries: [Query] {
        guard named == nil, !pools.isEmpty else { return [] }
        return pools.map { .command(.zfsShares($0)) } + [.text(Self.file)]
    }

    /// Hands what has `sharenfs` to the server once more, where anything has: whoever mounted it
    /// may not have come to that. `zfs-mount` does it first.
    func share(_ seen: Answers) -> [Command] {
        let isAny = pools.contains { pool in
            let query = Query.command(.zfsShares(pool))
            guard let output = try? seen.output(of: query),
                let shares = try? ZFSShare.read(output, of: pool, asked: query)
            else { return false }
            return shares.contains { $0.isMounted && $0.isShared }
        }
        return isAny ? [Self.sharing] : []
    }

    static let sharing = Command.tool("zfs", "share", "-a")

    /// What is wanted; nil for anything at all, where no pool is known.
    func wanted(_ answers: Answers) throws(Unreadable) -> Wanted? {
        if let named { return Wanted(paths: named.map { Array($0.utf8) }, within: []) }
        guard !pools.isEmpty else { return nil }
        var wanted = Wanted(paths: [], within: [])
        var unmounted: [[UInt8]] = []
        for pool in pools {
            let query = Query.command(.zfsShares(pool))
            guard let shares = try ZFSShare.read(answers.output(of: query), of: pool, asked: query)
            else {
                wanted.missingPool = pool
                return wanted
            }
            for share in shares {
                guard share.isMounted else {
                    unmounted.append(share.mountpoint)
                    continue
                }
                wanted.within.append(share.mountpoint)
                if share.isShared { wanted.paths.append(share.mountpoint) }
            }
        }
        let places = Set(wanted.within)
        let gaps = Set(unmounted)
        for path in ExportsFile.paths(try answers.text(of: Self.file) ?? []) {
            switch path.nearest(in: places, gaps) {
            case .mounted: wanted.paths.append(path)
            case .unmounted: wanted.beneath.append(path)
            case .neither: break
            }
        }
        return wanted
    }

    /// The exports that are wanted.
    struct Wanted {
        /// Each of these folders.
        var paths: [[UInt8]]
        /// Where there are none, anything at or below one of these.
        var within: [[UInt8]]
        /// Folders of /etc/exports whose file system is not mounted.
        var beneath: [[UInt8]] = []
        /// A pool that is not imported.
        var missingPool: String?

        /// What is not exported of it, in words; nil when nothing is lacking.
        func lack(among exported: [[UInt8]]) -> String? {
            if let missingPool { return "pool \(missingPool) is not imported" }
            if paths.isEmpty {
                guard !within.isEmpty else { return nil }
                let places = Set(within)
                let isAny = exported.contains { $0.nearest(in: places, []) == .mounted }
                return isAny ? nil : "nothing of the pool is exported"
            }
            let there = Set(exported)
            let missing = paths.filter { !there.contains($0) }
            guard let first = missing.first else { return nil }
            return first[...].text
                + (missing.count > 1 ? " and \(missing.count - 1) more are" : " is")
                + " not exported"
        }
    }
}

/// One file system in `zfs list -H -o name,canmount,mountpoint,mounted,sharenfs`.
struct ZFSShare {
    let mountpoint: [UInt8]
    let isMounted: Bool
    let isShared: Bool

    /// Those with a mount point of their own; nil when the pool is not imported.
    static func read(
        _ output: Output, of pool: String, asked query: Query
    ) throws(Unreadable) -> [ZFSShare]? {
        guard output.succeeded else {
            let error = output.standardError
            if error.mentions("does not exist") || error.mentions("no such pool") { return nil }
            if output.lacksZFS { return nil }
            throw Unreadable(query, output)
        }
        var shares: [ZFSShare] = []
        let name = Array(pool.utf8)
        for line in ByteLines(output.standardOutput) {
            let columns = line.columns
            guard columns.count == 5, ZFSFileSystem.isName(columns[0], of: name) else {
                throw Unreadable(query, output)
            }
            // What is never mounted hides nothing.
            guard columns[2].first == UInt8(ascii: "/"),
                columns[3].equals("yes") || columns[1].equals("on")
            else { continue }
            shares.append(
                ZFSShare(
                    mountpoint: Array(columns[2]), isMounted: columns[3].equals("yes"),
                    isShared: !columns[4].equals("off") && !columns[4].equals("-")))
        }
        guard !output.standardOutput.isEmpty else { throw Unreadable(query, output) }
        return shares
    }
}

/// exports(5): of FreeBSD, whose lines hold several folders and then options, and of Linux, whose
/// lines hold one and then its clients.
enum ExportsFile {
    /// The folders that it names.
    static func paths(_ text: [UInt8]) -> [[UInt8]] {
        var paths: [[UInt8]] = []
        for line in joined(text) {
            for word in words(line) {
                guard word.first == UInt8(ascii: "/") else { break }
                paths.append(unescaped(word))
            }
        }
        return paths
    }

    /// The lines, those that end in a backslash with the next one, without remarks.
    private static func joined(_ text: [UInt8]) -> [[UInt8]] {
        var lines: [[UInt8]] = []
        var open: [UInt8] = []
        for line in ByteLines(text) {
            let body = line.prefix { $0 != UInt8(ascii: "#") }
            if body.last == UInt8(ascii: "\\") {
                open += body.dropLast() + [UInt8(ascii: " ")]
            } else {
                lines.append(open + body)
                open = []
            }
        }
        return open.isEmpty ? lines : lines + [open]
    }

    /// The words of a line; blanks within double quotes part none.
    private static func words(_ line: [UInt8]) -> [[UInt8]] {
        var words: [[UInt8]] = []
        var word: [UInt8] = []
        var isQuoted = false
        for byte in line + [UInt8(ascii: " ")] {
            switch byte {
            case UInt8(ascii: "\""): isQuoted.toggle()
            case UInt8(ascii: " "), UInt8(ascii: "\t"):
                if isQuoted {
                    word.append(byte)
                } else if !word.isEmpty {
                    words.append(word)
                    word = []
                }
            default: word.append(byte)
            }
        }
        return words
    }

    /// A path as it stands in the tables of NFS, where a blank is `\040`.
    static func unescaped(_ path: some Collection<UInt8>) -> [UInt8] {
        var bytes: [UInt8] = []
        var rest = ArraySlice(path)
        while let byte = rest.popFirst() {
            let digits = rest.prefix(3)
            if byte == UInt8(ascii: "\\"), digits.count == 3,
                let value = UInt8(String(decoding: digits, as: UTF8.self), radix: 8)
            {
                bytes.append(value)
                rest = rest.dropFirst(3)
            } else {
                bytes.append(byte)
            }
        }
        // A slash at the end names the same folder.
        while bytes.count > 1, bytes.last == UInt8(ascii: "/") { bytes.removeLast() }
        return bytes
    }
}

/// Whether the file system that a path lies on is mounted.
enum Nearest { case mounted, unmounted, neither }

extension [UInt8] {
    /// The nearest of these mount points at or above a path.
    func nearest(in mounted: Set<[UInt8]>, _ unmounted: Set<[UInt8]>) -> Nearest {
        for path in ancestry {
            if mounted.contains(path) { return .mounted }
            if unmounted.contains(path) { return .unmounted }
        }
        return .neither
    }

    /// A path and the folders around it, up to the root.
    var ancestry: [[UInt8]] {
        var paths = [self]
        var path = self[...]
        while path.count > 1, let slash = path.lastIndex(of: UInt8(ascii: "/")) {
            path = slash == path.startIndex ? path.prefix(1) : path[..<slash]
            paths.append(Array(path))
        }
        return paths
    }
}
