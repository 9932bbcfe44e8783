import CSystem

/// The small files of the store.
package enum StoreFile {
    /// No file of the store that is no journal is longer.
    package static let limit = 4096

    /// The first bytes of a file; nil when there is none.
    package static func read(_ path: String, limit: Int = limit) -> Result<[UInt8]?, StoreFault> {
        // A FIFO without a writer would block an open without O_NONBLOCK.
        let number = system_open(path, O_RDONLY | O_NONBLOCK | O_NOFOLLOW | O_NOCTTY)
        guard let file = Descriptor(number) else {
            let error = system_error()
            if error == ENOENT || error == ENOTDIR { return .success(nil) }
            return .failure(StoreFault("\(path) cannot be read", error, at: path))
        }
        return file.readAll(limit: limit).map { .success($0) }
            ?? .failure(StoreFault("\(path) cannot be read", system_error(), at: path))
    }

    /// Puts a new file in place of an old one at once.
    package static func replace(
        _ path: String, with bytes: [UInt8], mode: UInt16 = 0o600
    ) -> StoreFault? {
        var status = stat()
        if lstat(path, &status) == 0, system_kind(status.st_mode) != S_IFREG {
            return StoreFault("\(path) is not written: what is there is no regular file")
        }
        let draft = "\(path).\(getpid())"
        unlink(draft)
        if let fault = write(draft, bytes, mode) { return fault }
        guard rename(draft, path) == 0 else {
            let fault = StoreFault("\(path) cannot be written", system_error(), at: path)
            unlink(draft)
            return fault
        }
        return nil
    }

    /// Removes a file; that it is not there, or cannot be removed, is no matter.
    package static func remove(_ path: String) { unlink(path) }

    /// Writes a file that is not there yet; nothing of it is left when that fails.
    static func write(
        _ path: String, _ bytes: [UInt8], _ mode: UInt16 = 0o600
    ) -> StoreFault? {
        let flags = O_WRONLY | O_EXCL | O_NOFOLLOW
        guard let file = Descriptor(system_create(path, flags, mode_t(mode))) else {
            return StoreFault("\(path) cannot be written", system_error(), at: path)
        }
        guard file.writeAll(bytes) else {
            let fault = StoreFault("\(path) cannot be written", system_error(), at: path)
            unlink(path)
            return fault
        }
        return nil
    }

    /// The names in a folder, of which so many at most are looked at; nil when it cannot be read.
    static func names(in folder: String, limit: Int) -> [String]? {
        guard let folder = opendir(folder) else { return nil }
        defer { closedir(folder) }
        var names: [String] = []
        while names.count < limit, let entry = readdir(folder) {
            let name = withUnsafeBytes(of: entry.pointee.d_name) { raw in
                String(decoding: raw.prefix { $0 != 0 }, as: UTF8.self)
            }
            if name != "." && name != ".." { names.append(name) }
        }
        return names
    }
}

extension Descriptor {
    /// All bytes up to a limit; nil on an error.
    func readAll(limit: Int) -> [UInt8]? {
        var bytes: [UInt8] = []
        let isRead = withUnsafeTemporaryAllocation(byteCount: 64 * 1024, alignment: 1) { buffer in
            while bytes.count < limit {
                guard let count = read(buffer) else { return false }
                if count == 0 { break }
                bytes.append(contentsOf: buffer[..<min(count, limit - bytes.count)])
            }
            return true
        }
        return isRead ? bytes : nil
    }

    /// Writes all of it; false on an error.
    func writeAll(_ bytes: [UInt8]) -> Bool {
        var start = 0
        while start < bytes.count {
            let count = bytes[start...].withUnsafeBytes {
                write(number, $0.baseAddress, $0.count)
            }
            if count >= 0 {
                start += count
            } else if system_error() != EINTR {
                return false
            }
        }
        return true
    }
}

/// What a symbolic link says; nil when there is none.
func linkTarget(of path: String) -> String? {
    var bytes = [CChar](repeating: 0, count: Int(PATH_MAX))
    let size = readlink(path, &bytes, bytes.count)
    guard size > 0, size < bytes.count else { return nil }
    return String(decoding: bytes.prefix(size).map { UInt8(bitPattern: $0) }, as: UTF8.self)
}
