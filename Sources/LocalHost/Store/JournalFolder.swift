import CSystem
import Engine

/// The journals of a pair, one file for each run.
public enum JournalFolder {
    /// The longest journal that is read.
    public static let sizeLimit = 16 << 20
    /// So many are listed.
    public static let listLimit = 1000
    /// So many stay when old ones are removed.
    public static let usualCount = 200
    /// So much of a folder's names is read.
    private static let namesLimit = 4 << 20
    /// The writer of a dead engine may still be at work; it is waited for so long.
    private static let writerPatience = Duration.milliseconds(250)
    /// A disk that does not answer within this time is left alone.
    static let patience = Duration.seconds(2)
    private static let suffix = ".jsonl"

    /// The paths of the journals in a folder, newest first by name, `listLimit` of them at most;
    /// none when it cannot be read.
    public static func runs(in folder: String) -> [String] { (try? list(folder).get()) ?? [] }

    /// The same, or why the folder cannot be read; a folder that is missing has no journals.
    public static func list(_ folder: String) -> Result<[String], StoreFault> {
        names(in: folder).map { $0.prefix(listLimit).map { "\(folder)/\($0)" } }
    }

    /// All of a journal.
    ///
    /// With `waiting`, a writer that is still at work is waited for up to 250 ms, as it is to be
    /// when its engine is dead; the journal of a run under way is read without.
    public static func read(_ path: String, waiting: Bool = true) -> Result<[UInt8], StoreFault> {
        var reader = DiskReader(path: path, limit: sizeLimit + 1, patience: patience)
        if waiting { reader.lockPatience = writerPatience }
        switch reader.file() {
        case .failure(.error(EINVAL)):
            return .failure(StoreFault("the journal \(path) is no regular file"))
        case .failure(let fault):
            return .failure(StoreFault("the journal \(path) cannot be read", fault, at: path))
        case .success(let bytes) where bytes.count > sizeLimit:
            let size = "\(sizeLimit >> 20) MiB"
            return .failure(StoreFault("the journal \(path) has more than \(size)"))
        case .success(let bytes): return .success(bytes)
        }
    }

    /// Removes the oldest journals, so that `count` stay; a process of its own does it.
    @discardableResult
    public static func prune(_ folder: String, keeping count: Int = usualCount) -> StoreFault? {
        let old: ArraySlice<String>
        switch names(in: folder) {
        case .failure(let fault): return fault
        case .success(let names): old = names.dropFirst(max(0, count))
        }
        guard !old.isEmpty else { return nil }
        let error = withCStrings(Array(old)) { system_remove_files(folder, $0) }
        guard error != 0 else { return nil }
        return StoreFault("the old journals in \(folder) cannot be removed: \(reason(error))")
    }

    private static func names(in folder: String) -> Result<[String], StoreFault> {
        let reader = DiskReader(path: folder, limit: namesLimit, patience: patience)
        switch reader.names() {
        case .failure(.error(ENOENT)): return .success([])
        case .failure(let fault):
            return .failure(StoreFault("the folder \(folder) cannot be read", fault, at: folder))
        case .success(let names):
            return .success(
                names.filter { $0.hasSuffix(suffix) && !$0.hasPrefix(".") }.sorted(by: >))
        }
    }
}
