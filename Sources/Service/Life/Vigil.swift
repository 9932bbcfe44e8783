package import Engine
package import LocalHost

/// Waits until what was wanted of a pair is so, was given up, or gave way to something newer.
package struct Vigil {
    /// It looks so often; files tell nobody that they changed.
    private static let beat = Duration.milliseconds(50)
    private let pair: String
    private let folders: StateFolders
    /// Has a worker started where the last one died.
    private let wake: () -> Void

    package init(_ pair: String, in folders: StateFolders, wake: @escaping () -> Void) {
        self.pair = pair
        self.folders = folders
        self.wake = wake
    }

    /// How the run ended that settled it; nil when there was none.
    package func await(_ wanted: Wanted) -> Ending? {
        let spool = WantedSpool(pair, in: folders)
        let host = LocalHost(syslog: nil, catchingInterrupts: true)
        var beats = 0
        var alone = Duration.zero
        while isOpen(spool) {
            beats += 1
            alone = isAtWork ? .zero : alone + Self.beat
            if alone >= Tenure.loneliness {
                alone = .zero
                wake()
            }
            host.perform(.sleep(WorkID(beats), until: host.now + Self.beat))
            guard let event = host.next() else { break }
            if case .interrupt = event.input {
                return Ending(.interrupted, reason: "no more waited")
            }
        }
        return ending(since: wanted.at)
    }

    /// How the newest run since then ended; one that was refused may have no journal, and a disk
    /// that is full has none either.
    private func ending(since begin: Instant) -> Ending? {
        // Records count whole milliseconds.
        let grain = Duration.milliseconds(1)
        let noted = LastEnding(pair, in: folders)
        if let noted, noted.at + grain > begin { return noted.ending }
        if let file = newestFile, file.lastAt + grain > begin,
            file.heading.boot == BootID.current
        {
            return file.ending
        }
        return nil
    }

    private var newestFile: JournalFile? {
        let shelf = JournalShelf(pair, in: folders)
        return shelf.newestReadable(of: shelf.runs())
    }

    /// Whether the record, or one that came after it, still waits to be settled.
    private func isOpen(_ spool: WantedSpool) -> Bool {
        Survey(wanted: spool.newestWanted(), held: Hold.held(pair, in: folders)).isOpen || isAtWork
    }

    private var isAtWork: Bool { PairLock.holder(of: pair, in: folders) != nil }
}
