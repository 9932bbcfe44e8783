import CSystem
public import Engine

/// What is wanted of a pair: the newest record counts, from whichever process it came.
///
/// One file for each record, named `<monotonic ns>-<pid>-<boot>`, and with `.done` behind it once
/// it is fulfilled. The greatest name of this boot counts; who sees a lesser one removes it, so
/// that the greatest is never lost and a record that comes late never counts again.
public struct WantedSpool: Sendable {
    /// A record's content is no longer.
    public static let sizeLimit = StoreFile.limit
    /// A look at the folder sees so many names; with more it is repeated.
    public static let nameLimit = 10_000
    /// Whoever puts a record in looks at so many, which keeps them few.
    private static let sweepLimit = 64
    /// The folder is looked at so often at most.
    private static let rounds = 20
    /// Two records of one process and one nanosecond; such names are moved on so often.
    private static let collisions = 1000
    private static let digits = 20
    private static let done = ".done"
    private static let draft = ".draft-"

    private let folder: String
    private let boot: String

    /// The records of a pair.
    public init(_ pair: String, in folders: StateFolders) {
        self.init(pair, in: folders, boot: BootID.current)
    }

    init(_ pair: String, in folders: StateFolders, boot: String) {
        folder = folders.runtime(of: pair) + "/wanted"
        self.boot = String(boot.filter { $0 != "-" }.prefix(12))
    }

    /// Puts in a record of what has been wanted since `at`.
    public func put(_ bytes: [UInt8], at: Instant) -> StoreFault? {
        guard bytes.count <= Self.sizeLimit else {
            return StoreFault("a signal of \(bytes.count) bytes is too long to be recorded")
        }
        if mkdir(folder, 0o700) != 0 && system_error() != EEXIST {
            return StoreFault("the signal cannot be recorded", system_error(), at: folder)
        }
        var random = SystemRandomNumberGenerator()
        let word = UInt64.random(in: 0...UInt64.max, using: &random)
        let draft = "\(folder)/\(Self.draft)\(getpid())-\(word)"
        if let fault = StoreFile.write(draft, bytes) { return fault }
        defer { unlink(draft) }
        for shift in 0..<Self.collisions {
            // link(2) and not rename(2), which would replace another's record.
            if link(draft, "\(folder)/\(name(at, shift))") == 0 {
                _ = sweep(limit: Self.sweepLimit)
                return nil
            }
            guard system_error() == EEXIST else { break }
        }
        return StoreFault("the signal cannot be recorded", system_error(), at: folder + "/x")
    }

    /// The record that counts; nil when there is none, or it is fulfilled.
    public func newest() -> (serial: String, bytes: [UInt8])? {
        for _ in 0..<Self.rounds {
            let (newest, isComplete) = sweep(limit: Self.nameLimit)
            guard isComplete else { continue }
            guard let newest, !newest.hasSuffix(Self.done) else { return nil }
            switch StoreFile.read("\(folder)/\(newest)", limit: Self.sizeLimit) {
            case .success(let bytes?): return (newest, bytes)
            // A newer one has come, and this one was removed.
            case .success(nil): continue
            case .failure: return (newest, [])
            }
        }
        return nil
    }

    /// What is wanted is so, as of this record; older ones do not count any more.
    public func clear(through serial: String) {
        // A record that is gone has been replaced by a newer one.
        rename("\(folder)/\(serial)", "\(folder)/\(serial)\(Self.done)")
        _ = sweep(limit: Self.nameLimit)
    }

    private func name(_ at: Instant, _ shift: Int) -> String {
        let text = String(max(0, at.nanoseconds) + Int64(shift))
        let zeros = String(repeating: "0", count: max(0, Self.digits - text.count))
        return "\(zeros)\(text)-\(getpid())-\(boot)"
    }

    /// Removes what does not count among the first names of the folder; returns the greatest, and
    /// whether all names were seen.
    private func sweep(limit: Int) -> (newest: String?, isComplete: Bool) {
        let names = StoreFile.names(in: folder, limit: limit) ?? []
        let records = names.filter(isRecord)
        // Of one record, the fulfilled name is the greater one.
        let newest = records.max()
        for name in names where name != newest && (isRecord(name) || isStale(name)) {
            unlink("\(folder)/\(name)")
        }
        return (newest, names.count < limit)
    }

    private func isRecord(_ name: String) -> Bool {
        name.hasSuffix("-\(boot)") || name.hasSuffix("-\(boot)\(Self.done)")
    }

    /// Whether a file is a record of another boot, or a draft whose writer is dead.
    private func isStale(_ name: String) -> Bool {
        guard name.hasPrefix(Self.draft) else { return true }
        let pid = name.dropFirst(Self.draft.count).prefix { $0 != "-" }
        guard let pid = Int32(pid), pid > 0 else { return true }
        return kill(pid, 0) != 0 && system_error() == ESRCH
    }
}
