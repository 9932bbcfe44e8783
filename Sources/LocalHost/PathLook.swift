import CSystem
import Engine

/// Looks at paths and at the text of files.
///
/// A file system whose pool is suspended, or whose server is gone, puts whoever touches it to
/// sleep, and for good. So only the kernel's own trees are looked at by the host itself; every
/// other path is looked at by a child, which may hang without harm.
enum PathLook {
    /// A text that is longer is not told.
    private static let textLimit = Capture.Bound.looks.head
    private static let chunk = 64 * 1024
    private static let trees = ["/dev/", "/proc/", "/sys/", "/run/", "/var/run/"]
    /// But not these: whoever reads there waits for a lock that is kept while threads of nfsd end,
    /// or while a target of the kernel is taken down, and both may wait for a dead disk.
    private static let lockedTrees = ["/proc/fs/", "/sys/kernel/config/"]

    /// Why nothing can stand at `path`.
    static func fault(_ path: String) -> String? {
        let isSound = path.hasPrefix("/") && !path.utf8.contains(0)
        return isSound ? nil : "`\(path)` is no absolute path"
    }

    /// Whether a look at `path` cannot put the host to sleep.
    static func isImmediate(_ path: String) -> Bool {
        trees.contains { path.hasPrefix($0) } && !path.contains("/../")
            && !lockedTrees.contains { path.hasPrefix($0) }
    }

    /// Whether a look at a path starts a process.
    static func forks(_ query: Query) -> Bool {
        switch query {
        case .path(let path), .text(let path): !isImmediate(path)
        case .command, .userCommand, .processes, .port: false
        }
    }

    static func kind(of path: String) -> Answer {
        var status = stat()
        if stat(path, &status) == 0 { return .path(kind(status.st_mode)) }
        let error = system_error()
        if error == ENOENT || error == ENOTDIR { return .path(.absent) }
        return .missing(why: "\(path): \(words(of: error))")
    }

    static func text(of path: String) -> Answer {
        // A device is not even opened: some act on that, as a watchdog does.
        switch kind(of: path) {
        case .path(.file): break
        case .path(.absent): return .text(nil)
        case .path(let kind): return .missing(why: "\(path) is no file but: \(kind.rawValue)")
        case let fault: return fault
        }
        guard let file = Descriptor(system_open(path, O_RDONLY | O_NONBLOCK)) else {
            return .missing(why: "\(path): \(words(of: system_error()))")
        }
        var bytes: [UInt8] = []
        while bytes.count <= textLimit {
            let more = withUnsafeTemporaryAllocation(byteCount: chunk, alignment: 1) { buffer in
                file.read(buffer).map { count in
                    bytes.append(contentsOf: buffer[..<count])
                    return count
                }
            }
            guard let more else { return .missing(why: "\(path) cannot be read") }
            if more == 0 { return .text(bytes) }
        }
        return .missing(why: tooLong(path))
    }

    private static func tooLong(_ path: String) -> String {
        "\(path) is longer than \(textLimit / (1024 * 1024)) MiB"
    }

    /// The tool that prints the mode of a path, links followed, in hexadecimal.
    ///
    /// stat(1) of GNU and of BusyBox, and stat(1) of FreeBSD.
    static func kindTool(_ path: String, on platform: Platform = .local) -> [String] {
        switch platform {
        case .freebsd: ["/usr/bin/stat", "-L", "-f", "%Xp", path]
        case .linux: ["/usr/bin/stat", "-L", "-c", "%f", path]
        }
    }

    /// What the tool's answer says; `absent` stands for a path that is not there.
    static func kind(_ output: Output, of path: String) -> Answer {
        guard output.succeeded else { return fault(output, path, absent: .path(.absent)) }
        let digits =
            String(decoding: output.standardOutput, as: UTF8.self)
            .split(whereSeparator: \.isWhitespace).first ?? ""
        guard let mode = UInt32(digits, radix: 16) else {
            return .missing(why: "stat says `\(output.excerpt)` of \(path)")
        }
        return .path(kind(mode_t(truncatingIfNeeded: mode)))
    }

    /// The tool that prints the bytes of a file, and one more than is told of.
    static func textTool(_ path: String) -> [String] {
        ["/usr/bin/head", "-c", String(textLimit + 1), path]
    }

    static func text(_ output: Output, of path: String) -> Answer {
        guard output.succeeded else { return fault(output, path, absent: .text(nil)) }
        return output.isCut ? .missing(why: tooLong(path)) : .text(output.standardOutput)
    }

    private static func fault(_ output: Output, _ path: String, absent: Answer) -> Answer {
        // strerror(3) in the language C, on both systems.
        let complaint =
            String(decoding: output.standardError, as: UTF8.self)
            .split(whereSeparator: \.isNewline).last ?? ""
        if case .exited = output.status,
            [ENOENT, ENOTDIR].contains(where: { complaint.hasSuffix(words(of: $0)) })
        {
            return absent
        }
        let why = output.excerpt.isEmpty ? "\(output.status)" : output.excerpt
        return .missing(why: "\(path) cannot be looked at: \(why)")
    }

    private static func kind(_ mode: mode_t) -> PathKind {
        switch system_kind(mode) {
        case S_IFREG: .file
        case S_IFDIR: .folder
        case S_IFCHR: .characterDevice
        case S_IFBLK: .blockDevice
        default: .other
        }
    }
}
