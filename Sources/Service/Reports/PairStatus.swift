package import Engine
package import LocalHost

/// What is to be said of a pair now: what runs, or how the last run ended; what is wanted.
package struct PairStatus {
    package let pair: String
    /// Who holds the lock; nil when nobody does.
    package let holder: PairLock.Holder?
    /// The newest run whose journal can be read.
    package let newest: JournalFile?
    /// What is wanted and not reached yet.
    package let wanted: Wanted?
    /// Why signals are not acted on, if they are not.
    package let hold: Hold?
    /// The question for which a run waits.
    package let question: String?

    /// Looks at what lies in the folders; takes no lock for longer than a look.
    package init(_ pair: String, in folders: StateFolders) {
        self.pair = pair
        holder = PairLock.holder(of: pair, in: folders)
        newest = JournalShelf(pair, in: folders).newest()
        wanted = WantedSpool(pair, in: folders).newestWanted()
        hold = Hold.read(pair, in: folders)
        question = QuestionBook(pair, in: folders).question?.text
    }

    /// Whether the newest run is under way.
    package var isRunning: Bool { holder != nil && newest.map { $0.ending == nil } ?? false }
}
