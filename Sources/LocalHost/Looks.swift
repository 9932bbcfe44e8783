import Engine

/// The looks that are under way, and the latest answers; each query is asked once at a time.
struct Looks {
    private struct Sight {
        let answer: Answer
        let asked: Instant
        let seen: Instant
    }

    /// What there is of an answer that others asked for.
    enum Recent {
        case seen(Answer)
        case underWay
    }

    /// No reader takes an answer that is older.
    private static let shelfLife = Attention.freshness
    /// With more answers than this the old ones are dropped.
    private static let capacity = 256

    private let spawner: Spawner
    private let processes = ProcessTable()
    private var latest: [Query: Sight] = [:]
    private var open: [OpenLook] = []
    /// What will be asked soon.
    private var foreseen: [Query] = []

    init(_ spawner: Spawner) { self.spawner = spawner }

    /// An answer that was asked for after `began` and seen after `oldest`; nil while it is awaited.
    mutating func answer(
        _ query: Query,
        askedSince began: Instant,
        seenSince oldest: Instant,
        at now: Instant
    ) -> Answer? {
        if let sight = latest[query], sight.asked >= began, sight.seen >= oldest {
            return sight.answer
        }
        if let look = open.first(where: { $0.query == query }) {
            return look.isLate(at: now) ? .missing(why: look.silence) : nil
        }
        switch begin(query, at: now) {
        case .answered(let answer):
            return note(query, answer, asked: now, at: now)
        case .open(let look):
            if let answer = look.answer { return note(query, answer, asked: now, at: now) }
            open.append(look)
            return nil
        }
    }

    /// Takes note of what will be asked soon.
    mutating func foresee(_ queries: [Query]) { foreseen += queries.filter(\.forks) }

    /// Looks for those who will ask soon, once those have begun to look who ask now.
    mutating func goAhead(at now: Instant) {
        for query in foreseen { _ = answer(query, askedSince: now, seenSince: now, at: now) }
        foreseen = []
    }

    /// What has been asked for after `began`, whoever asked; nil when there is nothing.
    func recent(_ query: Query, askedSince began: Instant, at now: Instant) -> Recent? {
        if let sight = latest[query], sight.asked >= began { return .seen(sight.answer) }
        let isUnderWay = open.contains {
            $0.query == query && $0.asked >= began && !$0.isLate(at: now)
        }
        return isUnderWay ? .underWay : nil
    }

    func due(at now: Instant) -> Instant {
        foreseen.isEmpty ? open.lazy.map { $0.due(at: now) }.min() ?? .never : now
    }

    func wait(in polls: inout PollSet) {
        for look in open { look.wait(in: &polls) }
    }

    /// Takes in what has come back.
    mutating func serve(_ polls: PollSet, at now: Instant) {
        for look in open {
            look.serve(polls, at: now)
            // A late answer may be of long ago; who waited for it has been told that it is missing.
            guard let answer = look.answer, !look.isLate(at: now) else { continue }
            _ = note(look.query, answer, asked: look.asked, at: now)
        }
        open.removeAll { $0.answer != nil }
    }

    /// Ends what is under way; it only reads.
    func abandon() {
        for look in open { look.abandon() }
    }

    private mutating func note(
        _ query: Query,
        _ answer: Answer,
        asked: Instant,
        at now: Instant
    ) -> Answer {
        if latest.count >= Self.capacity {
            latest = latest.filter { now - $0.value.seen <= Self.shelfLife }
        }
        latest[query] = Sight(answer: answer, asked: asked, seen: now)
        return answer
    }

    /// How a look began.
    private enum Beginning {
        case open(OpenLook)
        /// It needed no waiting.
        case answered(Answer)
    }

    private func begin(_ query: Query, at now: Instant) -> Beginning {
        switch query {
        case .command(let look): return start(look.argv, query, now)
        case .userCommand(let look): return start(look.argv, query, now)
        case .processes:
            switch processes.begin() {
            case .answered(let answer): return .answered(answer)
            case .open(let look): return .open(OpenLook(query, .slow(look), asked: now))
            }
        case .port(let host, let port):
            let probe = PortProbe(host: host, port: port, at: now)
            return .open(OpenLook(query, .port(probe), asked: now))
        case .path(let path):
            if let why = PathLook.fault(path) { return .answered(.missing(why: why)) }
            if PathLook.isImmediate(path) { return .answered(PathLook.kind(of: path)) }
            return start(PathLook.kindTool(path), query, now)
        case .text(let path):
            if let why = PathLook.fault(path) { return .answered(.missing(why: why)) }
            if PathLook.isImmediate(path) { return .answered(PathLook.text(of: path)) }
            return start(PathLook.textTool(path), query, now)
        }
    }

    private func start(_ argv: [String], _ query: Query, _ now: Instant) -> Beginning {
        do {
            return .open(OpenLook(query, .child(try spawner.start(argv)), asked: now))
        } catch {
            return .answered(OpenLook.decoded(Output(error.status), query))
        }
    }
}
