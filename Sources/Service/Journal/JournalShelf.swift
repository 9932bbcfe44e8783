import Engine
package import LocalHost

/// The journals of a pair.
package struct JournalShelf: Sendable {
    /// So many journals are kept; older ones are removed when a run is over.
    package static let capacity = 200
    /// So many of the newest are searched for runs that were not ended.
    private static let searched = 20

    private static let suffix = ".jsonl"

    package let pair: String
    package let folder: String

    package init(_ pair: String, in folders: StateFolders) {
        self.pair = pair
        folder = folders.runs(of: pair)
    }

    /// Where the journal of this run is.
    package func path(of run: String) -> String { "\(folder)/\(run)\(Self.suffix)" }

    /// The names of the runs, the newest first.
    package func runs() -> [String] {
        JournalFolder.runs(in: folder).compactMap { path in
            let name = path.split(separator: "/").last ?? ""
            return name.hasSuffix(Self.suffix) ? String(name.dropLast(Self.suffix.utf8.count)) : nil
        }
    }

    /// The journal of a run; nil when its file cannot be read at all.
    package func read(_ run: String) -> Result<JournalFile, JournalFile.Fault>? {
        guard case .success(let bytes) = JournalFolder.read(path(of: run)) else { return nil }
        return JournalFile.read(bytes)
    }

    /// The newest run whose journal can be read.
    package func newest() -> JournalFile? { newest(of: runs()) }

    /// The same of these runs, the newest first.
    package func newest(of runs: [String]) -> JournalFile? {
        for run in runs.prefix(Self.searched) {
            if case .success(let file) = read(run) { return file }
        }
        return nil
    }

    /// Which of these runs, the newest first, were not ended, whatever their journals hold, and
    /// which were, the oldest first; neither where nothing can be read. What is known to be closed
    /// is not read.
    package func sorted(
        _ runs: [String], besides closed: Set<String>
    ) -> (unfinished: [String], over: [String]) {
        var unfinished: [String] = []
        var over: [String] = []
        for run in runs.prefix(Self.searched).reversed() where !closed.contains(run) {
            switch read(run) {
            case nil: continue
            case .success(let journal) where journal.ending != nil: over.append(run)
            case .failure, .success: unfinished.append(run)
            }
        }
        return (unfinished, over)
    }
}
