import Engine

/// What `zpool list` says of one pool.
enum ZpoolList {
    /// It is not imported.
    case absent
    /// It is, and its health in the tool's word: `ONLINE`, `DEGRADED`, …
    case health(Bytes)

    /// Reads the lines of `zpool list -H -o name,health POOL` (zpool-list(8)).
    static func read(
        _ output: Output,
        of pool: [UInt8],
        asked query: Query
    ) throws(Unreadable) -> ZpoolList {
        for line in ByteLines(output.standardOutput) {
            let columns = line.columns
            if columns.count == 2, columns[0].elementsEqual(pool) { return .health(columns[1]) }
        }
        guard output.status == .exited(1), output.standardError.mentions("no such pool") else {
            throw Unreadable(query, output)
        }
        return .absent
    }
}

/// One file system in what `zfs list` says of a pool.
struct ZFSFileSystem {
    let name: Bytes
    let mountpoint: Bytes
    let isMounted: Bool
    /// Whether importing the pool, or `zfs mount -a`, would mount it.
    let isWanted: Bool

    /// Reads the lines of `zfs list -H -o name,canmount,mountpoint,mounted` (zfs-list(8)); nil when
    /// the pool is not imported.
    static func read(
        _ output: Output,
        of pool: String,
        asked query: Query
    ) throws(Unreadable) -> [ZFSFileSystem]? {
        guard output.succeeded else {
            let error = output.standardError
            if error.mentions("does not exist") || error.mentions("no such pool") { return nil }
            throw Unreadable(query, output)
        }
        var all: [ZFSFileSystem] = []
        for line in ByteLines(output.standardOutput) {
            let columns = line.columns
            // A name becomes an operand: one that is not of this pool could be an option.
            guard columns.count == 4, isName(columns[0], of: Array(pool.utf8)) else {
                throw Unreadable(query, output)
            }
            all.append(ZFSFileSystem(columns))
        }
        // The pool's own file system is always there, so nothing at all is no answer.
        guard !all.isEmpty else { throw Unreadable(query, output) }
        return all
    }

    private static func isName(_ name: Bytes, of pool: [UInt8]) -> Bool {
        guard name.starts(with: pool), name.allSatisfy({ $0 >= 0x20 && $0 != 0x7F }) else {
            return false
        }
        return name.count == pool.count || name.dropFirst(pool.count).first == UInt8(ascii: "/")
    }

    private init(_ columns: [Bytes]) {
        name = columns[0]
        mountpoint = columns[2]
        isMounted = columns[3].equals("yes")
        isWanted = columns[1].equals("on") && mountpoint.first == UInt8(ascii: "/")
    }

    /// Whether `zfs unmount` would unmount it; a `legacy` one is mount(8)'s affair.
    var isToUnmount: Bool { isMounted && mountpoint.first == UInt8(ascii: "/") }

    /// How many folders deep its mount point lies.
    var depth: Int { mountpoint.count { $0 == UInt8(ascii: "/") } }
}
