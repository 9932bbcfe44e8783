import Engine
import FoundationEssentials
package import LocalHost

/// The journals of a pair.
package struct JournalShelf: Sendable {
    /// How long journals are kept: so many, so many bytes, so many seconds.
    package struct Limits: Sendable {
        package var count = 200
        package var bytes = 256 << 20
        package var age: Int64 = 400 * 24 * 3600
        /// So many of the newest stay, however old they seem by a clock that may be wrong.
        package var least = 20

        package init() {}
    }

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
    package func path(of run: String) -> String { "\(folder)/\(file(of: run))" }

    private func file(of run: String) -> String { run + Self.suffix }

    /// The names of the runs, the newest first; none when they cannot be read.
    package func runs() -> [String] { (try? list().get()) ?? [] }

    /// The same, or why nobody can tell.
    package func list() -> Result<[String], StoreFault> {
        JournalFolder.list(folder).map { paths in
            paths.map { String(($0.split(separator: "/").last ?? "").dropLast(Self.suffix.count)) }
        }
    }

    /// The journal of a run, as far as it can be told.
    package func read(_ run: String) -> Result<JournalFile, JournalFile.Fault> {
        JournalFolder.beginning(path(of: run)).mapError { .unreadable($0.why) }
            .flatMap { JournalFile.read($0.bytes, isWhole: $0.isWhole) }
    }

    /// The newest of these runs, the newest first, whose journal can be read.
    package func newestReadable(of runs: [String]) -> JournalFile? {
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
            case .failure(.unreadable): continue
            case .success(let journal) where journal.ending != nil: over.append(run)
            case .failure, .success: unfinished.append(run)
            }
        }
        return (unfinished, over)
    }

    /// Removes a journal that is between others of its kind, and what is beyond the limits.
    package func tidy(besides middle: String?, _ limits: Limits = Limits()) -> StoreFault? {
        let now = Int64(Date.now.timeIntervalSince1970)
        return JournalFolder.entries(in: folder).fault { entries in
            let kept = entries.filter { $0.name != middle.map(file) }
            let old = Self.beyond(limits, kept, at: now).map(\.name)
            return JournalFolder.remove((middle.map { [file(of: $0)] } ?? []) + old, in: folder)
        }
    }

    /// Those of the journals, the newest first, that are not kept.
    package static func beyond(
        _ limits: Limits, _ entries: [JournalFolder.Entry], at now: Int64
    ) -> [JournalFolder.Entry] {
        var bytes = 0
        return entries.enumerated().filter { index, entry in
            bytes += entry.size
            guard index > 0 else { return false }
            let isOld = index >= limits.least && now - entry.changed > limits.age
            return index >= limits.count || bytes > limits.bytes || isOld
        }.map(\.element)
    }
}

extension Result where Failure == StoreFault {
    /// The fault, or that of what follows.
    fileprivate func fault(_ next: (Success) -> StoreFault?) -> StoreFault? {
        switch self {
        case .success(let value): next(value)
        case .failure(let fault): fault
        }
    }
}
