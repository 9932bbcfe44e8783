import Engine
import LocalHost

/// Why a pair was not given up for what is watched, as far as that was told in this boot: a file
/// beside the lock, with which each reason is told once.
struct KeptNote {
    /// What kind of reason it is.
    enum Kind: String {
        /// It was given up shortly before.
        case recent
        /// The peer does not take it over, or nobody can tell.
        case peer
        /// Somebody is at work.
        case busy
        /// The last look did not tell whether it is broken.
        case untold
    }

    private static let sizeLimit = 1 << 20
    private let path: String

    init(_ pair: String, in folders: StateFolders) {
        path = folders.runtime(of: pair) + "/kept"
    }

    /// Whether this reason of an item was not told yet; notes that it is told now. Where that
    /// cannot be noted it is told with the item alone.
    func isNew(_ kind: Kind, of name: String, isNews: Bool) -> Bool {
        var told = reasons
        guard isNews || told[name] != kind else { return false }
        told[name] = kind
        let lines = told.sorted { $0.key < $1.key }.map { "\($0.value.rawValue) \($0.key)" }
        let text = ([BootID.current] + lines).map { $0 + "\n" }.joined()
        return StoreFile.replace(path, with: Array(text.utf8)) == nil || isNews
    }

    private var reasons: [String: Kind] {
        guard case .success(let bytes?) = StoreFile.read(path, limit: Self.sizeLimit) else {
            return [:]
        }
        let lines = String(decoding: bytes, as: UTF8.self).split(separator: "\n")
        guard lines.first.map(String.init) == BootID.current else { return [:] }
        var reasons: [String: Kind] = [:]
        for line in lines.dropFirst() {
            let words = line.split(separator: " ", maxSplits: 1).map(String.init)
            if words.count == 2 { reasons[words[1]] = Kind(rawValue: words[0]) }
        }
        return reasons
    }
}
