package import Engine
package import LocalHost

/// What was told as broken of a pair that is served here, in this boot: a file beside the lock.
///
/// With it everything is told once, whichever process looks, and `status` knows it as well. A run
/// that takes the pair over or gives it up ends it.
package struct BreakNote {
    private static let sizeLimit = 1 << 20
    private let path: String
    private let follows: FollowNote

    package init(_ pair: String, in folders: StateFolders) {
        path = folders.runtime(of: pair) + "/broken"
        follows = FollowNote(pair, in: folders)
    }

    /// What is broken, in the order in which it was told.
    package var breaks: [Monitor.Break] {
        guard case .success(let bytes?) = StoreFile.read(path, limit: Self.sizeLimit) else {
            return []
        }
        let lines = String(decoding: bytes, as: UTF8.self).split(separator: "\n")
        guard lines.first.map(String.init) == BootID.current else { return [] }
        let begun = follows.begun
        return lines.dropFirst().compactMap { line in
            let words = line.split(separator: " ", maxSplits: 2).map(String.init)
            guard words.count == 3, let since = Int64(words[1]),
                let kind = Monitor.Break.Kind(rawValue: words[0])
            else { return nil }
            return Monitor.Break(
                summary: words[2], kind: kind, since: since, isFollowed: begun[words[2]] == since)
        }
    }

    /// Notes what is broken.
    func note(_ breaks: [Monitor.Break]) -> StoreFault? {
        guard !breaks.isEmpty else {
            clear()
            return nil
        }
        let lines = breaks.map { "\($0.kind.rawValue) \($0.since) \($0.summary)" }
        let text = ([BootID.current] + lines).map { $0 + "\n" }.joined()
        return StoreFile.replace(path, with: Array(text.utf8))
    }

    /// Forgets all of it.
    func clear() { StoreFile.remove(path) }
}
