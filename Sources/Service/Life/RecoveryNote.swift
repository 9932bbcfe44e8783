import FoundationEssentials
import LocalHost

/// Which runs were taken up or closed in this boot: a file beside the lock.
///
/// A journal on a full or read-only disk cannot say so itself, and a run that is taken up twice
/// could take back what a later run has done.
struct RecoveryNote {
    /// So many runs are remembered, the newest.
    private static let capacity = 100

    private let path: String

    init(_ pair: String, in folders: StateFolders) {
        path = "\(folders.runtime)/\(pair)/recovered"
    }

    /// What was done about a run.
    enum Deed: String {
        /// It is over: closed, or left as it is.
        case closed
        /// It was taken up.
        case resumed
    }

    /// How often this was done about a run.
    func count(_ deed: Deed, of run: String) -> Int {
        let line = Self.line(run, deed)
        return lines.count { $0 == line }
    }

    /// Notes what is done about a run; false when that cannot be noted.
    @discardableResult
    func add(_ run: String, _ deed: Deed) -> Bool {
        let all = (lines + [Self.line(run, deed)]).suffix(Self.capacity)
        let text = all.joined(separator: "\n") + "\n"
        do {
            try Data(text.utf8).write(to: URL(filePath: path), options: .atomic)
            return true
        } catch {
            return false
        }
    }

    private static func line(_ run: String, _ deed: Deed) -> String { "\(deed.rawValue) \(run)" }

    private var lines: [String] {
        guard case .success(let bytes)? = FileReader.read(path) else { return [] }
        return String(decoding: bytes, as: UTF8.self).split(separator: "\n").map(String.init)
    }
}
