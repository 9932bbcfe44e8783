package import Engine
package import LocalHost

/// Waits until what was wanted of a pair is so, was given up, or gave way to something newer.
package struct Vigil {
    /// What came of it.
    package enum Outcome {
        /// The last run ended so; it was of this direction, if any.
        case ended(Ending, of: Plan.Direction?)
        /// A person wanted to wait no more; what was wanted goes on.
        case interrupted
        /// No run came about, or nothing tells of one.
        case untold
    }

    /// It looks so often; files tell nobody that they changed.
    private static let beat = Duration.milliseconds(50)
    private let pair: String
    private let folders: StateFolders
    /// Has a worker started where the last one died.
    private let wake: () -> Void
    /// Is told what whoever is at work does, and how runs end.
    private let tell: (String) -> Void

    package init(
        _ pair: String, in folders: StateFolders, tell: @escaping (String) -> Void,
        wake: @escaping () -> Void
    ) {
        self.pair = pair
        self.folders = folders
        self.tell = tell
        self.wake = wake
    }

    /// What came of what was wanted.
    package func await(_ wanted: Wanted) -> Outcome {
        let spool = WantedSpool(pair, in: folders)
        let host = LocalHost(syslog: nil, catchingInterrupts: true)
        var account = Account(since: wanted.at)
        var beats = 0
        var alone = Duration.zero
        while isOpen(spool) {
            beats += 1
            let holder = PairLock.holder(of: pair, in: folders)
            for line in account.news(holder, LastEnding(pair, in: folders)) { tell(line) }
            alone = holder != nil ? .zero : alone + Self.beat
            if alone >= Tenure.loneliness {
                alone = .zero
                wake()
            }
            host.perform(.sleep(WorkID(beats), until: host.now + Self.beat))
            guard let event = host.next() else { break }
            if case .interrupt = event.input { return .interrupted }
        }
        for line in account.news(nil, LastEnding(pair, in: folders)) { tell(line) }
        return outcome(since: wanted.at)
    }

    /// How the newest run since then ended; one that was refused may have no journal, and a disk
    /// that is full has none either.
    private func outcome(since begin: Instant) -> Outcome {
        // Records count whole milliseconds.
        let grain = Duration.milliseconds(1)
        let noted = LastEnding(pair, in: folders)
        if let noted, noted.at + grain > begin {
            return .ended(noted.ending, of: noted.lastRun.direction)
        }
        let shelf = JournalShelf(pair, in: folders)
        if let file = shelf.newestReadable(of: shelf.runs()), file.lastAt + grain > begin,
            file.heading.boot == BootID.current, let ending = file.ending
        {
            let direction = file.heading.direction.flatMap(Plan.Direction.init(rawValue:))
            return .ended(ending, of: direction)
        }
        return .untold
    }

    /// Whether the record, or one that came after it, still waits to be settled.
    private func isOpen(_ spool: WantedSpool) -> Bool {
        Survey(wanted: spool.newestWanted(), held: Hold.held(pair, in: folders)).isOpen
            || PairLock.holder(of: pair, in: folders) != nil
    }
}

extension Vigil {
    /// What was told so far of those who are at work.
    private struct Account {
        private var what = ""
        private var wasStopped = false
        private var endedAt: Instant

        init(since begin: Instant) { endedAt = begin }

        /// What is new.
        mutating func news(_ holder: PairLock.Holder?, _ last: LastEnding?) -> [String] {
            var lines: [String] = []
            if let last, last.at > endedAt {
                endedAt = last.at
                let direction = last.lastRun.direction.map { "the \($0.rawValue)" } ?? "the run"
                lines.append("\(direction) ended: \(last.ending.sentence)")
            }
            if let holder, !holder.what.isEmpty, holder.what != what {
                what = holder.what
                if !Self.quiet.contains(what) { lines.append(what) }
            }
            if let stopped = holder?.stopped, !wasStopped { lines.append(stopped) }
            wasStopped = holder?.isStopped == true
            return lines
        }

        /// What says nothing to a person.
        private static let quiet: Set<String> = ["between runs", "a worker"]
    }
}
