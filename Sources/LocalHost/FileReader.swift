import CSystem
public import Engine

/// Reads the files of a plan, without ever hanging on what is no file.
public enum FileReader {
    /// So much of a file is read: one byte more than a plan may have, so that a loader sees it.
    public static let limit = YAML.sizeLimit + 1

    /// The bytes of the file at `path`, its first `limit` ones at most; nil when there is none.
    public static func read(_ path: String) -> Result<[UInt8], PlanLoader.ReadFault>? {
        guard !path.utf8.contains(0) else { return .failure(.init("has a NUL in its name")) }
        // A FIFO without a writer would block an open without O_NONBLOCK.
        guard let file = Descriptor(system_open(path, O_RDONLY | O_NONBLOCK | O_NOCTTY)) else {
            return unopened(path, system_error())
        }
        var status = stat()
        guard fstat(file.number, &status) == 0 else {
            return .failure(.init("cannot be read: \(words(of: system_error()))"))
        }
        switch system_kind(status.st_mode) {
        case S_IFREG: break
        case S_IFDIR: return .failure(.init("is a folder"))
        default: return .failure(.init("is not a regular file"))
        }
        return read(file)
    }

    /// Whether there is a folder at `path`, or behind a link there.
    public static func isFolder(_ path: String) -> Bool {
        var status = stat()
        return stat(path, &status) == 0 && system_kind(status.st_mode) == S_IFDIR
    }

    /// What stands on standard input, its first `limit` bytes at most; waits for its end.
    public static func standardInput() -> Result<[UInt8], PlanLoader.ReadFault> {
        let copy = dup(STDIN_FILENO)
        guard let file = Descriptor(copy) else {
            return .failure(.init("cannot be read: \(words(of: system_error()))"))
        }
        return read(file)
    }

    private static func read(_ file: Descriptor) -> Result<[UInt8], PlanLoader.ReadFault> {
        var bytes: [UInt8] = []
        return withUnsafeTemporaryAllocation(byteCount: 64 * 1024, alignment: 1) { buffer in
            while bytes.count < limit {
                guard let count = file.read(buffer) else {
                    return .failure(.init("cannot be read: \(words(of: system_error()))"))
                }
                if count == 0 { break }
                bytes.append(contentsOf: buffer[..<min(count, limit - bytes.count)])
            }
            return .success(bytes)
        }
    }

    private static func unopened(
        _ path: String, _ error: Int32
    ) -> Result<[UInt8], PlanLoader.ReadFault>? {
        // A file that is meant to be there and is not must not pass for none.
        if error == ENOENT, let target = linkTarget(of: path) {
            return .failure(.init("is a symbolic link to \(target), which is not there"))
        }
        return switch error {
        case ENOENT, ENOTDIR: nil
        case EACCES, EPERM: .failure(.init("cannot be read: permission denied"))
        case ENXIO, EOPNOTSUPP: .failure(.init("is not a regular file"))
        case ELOOP: .failure(.init("is a symbolic link that leads in a circle"))
        default: .failure(.init("cannot be read: \(words(of: error))"))
        }
    }
}

extension FileReader {
    /// The path from the root, by the folder that the program is in, however it is spelled
    /// (`PlanPath.plain`); no link is resolved.
    public static func absolute(_ path: String) -> String {
        guard !path.hasPrefix("/") else { return PlanPath.plain(path) }
        var folder = [CChar](repeating: 0, count: Int(PATH_MAX))
        guard getcwd(&folder, folder.count) != nil else { return path }
        let end = folder.firstIndex(of: 0) ?? folder.endIndex
        let text = String(decoding: folder[..<end].map(UInt8.init(bitPattern:)), as: UTF8.self)
        return PlanPath.plain(text + "/" + path)
    }
}
