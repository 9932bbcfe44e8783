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
    /// So many names of a folder are looked at.
    private static let nameLimit = 100_000
    /// The writer of a dead engine may still be at work; it is waited for so long.
    private static let patience = Duration.milliseconds(250)
    private static let pause = Duration.milliseconds(5)
    private static let suffix = ".jsonl"

    /// The paths of the journals in a folder, newest first by name, `listLimit` of them at most.
    public static func runs(in folder: String) -> [String] {
        names(in: folder).prefix(listLimit).map { "\(folder)/\($0)" }
    }

    /// All of a journal, which is absent, empty or torn only if the file is.
    ///
    /// With `waiting`, a writer that is still at work is waited for up to 250 ms, as it is to be
    /// when its engine is dead; the journal of a run under way is read without.
    public static func read(_ path: String, waiting: Bool = true) -> Result<[UInt8], StoreFault> {
        let flags = O_RDONLY | O_NONBLOCK | O_NOFOLLOW | O_NOCTTY
        guard let file = Descriptor(system_open(path, flags)) else { return .failure(fault(path)) }
        var status = stat()
        guard fstat(file.number, &status) == 0 else { return .failure(fault(path)) }
        guard system_kind(status.st_mode) == S_IFREG else {
            return .failure(StoreFault("the journal \(path) is no regular file"))
        }
        if waiting { waitForWriter(of: file) }
        guard let bytes = file.readAll(limit: sizeLimit + 1) else { return .failure(fault(path)) }
        guard bytes.count <= sizeLimit else {
            let size = "\(sizeLimit >> 20) MiB"
            return .failure(StoreFault("the journal \(path) has more than \(size)"))
        }
        return .success(bytes)
    }

    /// Removes the oldest journals, so that `count` stay; a process of its own does it.
    @discardableResult
    public static func prune(_ folder: String, keeping count: Int = usualCount) -> StoreFault? {
        let old = names(in: folder).dropFirst(max(0, count))
        guard !old.isEmpty else { return nil }
        let error = withCStrings(Array(old)) { system_remove_files(folder, $0) }
        guard error != 0 else { return nil }
        return StoreFault("the old journals in \(folder) cannot be removed: \(reason(error))")
    }

    private static func names(in folder: String) -> [String] {
        (StoreFile.names(in: folder, limit: nameLimit) ?? [])
            .filter { $0.hasSuffix(suffix) && !$0.hasPrefix(".") }
            .sorted(by: >)
    }

    private static func waitForWriter(of file: Descriptor) {
        let end = MonotonicClock.now + patience
        // A lock that is free is taken, and given back when the file is closed.
        while system_lock(file.number, 1) == EWOULDBLOCK, MonotonicClock.now < end {
            var polls = PollSet()
            polls.wait(pause)
        }
    }

    private static func fault(_ path: String) -> StoreFault {
        StoreFault("the journal \(path) cannot be read", system_error(), at: path)
    }
}
