import CSystem

/// A folder of files whose being there says something, in this boot alone.
///
/// The system empties its runtime folder at boot. Where it does not, the folder says which boot it
/// is of, and whoever comes first in the next one empties it.
public struct MarkFolder: Sendable {
    /// Of which boot the marks are; no mark has such a name.
    private static let stamp = ".boot"
    /// So many marks are removed at most; a pair has few.
    private static let limit = 10_000

    private let path: String
    private let boot: String

    /// The marks in a folder, an absolute path.
    public init(_ path: String) { self.init(path, boot: BootID.current) }

    init(_ path: String, boot: String) {
        self.path = path
        self.boot = boot
    }

    /// Removes what an earlier boot has left.
    public func sweep() -> StoreFault? {
        guard case .success(let bytes?) = StoreFile.read(stamp), bytes != Array(boot.utf8) else {
            return nil
        }
        var fault: StoreFault?
        for name in StoreFile.names(in: path, limit: Self.limit) ?? [] where name != Self.stamp {
            fault = fault ?? clear(path + "/" + name)
        }
        // With marks left the stamp stays, and says that they are old.
        return fault ?? clear(stamp)
    }

    /// Creates the mark at a path in the folder, which is made when it is missing. Whoever looks
    /// meanwhile sees the old mark or the whole new one.
    public func set(_ mark: String, saying text: String = "") -> StoreFault? {
        if let fault = sweep() { return fault }
        for folder in [parent(of: path), path] {
            let error = StateFolders.makeFolders(folder)
            if error != 0 { return StoreFault("the mark \(mark) cannot be made", error, at: mark) }
        }
        switch StoreFile.read(stamp) {
        case .success(_?): break
        case .success(nil):
            if let fault = StoreFile.replace(stamp, with: Array(boot.utf8)) { return fault }
        case .failure(let fault): return fault
        }
        return StoreFile.replace(mark, with: Array(text.utf8), mode: 0o644)
    }

    /// Removes the mark at a path, unless it says this text; one that is not there is no fault.
    ///
    /// The mark is taken aside before it is read, so that one that another hook sets meanwhile is
    /// neither taken for the old one nor lost.
    public func clear(_ mark: String, sparing text: String?) -> StoreFault? {
        guard let text else { return clear(mark) }
        let aside = "\(path)/.\(getpid())"
        guard rename(mark, aside) == 0 else {
            if [ENOENT, ENOTDIR].contains(system_error()) { return nil }
            return StoreFault("the mark \(mark) cannot be removed", system_error(), at: mark)
        }
        guard case .success(Array(text.utf8)) = StoreFile.read(aside) else { return clear(aside) }
        // A younger one is there by now.
        guard link(aside, mark) == 0 || system_error() == EEXIST else {
            return StoreFault("the mark \(mark) cannot be kept", system_error(), at: mark)
        }
        return clear(aside)
    }

    /// Removes the mark at a path; one that is not there is no fault.
    public func clear(_ mark: String) -> StoreFault? {
        if unlink(mark) == 0 || [ENOENT, ENOTDIR].contains(system_error()) { return nil }
        return StoreFault("the mark \(mark) cannot be removed", system_error(), at: mark)
    }

    /// Whether the mark at a path is there.
    public func has(_ mark: String) -> Bool { access(mark, F_OK) == 0 }

    private var stamp: String { path + "/" + Self.stamp }
}
