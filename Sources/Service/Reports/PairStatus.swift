package import Engine
package import LocalHost

/// What is to be said of a pair now: what runs, or how the last run ended; what is wanted.
package struct PairStatus {
    /// The newest run, and its journal as far as it can be told.
    package struct Newest {
        package let run: String
        package let journal: Result<JournalFile, JournalFile.Fault>

        package var file: JournalFile? { try? journal.get() }
    }

    package let pair: String
    /// Why nothing is taken over here: signals.yaml or site.yaml is at fault.
    package let outdated: Installation.Outdated?
    /// Why it cannot be told how the pair is.
    package let obstacles: [StoreFault]
    /// Who holds the lock; nil when nobody does.
    package let holder: PairLock.Holder?
    /// The newest run; nil when there is none.
    package let newest: Newest?
    /// How the last run of this boot ended, which is known also where no journal tells it.
    package let noted: LastEnding?
    /// The older runs that were not ended, and that nobody has dealt with, the newest first.
    package let unfinished: [String]
    /// What is wanted and not reached yet.
    package let wanted: Wanted?
    /// Why signals are not acted on, if they are not.
    package let hold: Hold?
    /// What was told as broken of what is served here, and is not known to hold again.
    package let breaks: [Monitor.Break]
    /// The question for which a run waits.
    package let question: String?

    /// Looks at what lies in the folders; takes no lock for longer than a look.
    package init(
        _ pair: String, in folders: StateFolders, outdated: Installation.Outdated? = nil
    ) {
        self.pair = pair
        self.outdated = outdated
        obstacles = folders.obstacles(pair)
        holder = PairLock.holder(of: pair, in: folders)
        let shelf = JournalShelf(pair, in: folders)
        let runs = shelf.runs()
        newest = runs.first.map { Newest(run: $0, journal: shelf.read($0)) }
        noted = LastEnding(pair, in: folders)
        let closed = RecoveryNote(pair, in: folders).closed
        let open = shelf.sorted(Array(runs.dropFirst()), besides: closed).unfinished
        unfinished = open.reversed()
        wanted = WantedSpool(pair, in: folders).newestWanted()
        // A hold that cannot be read is none that was set.
        hold = obstacles.isEmpty ? Hold.read(pair, in: folders) : nil
        let isServing = noted?.lastRun.isServing == true
        let isLookedAt = isServing && holder?.mends != false
        breaks = isLookedAt ? BreakNote(pair, in: folders).breaks : []
        question = QuestionBook(pair, in: folders).question?.text
    }

    /// Whether the newest run is under way.
    package var isRunning: Bool {
        guard holder != nil, let file = newest?.file else { return false }
        // A journal that its disk refuses does not tell the end, and the note beside the lock does.
        return file.ending == nil && !file.isCut && noted?.run != newest?.run
    }

    /// What is noted of a run that is newer than the newest journal, or has none.
    package var unrecorded: LastEnding? {
        guard let noted, !isRunning else { return nil }
        if let run = noted.run {
            // The name of an older one is no news.
            let numbers = [run, newest?.run ?? ""].map { JournalFolder.number(of: $0) }
            return numbers[0] > numbers[1] ? noted : nil
        }
        guard let file = newest?.file, file.heading.boot == BootID.current else { return noted }
        // Records count whole milliseconds.
        return noted.at > file.lastAt + .milliseconds(1) ? noted : nil
    }

    /// How the last run ended; nil while one is under way, when there is none, and where nobody
    /// can tell.
    package var ending: Ending? {
        if isRunning { return nil }
        if let unrecorded { return unrecorded.ending }
        if let ending = newest?.file?.ending { return ending }
        return noted?.run == newest?.run ? noted?.ending : nil
    }

    /// How the run before the one that is under way ended, in this boot; nil when none is.
    package var before: Ending? { isRunning ? noted?.ending : nil }

    /// Whether something is wanted and allowed, and nobody is at work for it.
    package var isNeglected: Bool {
        guard let wanted, holder == nil else { return false }
        return !(hold?.held ?? .nothing).covers(wanted.direction)
    }
}

extension PairStatus {
    /// How a pair stands, the worse the greater; what `failover status` exits with is its code.
    package enum Standing: Int, Comparable, CaseIterable {
        /// All is well, or under way.
        case well
        /// The last run was refused before any change.
        case refused
        /// The last run failed, and what it did was taken back or given up.
        case failed
        /// Something does not hold that the pair serves here, or is to hold meanwhile.
        case broken
        /// The last run is left in the middle, nobody is at work for what is wanted, or whoever is
        /// at work is stopped.
        case left
        /// A file of the installation is at fault, so that nothing is taken over here.
        case faulty
        /// It cannot be told.
        case untold
        /// The last run is stuck: a person is needed.
        case stuck

        /// The exit code: that of the ending, and `EX_UNAVAILABLE` of sysexits(3).
        package var exitCode: Int32 {
            switch self {
            case .well: Ending.Kind.done.exitCode
            case .refused: Ending.Kind.refused.exitCode
            case .failed: Ending.Kind.rolledBack.exitCode
            case .broken, .left: Ending.Kind.left.exitCode
            case .faulty: Self.faultyCode
            case .untold: Self.untoldCode
            case .stuck: Ending.Kind.stuck.exitCode
            }
        }

        /// `EX_UNAVAILABLE` of sysexits(3).
        package static let untoldCode: Int32 = 69
        /// `EX_DATAERR` of sysexits(3): a file is at fault.
        package static let faultyCode: Int32 = 65

        package static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }

        fileprivate init(_ kind: Ending.Kind) {
            switch kind {
            case .done, .superseded, .interrupted, .cutOff: self = .well
            case .refused: self = .refused
            case .rolledBack, .released: self = .failed
            case .left: self = .left
            case .stuck: self = .stuck
            }
        }
    }

    /// How the pair stands.
    package var standing: Standing { max(outdated == nil ? .well : .faulty, runStanding) }

    private var runStanding: Standing {
        guard obstacles.isEmpty else { return .untold }
        // Whoever is stopped is at work for nothing, and keeps all others from it.
        if holder?.isStopped == true {
            return max(.left, ending.map { Standing($0.kind) } ?? .left)
        }
        let isBroken = breaks.contains { $0.kind == .broken }
        if isRunning {
            // A failure stays told while it is tried again.
            return max(before.map { Standing($0.kind) } ?? .well, isBroken ? .broken : .well)
        }
        if let ending {
            let isTold = newest?.file != nil || newest == nil || noted?.run == newest?.run
            return [
                Standing(ending.kind), isTold ? .well : .untold, isNeglected ? .left : .well,
                isBroken ? .broken : .well,
            ].max() ?? .well
        }
        guard let newest else { return isNeglected ? .left : .well }
        // No ending: its engine died, or nobody can tell.
        return newest.file.map { $0.isCut ? .untold : .left } ?? .untold
    }
}
