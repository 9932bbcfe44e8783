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
        guard
            output.status == .exited(1) && output.standardError.mentions("no such pool")
                || output.lacksZFS
        else { throw Unreadable(query, output) }
        return .absent
    }
}

extension Output {
    /// Whether the kernel has no ZFS, so that no pool is imported: zpool(8) and zfs(8) say so where
    /// /sys/module/zfs is missing (lib/libzfs/os/linux/libzfs_util_os.c), or modfind(2) finds
    /// nothing (lib/libzfs/os/freebsd/libzfs_compat.c).
    ///
    /// That there is no /dev/zfs is not among it: then the module is there.
    var lacksZFS: Bool {
        guard case .exited(let code) = status, code != 0, standardOutput.isEmpty else {
            return false
        }
        return Self.withoutZFS.contains { standardError.mentions($0) }
    }

    private static let withoutZFS: [StaticString] = [
        "The ZFS modules are not loaded.", "The ZFS modules cannot be auto-loaded.",
        "Failed to load zfs module:", "Failed to load openzfs module:",
    ]
}

/// One file system in what `zfs list` says of a pool.
struct ZFSFileSystem {
    let name: Bytes
    let mountpoint: Bytes
    let canMount: Bytes
    let isMounted: Bool
    /// Whether importing the pool, or `zfs mount -a`, would mount it, by its properties.
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
            if output.lacksZFS { return nil }
            throw Unreadable(query, output)
        }
        var all: [ZFSFileSystem] = []
        let pool = Array(pool.utf8)
        for line in ByteLines(output.standardOutput) {
            let columns = line.columns
            // A name becomes an operand: one that is not of this pool could be an option.
            guard columns.count == 4, isName(columns[0], of: pool) else {
                throw Unreadable(query, output)
            }
            all.append(ZFSFileSystem(columns))
        }
        // The pool's own file system is always there, so nothing at all is no answer.
        guard !all.isEmpty else { throw Unreadable(query, output) }
        return all
    }

    /// Whether a name is that of a pool or of something in it.
    static func isName(_ name: Bytes, of pool: [UInt8]) -> Bool {
        guard name.starts(with: pool), name.allSatisfy({ $0 >= 0x20 && $0 != 0x7F }) else {
            return false
        }
        return name.count == pool.count || name.dropFirst(pool.count).first == UInt8(ascii: "/")
    }

    private init(_ columns: [Bytes]) {
        name = columns[0]
        mountpoint = columns[2]
        canMount = columns[1]
        isMounted = columns[3].equals("yes")
        isWanted = columns[1].equals("on") && mountpoint.first == UInt8(ascii: "/")
    }

    /// Whether `zfs unmount` would unmount it; a `legacy` one is mount(8)'s affair.
    var isToUnmount: Bool { isMounted && mountpoint.first == UInt8(ascii: "/") }

    /// How many folders deep its mount point lies.
    var depth: Int { mountpoint.count { $0 == UInt8(ascii: "/") } }
}
