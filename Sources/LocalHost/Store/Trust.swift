import CSystem
import Engine

/// Whether nobody but root, or who runs the program, could have changed a file or a tool.
public enum Trust {
    /// So many links are followed in one path, as the system does.
    private static let linkLimit = 40
    /// So many components of a path are looked at.
    private static let componentLimit = 256
    /// `S_ISVTX` of sys/stat.h.
    private static let stickyBit: mode_t = 0o1000

    /// What is wrong with the files and with every folder and link on the way to them, each once.
    ///
    /// All must be owned by root or by who runs the program, and must not be writable by others,
    /// be it by their mode or by an access control list; root's sticky folders, as /tmp, may be.
    /// What is not there is not at fault.
    public static func check(_ paths: [String]) -> [TrustFault] {
        check(paths, for: geteuid(), links: linkLimit)
    }

    /// The first thing that is wrong with a tool, or with a folder of tools; nil for nothing.
    ///
    /// Beside what is asked of any file, no folder in which the tool or a link to it stands may be
    /// a sticky one that others can write: they can put a hard link to another program of root's
    /// there, by the name of the tool. Above a folder of root's a sticky one does no harm.
    static func checkTool(_ path: String, for user: uid_t = geteuid()) -> TrustFault? {
        check([path], for: user, links: linkLimit, isTool: true).first
    }

    static func check(
        _ paths: [String], for user: uid_t, links: Int, isTool: Bool = false
    ) -> [TrustFault] {
        var seen: Set<String> = []
        var faults: [TrustFault] = []
        for path in paths {
            var walk = Walk(path: absolute(path), links: links)
            var last: Place?
            while let place = walk.next() {
                last = place
                guard seen.insert(place.path).inserted else { continue }
                if let fault = fault(place, for: user) {
                    faults.append(fault)
                } else if isTool, !place.isFolder, let fault = openFolder(of: place, for: user) {
                    faults.append(fault)
                }
            }
            if let fault = walk.fault { faults.append(fault) }
            if isTool, walk.isWhole, let last, let fault = open(last, last, for: user) {
                faults.append(fault)
            }
        }
        return faults
    }

    /// That a tool, or a link to one, stands where others can put another.
    private static func openFolder(of place: Place, for user: uid_t) -> TrustFault? {
        var status = stat()
        let path = parent(of: place.path)
        guard lstat(path, &status) == 0 else { return nil }
        return open(Place(path: path, status: status), place, for: user)
    }

    private static func open(_ folder: Place, _ place: Place, for user: uid_t) -> TrustFault? {
        guard folder.isSticky, let writer = writer(of: folder, for: user) else { return nil }
        return TrustFault(
            path: printable(folder.path),
            what: "is a folder in which \(writer) can put a tool",
            why: "which would run as \(name(of: user))",
            mend: place.isFolder
                ? "chmod go-w \(shellQuoted(place.path))"
                : "mv \(shellQuoted(place.path)) /usr/local/sbin/")
    }

    private static func name(of user: uid_t) -> String { user == 0 ? "root" : "uid \(user)" }

    /// One file, folder or link on the way.
    private struct Place {
        let path: String
        let status: stat

        var isFolder: Bool { system_kind(status.st_mode) == S_IFDIR }

        /// Whether it is a folder of root's in which others may create, and change only their own.
        var isSticky: Bool { isFolder && status.st_mode & stickyBit != 0 && status.st_uid == 0 }
    }

    /// The way from the root folder to a file, link by link.
    private struct Walk {
        private var current = ""
        /// The components to come, the next one last.
        private var rest: [Substring]
        private var links: Int
        private var steps = 0
        private var isBegun = false
        private let origin: String
        private(set) var fault: TrustFault?
        /// Whether all of the way is there.
        private(set) var isWhole = false

        init(path: String, links: Int) {
            origin = path
            rest = path.split(separator: "/").reversed()
            self.links = links
        }

        /// The next place; nil at the end, and where nothing is.
        mutating func next() -> Place? {
            guard isBegun else {
                isBegun = true
                return place("/")
            }
            while let name = rest.popLast() {
                steps += 1
                guard steps <= Trust.componentLimit else { return tangled() }
                if name == "." { continue }
                if name == ".." {
                    current = String(current[..<(current.lastIndex(of: "/") ?? current.startIndex)])
                    continue
                }
                let path = "\(current)/\(name)"
                guard let place = place(path) else { return nil }
                guard system_kind(place.status.st_mode) == S_IFLNK else {
                    current = path
                    return place
                }
                guard links > 0, let target = linkTarget(of: path) else { return tangled() }
                links -= 1
                if target.hasPrefix("/") { current = "" }
                rest += target.split(separator: "/").reversed()
                return place
            }
            isWhole = fault == nil
            return nil
        }

        private func place(_ path: String) -> Place? {
            var status = stat()
            return lstat(path, &status) == 0 ? Place(path: path, status: status) : nil
        }

        private mutating func tangled() -> Place? {
            fault = TrustFault(
                path: origin,
                what: "is a symbolic link that leads too far, or in a circle",
                why: "so nobody can say what it stands for",
                mend: "ls -l \(shellQuoted(origin))")
            rest = []
            return nil
        }
    }

    private static func fault(_ place: Place, for user: uid_t) -> TrustFault? {
        let status = place.status
        let kind = system_kind(status.st_mode)
        let word = shellQuoted(place.path)
        let who = name(of: user)
        guard status.st_uid == 0 || status.st_uid == user else {
            let follow = kind == S_IFLNK ? "-h " : ""
            return TrustFault(
                path: printable(place.path),
                what: "is owned by uid \(status.st_uid)",
                why: "who could change what runs as \(who)",
                mend: "chown \(follow)\(user == 0 ? "root" : "\(user)") \(word)")
        }
        // The mode of a link means nothing; what is in a sticky folder is its owner's to change.
        guard kind != S_IFLNK else { return nil }
        guard !place.isSticky, let writer = writer(of: place, for: user) else { return nil }
        return TrustFault(
            path: printable(place.path), what: "can be written by \(writer)",
            why: "who could change what runs as \(who)", mend: "chmod go-w \(word)")
    }

    /// Who else can write; nil for nobody.
    ///
    /// Beside a list the mode's bits of the group are the mask, which takes `w` from all whom the
    /// list names and from the group; whether these have it, the list alone says (acl(5)).
    private static func writer(of place: Place, for user: uid_t) -> String? {
        let status = place.status
        if status.st_mode & 0o002 != 0 { return "everybody" }
        guard status.st_mode & 0o020 != 0 else { return nil }
        let group = status.st_gid == 0 ? nil : "group \(status.st_gid)"
        switch AccessList.read(place.path, for: user) {
        case .absent: return group
        case .writer(let who): return "\(who), whom its ACL names"
        case .group: return group
        case .nobody: return nil
        case .unreadable(let why):
            return "anybody whom its ACL names, which cannot be read (\(why))"
        }
    }

    private static func absolute(_ path: String) -> String {
        guard !path.hasPrefix("/") else { return path }
        var bytes = [CChar](repeating: 0, count: Int(PATH_MAX))
        guard getcwd(&bytes, bytes.count) != nil else { return "/" + path }
        let folder = bytes.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }
        return String(decoding: folder, as: UTF8.self) + "/" + path
    }
}
