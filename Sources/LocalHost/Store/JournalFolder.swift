import CSystem
import Engine

/// The journals of a pair, one file for each run.
public enum JournalFolder {
    /// The longest journal that is written, and read.
    public static let sizeLimit = 16 << 20
    /// So many are listed.
    public static let listLimit = 1000
    /// So much of a folder's names is read.
    private static let namesLimit = 4 << 20
    /// The writer of a dead engine may still be at work; it is waited for so long.
    private static let writerPatience = Duration.milliseconds(250)
    /// A disk that does not answer within this time is left alone.
    static let patience = Duration.seconds(2)
    private static let suffix = ".jsonl"
    /// A number of a run has so many digits at most.
    private static let digits = 15

    /// A journal, as the folder tells of it.
    public struct Entry: Hashable, Sendable {
        /// The name of its file.
        public let name: String
        /// Bytes.
        public let size: Int
        /// When it was written last: seconds of the time of day.
        public let changed: Int64

        /// Creates what a folder tells.
        public init(name: String, size: Int, changed: Int64) {
            self.name = name
            self.size = size
            self.changed = changed
        }
    }

    /// How much there is of a journal.
    public struct Content: Sendable {
        /// Its first `sizeLimit` bytes.
        public let bytes: [UInt8]
        /// Whether there is no more.
        public let isWhole: Bool
    }

    /// The paths of the journals in a folder, newest first, `listLimit` of them at most; none when
    /// it cannot be read.
    public static func runs(in folder: String) -> [String] { (try? list(folder).get()) ?? [] }

    /// The same, or why the folder cannot be read; a folder that is missing has no journals.
    public static func list(_ folder: String) -> Result<[String], StoreFault> {
        let reader = DiskReader(path: folder, limit: namesLimit, patience: patience)
        return answer(reader.names(), folder).map { names in
            names.filter(isJournal).sorted(by: isNewer).prefix(listLimit).map { "\(folder)/\($0)" }
        }
    }

    /// All journals, newest first, with their sizes and times.
    public static func entries(in folder: String) -> Result<[Entry], StoreFault> {
        let reader = DiskReader(path: folder, limit: namesLimit, patience: patience)
        return answer(reader.entries(), folder).map { entries in
            entries.filter { isJournal($0.name) }.sorted { isNewer($0.name, $1.name) }
        }
    }

    /// The number with which the name of a run, or of its file, begins; 0 for one that has none.
    ///
    /// It grows with each run of a pair, whatever the clock says.
    public static func number(of name: some StringProtocol) -> Int {
        let head = name.prefix { $0 != "-" }
        let isNumber = head.count <= digits && head.utf8.allSatisfy { (48...57).contains($0) }
        return isNumber && head.endIndex != name.endIndex ? Int(head) ?? 0 : 0
    }

    /// All of a journal.
    ///
    /// With `waiting`, a writer that is still at work is waited for up to 250 ms, as it is to be
    /// when its engine is dead; the journal of a run under way is read without.
    public static func read(_ path: String, waiting: Bool = true) -> Result<[UInt8], StoreFault> {
        beginning(path, waiting: waiting).flatMap { content in
            guard content.isWhole else {
                let size = "\(sizeLimit >> 20) MiB"
                return .failure(StoreFault("the journal \(path) has more than \(size)"))
            }
            return .success(content.bytes)
        }
    }

    /// The same, also of one that is longer than any that is written, as far as that.
    public static func beginning(
        _ path: String, waiting: Bool = true
    ) -> Result<Content, StoreFault> {
        var reader = DiskReader(path: path, limit: sizeLimit + 1, patience: patience)
        if waiting { reader.lockPatience = writerPatience }
        switch reader.file() {
        case .failure(.error(EINVAL)):
            return .failure(StoreFault("the journal \(path) is no regular file"))
        case .failure(let fault):
            return .failure(StoreFault("the journal \(path) cannot be read", fault, at: path))
        case .success(var bytes):
            let isWhole = bytes.count <= sizeLimit
            if !isWhole { bytes.removeLast(bytes.count - sizeLimit) }
            return .success(Content(bytes: bytes, isWhole: isWhole))
        }
    }

    /// Removes journals by the names of their files; a process of its own does it.
    @discardableResult
    public static func remove(_ names: [String], in folder: String) -> StoreFault? {
        guard !names.isEmpty else { return nil }
        let error = withCStrings(names) { system_remove_files(folder, $0) }
        guard error != 0 else { return nil }
        return StoreFault("the old journals in \(folder) cannot be removed: \(reason(error))")
    }

    private static func answer<Value>(
        _ read: Result<[Value], DiskReader.Fault>, _ folder: String
    ) -> Result<[Value], StoreFault> {
        switch read {
        case .success(let values): .success(values)
        case .failure(.error(ENOENT)): .success([])
        case .failure(let fault):
            .failure(StoreFault("the folder \(folder) cannot be read", fault, at: folder + "/x"))
        }
    }

    private static func isJournal(_ name: String) -> Bool {
        name.hasSuffix(suffix) && !name.hasPrefix(".")
    }

    private static func isNewer(_ left: String, _ right: String) -> Bool {
        (number(of: left), left) > (number(of: right), right)
    }
}
