import Engine
import LocalHost
import Service
import Steps

/// The status of a pair as JSON.
struct StatusForm: Encodable {
    struct Run: Encodable {
        let run: String
        let plan: String?
        let time: String?
        let signal: String?
        let ending: String?
        let reason: String?
        let warnings: [String]
        let remaining: [String]
        let open: [String]
        let finished: Int?
        let steps: Int?
        /// Why its journal cannot be told, or only a part of it.
        let fault: String?
    }

    struct Broken: Encodable {
        /// What is to hold.
        let summary: String
        /// `broken`, or `untold` where it cannot be told.
        let kind: String
        /// When that was told.
        let since: String?
    }

    let fact = "status"
    let pair: String
    /// How the pair stands: `well`, `refused`, `failed`, `broken`, `left`, `faulty`, `untold` or
    /// `stuck`.
    let standing: String
    /// What `failover status` of this pair alone exits with.
    let exit: Int32
    /// Which file of the installation is at fault, and why; nothing is taken over here then.
    let fault: String?
    /// Why it cannot be told.
    let obstacles: [String]
    let master: String
    let masterDetail: String
    /// Why it cannot be told whether the peer has let go.
    let peer: [String]
    /// What a person must know of hastd.
    let hastd: String?
    let hold: String?
    /// What is held: `all`, or `acquires` alone.
    let holds: String?
    let holdWho: String?
    let holdSince: String?
    /// What does not hold of what is served here.
    let broken: [Broken]
    let question: String?
    let wanted: String?
    /// Whether nobody is at work for what is wanted.
    let neglected: Bool
    let running: Bool
    let holder: Int32?
    let holderWhat: String?
    let holderSince: String?
    /// Whether the holder is stopped, as by SIGSTOP.
    let holderStopped: Bool?
    let run: Run?
    /// How the last run ended, which may have no journal.
    let ending: String?
    let reason: String?
    /// The other runs that were begun and not ended.
    let unfinished: [String]

    enum CodingKeys: String, CodingKey {
        case fact, pair, standing, exit, fault, obstacles, master, peer, hastd, hold, holds, broken
        case question
        case wanted, neglected, running, holder, run, ending, reason, unfinished
        case masterDetail = "master-detail"
        case holdWho = "hold-who"
        case holdSince = "hold-since"
        case holderWhat = "holder-what"
        case holderSince = "holder-since"
        case holderStopped = "holder-stopped"
    }

    init(_ status: PairStatus, role: Verdict, doubts: [String], hastd: String? = nil) {
        self.hastd = hastd
        pair = status.pair
        standing = "\(status.standing)"
        exit = status.standing.exitCode
        fault = status.outdated?.text
        obstacles = status.obstacles.map { "\($0)" }
        master =
            switch role {
            case .holds: "holds"
            case .doesNot, .never: "does-not"
            case .unknown: "unknown"
            }
        masterDetail = role.detail
        peer = doubts
        hold = status.hold?.reason
        holds = status.hold?.held.rawValue
        holdWho = status.hold?.who
        holdSince = status.hold.flatMap { wallTime(milliseconds: $0.since) }
        broken = status.breaks.map {
            Broken(
                summary: $0.summary, kind: $0.kind.rawValue,
                since: wallTime(milliseconds: $0.since))
        }
        question = status.question
        wanted = status.wanted?.signal
        neglected = status.isNeglected
        running = status.isRunning
        holder = status.holder?.pid
        holderWhat = status.holder?.what
        holderSince = status.holder.flatMap { wallTime(milliseconds: $0.since) }
        holderStopped = status.holder?.isStopped
        ending = status.ending?.kind.rawValue
        reason = status.ending?.reason
        unfinished = status.unfinished
        run = status.newest.map(Run.init)
    }
}

extension StatusForm.Run {
    /// The run of a journal.
    init(_ newest: PairStatus.Newest) {
        let file = newest.file
        let story = file.map { RunStory($0, catalog: .builtin) }
        run = newest.run
        plan = file?.heading.plan
        time = file?.heading.time
        signal = file?.heading.signal
        ending = file?.ending?.kind.rawValue
        reason = file?.ending?.reason
        warnings = file?.ending?.warnings ?? []
        remaining = file?.ending?.remaining ?? []
        fault =
            switch newest.journal {
            case .failure(let fault): fault.text
            case .success(let file): file.isCut ? "it is longer than any that is written" : nil
            }
        open = story?.progress?.open.compactMap { story?.plan?[$0.node].label } ?? []
        finished = story?.progress?.finished
        steps = story?.progress?.total
    }
}
