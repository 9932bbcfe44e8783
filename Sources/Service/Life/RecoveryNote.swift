import LocalHost

/// Which runs are over, were taken up in this boot, or cannot be: a file beside the lock.
///
/// A journal on a full or read-only disk cannot say so itself, and a run that is taken up twice
/// could take back what a later run has done. What is known to be over is not read again.
struct RecoveryNote {
    /// So many runs are remembered, the newest.
    private static let capacity = 100
    private static let sizeLimit = 16 << 10

    private let path: String

    init(_ pair: String, in folders: StateFolders) {
        path = folders.runtime(of: pair) + "/recovered"
    }

    /// What was done about a run.
    enum Deed: String {
        /// It is over: it has ended, was closed, or is left as it is.
        case closed
        /// It was taken up.
        case resumed
        /// Its journal does not tell all of it.
        case lossy
    }

    /// How often this was done about a run.
    func count(_ deed: Deed, of run: String) -> Int {
        let line = Self.line(run, deed)
        return lines.count { $0 == line }
    }

    /// The runs that are known to be over.
    var closed: Set<String> {
        let key = Self.line("", .closed)
        return Set(lines.filter { $0.hasPrefix(key) }.map { String($0.dropFirst(key.count)) })
    }

    /// Notes what is done about a run; false when that cannot be noted.
    @discardableResult
    func add(_ run: String, _ deed: Deed) -> Bool { add([run], deed) }

    @discardableResult
    func add(_ runs: [String], _ deed: Deed) -> Bool {
        guard !runs.isEmpty else { return true }
        let all = (lines + runs.map { Self.line($0, deed) }).suffix(Self.capacity)
        let text = all.joined(separator: "\n") + "\n"
        return StoreFile.replace(path, with: Array(text.utf8)) == nil
    }

    private static func line(_ run: String, _ deed: Deed) -> String { "\(deed.rawValue) \(run)" }

    private var lines: [String] {
        guard case .success(let bytes?) = StoreFile.read(path, limit: Self.sizeLimit) else {
            return []
        }
        return String(decoding: bytes, as: UTF8.self).split(separator: "\n").map(String.init)
    }
}
