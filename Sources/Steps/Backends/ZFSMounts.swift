import Engine

/// What keeps `zfs mount -a` from mounting a file system that is to be mounted by its properties,
/// without a word of it (cmd/zfs/zfs_main.c, share_mount_one).
enum MountObstacle: CaseIterable {
    case key, zone, receive, redaction

    /// Why it is not mounted, for a person.
    func text(_ platform: Platform) -> String {
        switch self {
        case .key: "no key is loaded (`load-keys`, or `zfs load-key` by hand)"
        case .zone: "`\(platform == .freebsd ? "jailed" : "zoned")` gives it to a jail or a zone"
        case .receive: "a receive of it broke off (receive_resume_token)"
        case .redaction: "it was received redacted, and lacks blocks"
        }
    }

    /// Reads one line of `zfs list -o name,keystatus,zoned,inconsistent,receive_resume_token,
    /// redacted`; nil for none.
    fileprivate init?(_ columns: [Bytes]) {
        if columns[2].equals("on") {
            self = .zone
        } else if columns[1].equals("unavailable") {
            self = .key
        } else if columns[3].equals("1"), !columns[4].equals("-") {
            self = .receive
        } else if columns[5].equals("1") {
            self = .redaction
        } else {
            return nil
        }
    }
}

/// The file systems of a pool, by whether they are mounted, and why not.
struct ZFSMounts {
    let all: [ZFSFileSystem]
    /// What `zfs mount -a` would mount, as far as is known.
    let missing: [ZFSFileSystem]
    /// What it leaves out.
    let leftOut: [(fileSystem: ZFSFileSystem, obstacle: MountObstacle)]

    /// Nil when the pool is not imported.
    init?(
        _ answers: Answers, of pool: String, on platform: Platform
    ) throws(Unreadable) {
        let list = Query.command(.zfsMounts(pool))
        guard
            let all = try ZFSFileSystem.read(answers.output(of: list), of: pool, asked: list)
        else { return nil }
        self.all = all
        let unmounted = all.filter { $0.isWanted && !$0.isMounted }
        let obstacles = unmounted.isEmpty ? [:] : Self.obstacles(answers, pool, platform)
        missing = unmounted.filter { obstacles[$0.name] == nil }
        leftOut = unmounted.compactMap { file in obstacles[file.name].map { (file, $0) } }
    }

    /// What is known of obstacles: an older release does not know each of the properties.
    private static func obstacles(
        _ answers: Answers, _ pool: String, _ platform: Platform
    ) -> [Bytes: MountObstacle] {
        let query = Query.command(.zfsObstacles(pool, on: platform))
        guard let output = try? answers.output(of: query), output.succeeded else { return [:] }
        var obstacles: [Bytes: MountObstacle] = [:]
        for line in ByteLines(output.standardOutput) {
            let columns = line.columns
            guard columns.count == 6 else { return [:] }
            obstacles[columns[0]] = MountObstacle(columns)
        }
        return obstacles
    }

    /// Whether anything of the pool is in the tree.
    var isAnyMounted: Bool { all.contains(where: \.isToUnmount) }

    /// Whether all is mounted that `zfs mount -a` would mount; but where nothing is, a want of keys
    /// is no excuse.
    var isComplete: Bool {
        missing.isEmpty && (isAnyMounted || !leftOut.contains { $0.obstacle == .key })
    }

    /// Why not all of these are mounted; nil when they are.
    func lack(of names: [String], _ platform: Platform) -> String? {
        for name in names {
            guard let file = all.first(where: { $0.name.elementsEqual(name.utf8) }) else {
                return "there is no file system \(name), which must be mounted"
            }
            if !file.isMounted {
                return "\(name) must be mounted, and is not" + because(file, platform)
            }
        }
        return nil
    }

    private func because(_ file: ZFSFileSystem, _ platform: Platform) -> String {
        if let found = leftOut.first(where: { $0.fileSystem.name == file.name }) {
            return ": " + found.obstacle.text(platform)
        }
        if file.isWanted { return "" }
        return ": `zfs mount -a` leaves it out, with canmount=\(file.canMount.text) and"
            + " mountpoint=\(file.mountpoint.text)"
    }

    /// What is not mounted: why, and of which file systems.
    func leftOver(said: [String], _ platform: Platform) -> [String] {
        var lines = MountObstacle.allCases.compactMap { obstacle -> String? in
            let files = leftOut.filter { $0.obstacle == obstacle }.map(\.fileSystem)
            return files.isEmpty ? nil : notMounted(files) + ": " + obstacle.text(platform)
        }
        // What a command said of one of them is told as it was said.
        let untold = missing.filter { file in
            !said.contains { $0.contains("'\(file.mountpoint.text)'") }
        }
        if !untold.isEmpty {
            let why =
                "`zfs mount -a` did not say why; it is silent of what has no key loaded, is"
                + " zoned, half received or redacted"
            lines.append(notMounted(untold) + ": " + why)
        }
        return lines
    }
}

/// `tank/a and 12 more are not mounted`.
func notMounted(_ files: [ZFSFileSystem]) -> String {
    let shown = files.prefix(3).map(\.name.text).joined(separator: ", ")
    let rest = files.count - min(files.count, 3)
    let verb = files.count > 1 ? "are" : "is"
    return shown + (rest > 0 ? " and \(rest) more" : "") + " \(verb) not mounted"
}
