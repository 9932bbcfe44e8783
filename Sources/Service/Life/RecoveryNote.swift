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

    /// Whether the run was dealt with.
    func names(_ run: String) -> Bool { runs.contains(run) }

    /// Notes a run; false when that cannot be done.
    @discardableResult
    func add(_ run: String) -> Bool {
        let all = (runs + [run]).suffix(Self.capacity)
        let text = all.joined(separator: "\n") + "\n"
        do {
            try Data(text.utf8).write(to: URL(filePath: path), options: .atomic)
            return true
        } catch {
            return false
        }
    }

    private var runs: [String] {
        guard case .success(let bytes)? = FileReader.read(path) else { return [] }
        return String(decoding: bytes, as: UTF8.self).split(separator: "\n").map(String.init)
    }
}
