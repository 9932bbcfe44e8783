import Engine
import LocalHost
import Service
import Steps

/// The status of a pair as JSON.
struct StatusForm: Encodable {
    struct Run: Encodable {
        let run: String
        let plan: String
        let time: String
        let signal: String?
        let ending: String?
        let reason: String?
        let warnings: [String]
        let remaining: [String]
        let open: [String]
        let finished: Int?
        let steps: Int?
    }

    let fact = "status"
    let pair: String
    let master: String
    let masterDetail: String
    /// Why it cannot be told whether the peer has let go.
    let peer: [String]
    /// What a person must know of hastd.
    let hastd: String?
    let hold: String?
    /// What is held: `all`, or `acquires` alone.
    let holds: String?
    let question: String?
    let wanted: String?
    let running: Bool
    let holder: Int32?
    let run: Run?

    enum CodingKeys: String, CodingKey {
        case fact, pair, master, peer, hastd, hold, holds, question, wanted, running, holder, run
        case masterDetail = "master-detail"
    }

    init(_ status: PairStatus, role: Verdict, doubts: [String], hastd: String? = nil) {
        self.hastd = hastd
        pair = status.pair
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
        question = status.question
        wanted = status.wanted?.signal
        running = status.isRunning
        holder = status.holder?.pid
        run = status.newest.map(Run.init)
    }
}

extension StatusForm.Run {
    /// The run of a journal.
    init(_ file: JournalFile) {
        let story = RunStory(file, catalog: .builtin)
        run = file.heading.run
        plan = file.heading.plan
        time = file.heading.time
        signal = file.heading.signal
        ending = file.ending?.kind.rawValue
        reason = file.ending?.reason
        warnings = file.ending?.warnings ?? []
        remaining = file.ending?.remaining ?? []
        open = story.progress?.open.compactMap { story.plan?[$0.node].label } ?? []
        finished = story.progress?.finished
        steps = story.progress?.total
    }
}
