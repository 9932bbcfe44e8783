package import Engine
package import LocalHost

/// Waits until what was wanted of a pair is so, was given up, or gave way to something newer.
package struct Vigil {
    /// It looks so often; files tell nobody that they changed.
    private static let beat = Duration.milliseconds(50)

    private let pair: String
    private let folders: StateFolders

    package init(_ pair: String, in folders: StateFolders) {
        self.pair = pair
        self.folders = folders
    }

    /// How the run ended that settled it; nil when there was none.
    package func await(_ wanted: Wanted) -> Ending? {
        let spool = WantedSpool(pair, in: folders)
        let host = LocalHost(syslog: nil, catchingInterrupts: true)
        var beats = 0
        while isOpen(wanted, spool) {
            beats += 1
            host.perform(.sleep(WorkID(beats), until: host.now + Self.beat))
            guard let event = host.next() else { break }
            if case .interrupt = event.input {
                return Ending(.interrupted, reason: "no more waited")
            }
        }
        return JournalShelf(pair, in: folders).newest()?.ending
    }

    /// Whether the record, or one that came after it, still waits to be settled.
    private func isOpen(_ wanted: Wanted, _ spool: WantedSpool) -> Bool {
        if spool.newestWanted() != nil { return true }
        return PairLock.holder(of: pair, in: folders) != nil
    }
}
