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

    private let file: BootNote

    init(_ pair: String, in folders: StateFolders) {
        file = BootNote("kept", of: pair, in: folders)
    }

    /// Whether this reason of an item was not told yet; notes that it is told now. Where that
    /// cannot be noted it is told with the item alone.
    func isNew(_ kind: Kind, of name: String, isNews: Bool) -> Bool {
        var told = reasons
        guard isNews || told[name] != kind else { return false }
        told[name] = kind
        let lines = told.sorted { $0.key < $1.key }.map { "\($0.value.rawValue) \($0.key)" }
        return file.replace(with: lines) == nil || isNews
    }

    private var reasons: [String: Kind] {
        var reasons: [String: Kind] = [:]
        for line in file.lines {
            let words = line.split(separator: " ", maxSplits: 1).map(String.init)
            if words.count == 2 { reasons[words[1]] = Kind(rawValue: words[0]) }
        }
        return reasons
    }
}
