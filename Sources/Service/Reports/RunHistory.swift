import Engine
import LocalHost

/// The runs of a pair, the newest first, attempts that came to the same end told as one.
package struct RunHistory {
    /// A run, and those right before it that ended like it.
    package struct Entry {
        package let run: String
        package let journal: Result<JournalFile, JournalFile.Fault>
        /// The first run of its series; its own where it stands alone.
        package fileprivate(set) var first: String
        /// How many journals there are of the series.
        fileprivate var journals = 1

        /// How many attempts were alike: the numbers of the runs tell of those, too, whose journals
        /// are gone.
        package var count: Int {
            let numbers = [run, first].map { JournalFolder.number(of: $0) }
            return numbers.contains(0) ? journals : max(journals, numbers[0] - numbers[1] + 1)
        }

        fileprivate var kind: Series.Kind? {
            guard let file = try? journal.get(), let ending = file.ending else { return nil }
            return Series.Kind(plan: file.heading.plan, signal: file.heading.signal, ending)
        }
    }

    package let entries: [Entry]

    /// So many entries at most of the journals on a shelf.
    package init(_ shelf: JournalShelf, of runs: [String], last count: Int) {
        var entries: [Entry] = []
        for run in runs {
            let entry = Entry(run: run, journal: shelf.read(run), first: run)
            if let kind = entry.kind, let last = entries.last, last.kind == kind {
                entries[entries.count - 1].first = run
                entries[entries.count - 1].journals += 1
            } else {
                guard entries.count < count else { break }
                entries.append(entry)
            }
        }
        self.entries = entries
    }
}
