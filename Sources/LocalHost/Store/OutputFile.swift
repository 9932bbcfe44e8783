import CSystem
import Engine

/// A file that a person names for what a command writes.
///
/// What is there is replaced only where it is an earlier one of its kind, or empty: never a link, a
/// device, a folder, somebody else's file, or a file of another purpose.
public struct OutputFile: Sendable {
    /// So much of a file that is there is searched for its mark.
    private static let head = 4096

    private let path: String
    /// The words in its beginning by which a file of this kind is known.
    private let mark: String

    /// The file at `path`, whose kind is known by `mark` among its first 4096 bytes.
    public init(_ path: String, mark: String) {
        self.path = path
        self.mark = mark
    }

    /// Why it will not be written, as far as that can be told before; nil for nothing.
    public var fault: StoreFault? {
        var folder = stat()
        let parent = path.contains("/") ? parent(of: path) : "."
        guard !path.isEmpty, !path.utf8.contains(0), !path.hasSuffix("/") else {
            return refusal("it names no file")
        }
        guard stat(parent, &folder) == 0 else {
            return refusal("its folder: \(reason(system_error()))")
        }
        guard system_kind(folder.st_mode) == S_IFDIR else {
            return refusal("\(printable(parent)) is no folder")
        }
        var status = stat()
        guard lstat(path, &status) == 0 else {
            let error = system_error()
            return error == ENOENT ? nil : refusal(reason(error))
        }
        return fault(of: status)
    }

    /// Puts it there; nil where that was done.
    public func write(_ bytes: [UInt8]) -> StoreFault? {
        if let fault { return fault }
        var old = stat()
        guard lstat(path, &old) == 0 else {
            // Made only where nothing came there meanwhile.
            return StoreFile.write(path, bytes, 0o644).map { refusal($0.why) }
        }
        var random = SystemRandomNumberGenerator()
        let draft = "\(path).\(UInt64.random(in: 0...UInt64.max, using: &random))"
        let mode = UInt16(old.st_mode & 0o777)
        if let fault = StoreFile.write(draft, bytes, mode) { return refusal(fault.why) }
        guard fault == nil, rename(draft, path) == 0 else {
            let why = fault ?? refusal(reason(system_error()))
            unlink(draft)
            return why
        }
        return nil
    }

    private func fault(of status: stat) -> StoreFault? {
        switch system_kind(status.st_mode) {
        case S_IFREG: break
        case S_IFLNK: return refusal("it is a symbolic link, and what that stands for stays")
        case S_IFDIR: return refusal("it is a folder")
        default: return refusal("it is a device, a pipe or a socket, which would be gone")
        }
        guard status.st_uid == geteuid() else {
            return refusal("it belongs to uid \(status.st_uid)")
        }
        guard status.st_size > 0 else { return nil }
        switch StoreFile.read(path, limit: Self.head) {
        case .success(let bytes?) where String(decoding: bytes, as: UTF8.self).contains(mark):
            return nil
        case .success: return refusal("it is a file of another kind, and would be gone")
        case .failure(let fault): return refusal(fault.why)
        }
    }

    private func refusal(_ why: String) -> StoreFault {
        StoreFault("\(printable(path)) is not written: \(why); name a new file")
    }
}
