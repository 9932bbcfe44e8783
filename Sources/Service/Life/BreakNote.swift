package import Engine
package import LocalHost

/// What was told as broken of a pair that is served here, in this boot: a file beside the lock.
///
/// With it everything is told once, whichever process looks, and `status` knows it as well. A run
/// that takes the pair over or gives it up ends it.
package struct BreakNote {
    private let file: BootNote
    private let follows: FollowNote

    package init(_ pair: String, in folders: StateFolders) {
        file = BootNote("broken", of: pair, in: folders)
        follows = FollowNote(pair, in: folders)
    }

    /// What is broken, in the order in which it was told.
    package var breaks: [Monitor.Break] {
        let begun = follows.begun
        return file.lines.compactMap { line in
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
        return file.replace(
            with: breaks.map { "\($0.kind.rawValue) \($0.since) \($0.summary)" })
    }

    /// Forgets all of it.
    func clear() { file.clear() }
}
