import CSystem

/// A file whose being there says something, durably: it survives a crash that follows at once.
public enum MarkFile {
    /// Creates the mark, with its folder, and flushes both.
    public static func set(_ path: String) -> StoreFault? {
        let folder = parent(of: path)
        if mkdir(folder, 0o755) != 0 && system_error() != EEXIST {
            return StoreFault("the mark \(path) cannot be made", system_error(), at: path)
        }
        let flags = O_WRONLY | O_NOFOLLOW
        guard let file = Descriptor(system_create(path, flags, 0o644)),
            fsync(file.number) == 0
        else { return StoreFault("the mark \(path) cannot be made", system_error(), at: path) }
        return flush(folder)
    }

    /// Removes the mark and flushes its folder; one that is not there is no fault.
    public static func clear(_ path: String) -> StoreFault? {
        if unlink(path) != 0 && ![ENOENT, ENOTDIR].contains(system_error()) {
            return StoreFault("the mark \(path) cannot be removed", system_error(), at: path)
        }
        return flush(parent(of: path))
    }

    private static func flush(_ folder: String) -> StoreFault? {
        guard let open = Descriptor(system_open(folder, O_RDONLY)) else { return nil }
        if fsync(open.number) == 0 { return nil }
        return StoreFault("the folder \(folder) cannot be flushed", system_error(), at: folder)
    }
}
