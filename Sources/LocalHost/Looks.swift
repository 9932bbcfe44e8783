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

    /// What there is to somebody's question.
    enum Reply {
        case here(Answer)
        /// It is awaited for so long already that it counts as missing until it comes, and why.
        case late(String)
        case awaited
    }

    /// No reader takes an answer that is older.
    private static let shelfLife = Attention.freshness
    /// With more answers than this the old ones are dropped.
    private static let capacity = 256

    private let spawner: Spawner
    private let processes = ProcessTable()
    private let gate: HastdGate?
    /// Whether somebody here waits to promote: then nobody begins to ask.
    var isHeldBack = false
    /// The rights to use hastd that wait for the process table.
    private var reservations: [HastdUse: Reserved] = [:]
    /// The right by which hastd is being asked; others may ask by it as well.
    private var asking = Asking()

    private struct Reserved {
        let permit: HastdGate.Permit
        let since: Instant
    }

    private struct Asking {
        weak var permit: HastdGate.Permit?
        var since = Instant.zero
    }
    private let timeout: Duration
    private var latest: [Query: Sight] = [:]
    private var open: [OpenLook] = []
    /// What has come back since the host slept last.
    private var news: Set<Query> = []
    /// What will be asked soon.
    private var foreseen: [Query] = []

    init(_ spawner: Spawner, _ gate: HastdGate?, timeout: Duration) {
        self.spawner = spawner
        self.gate = gate
        self.timeout = timeout
    }

    /// An answer that was asked for after `began` and seen after `oldest`.
    mutating func answer(
        _ query: Query,
        askedSince began: Instant,
        seenSince oldest: Instant,
        at now: Instant
    ) -> Reply {
        if let sight = latest[query], sight.asked >= began, sight.seen >= oldest {
            return .here(sight.answer)
        }
        if let look = open.first(where: { $0.query == query }) {
            return look.isLate(at: now) ? .late(look.silence) : .awaited
        }
        var permit: HastdGate.Permit?
        switch admit(query.argv.flatMap { HastdUse($0) }, at: now) {
        case nil: break
        case .waiting?: return .awaited
        case .refused(let why)?: return .here(note(query, .missing(why: why), asked: now, at: now))
        case .granted(let granted)?: permit = granted
        }
        switch begin(query, permit, at: now) {
        case .answered(let answer):
            return .here(note(query, answer, asked: now, at: now))
        case .open(let look):
            if let answer = look.answer { return .here(note(query, answer, asked: now, at: now)) }
            open.append(look)
            return .awaited
        }
    }

    /// Whether one of these looks has come back since the host slept last.
    func hasNews(of queries: [Query]) -> Bool {
        !news.isEmpty && queries.contains { news.contains($0) }
    }

    /// What comes of wanting to use hastd.
    enum Admission {
        /// The process table is being looked at.
        case waiting
        case granted(HastdGate.Permit)
        case refused(String)

        init(_ reservation: HastdGate.Reservation) {
            switch reservation {
            case .granted(let permit): self = .granted(permit)
            case .refused(let why): self = .refused(why)
            }
        }
    }

    /// Whether what uses hastd in this way may be started now; nil where nothing has to wait.
    ///
    /// What is seen in the process table counts if it was asked for while the right was reserved:
    /// nobody has begun to promote since then.
    mutating func admit(_ use: HastdUse?, at now: Instant) -> Admission? {
        guard let gate, let use else { return nil }
        // A promotion asks nobody, and waits for nothing but who asks.
        if use == .promotes { return .init(gate.reserve(use)) }
        if use == .asks, isHeldBack { return .refused("hastd is about to be told of a promotion") }
        let reserved: Reserved
        if let own = reservations[use] {
            reserved = own
        } else if use == .asks, let permit = asking.permit {
            reserved = Reserved(permit: permit, since: asking.since)
        } else {
            switch gate.reserve(use) {
            case .granted(let permit): reserved = Reserved(permit: permit, since: now)
            case .refused(let why): return .refused(why)
            }
        }
        reservations[use] = reserved
        let since = reserved.since
        let table = answer(.processes, askedSince: since, seenSince: since, at: now)
        if case .awaited = table { return .waiting }
        reservations[use] = nil
        guard case .here(.processes(let processes)) = table else {
            return .refused(
                "the process table cannot be read, which says whether hastd may be asked")
        }
        if let why = gate.refusal(of: use, seeing: processes) { return .refused(why) }
        if use == .asks { asking = Asking(permit: reserved.permit, since: since) }
        return .granted(reserved.permit)
    }

    /// Takes note of what will be asked soon.
    mutating func foresee(_ queries: [Query]) { foreseen += queries.filter(\.forks) }

    /// Looks for those who will ask soon, once those have begun to look who ask now.
    mutating func goAhead(at now: Instant) {
        for query in foreseen { _ = answer(query, askedSince: now, seenSince: now, at: now) }
        foreseen = []
        // Whoever waited for the process table has been served by now, or waits no more.
        let isAwaited = open.contains { $0.query == .processes && !$0.isLate(at: now) }
        if !isAwaited { reservations = [:] }
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
        news = []
        for look in open {
            look.serve(polls, at: now)
            guard let answer = look.answer else { continue }
            _ = note(look.query, answer, asked: look.asked, at: now)
            news.insert(look.query)
        }
        if !news.isEmpty { open.removeAll { news.contains($0.query) } }
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

    private func begin(
        _ query: Query, _ permit: HastdGate.Permit?, at now: Instant
    ) -> Beginning {
        switch query {
        case .command(let look): return start(look.argv, query, now, permit)
        case .userCommand(let look): return start(look.argv, query, now, permit)
        case .processes:
            switch processes.begin() {
            case .answered(let answer): return .answered(answer)
            case .open(let look): return .open(open(query, .slow(look), at: now))
            }
        case .port(let host, let port):
            let probe = PortProbe(host: host, port: port, at: now)
            return .open(open(query, .port(probe), at: now))
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

    private func open(
        _ query: Query, _ source: OpenLook.Source, _ permit: HastdGate.Permit? = nil,
        at now: Instant
    ) -> OpenLook {
        OpenLook(query, source, asked: now, timeout: timeout, permit)
    }

    private func start(
        _ argv: [String], _ query: Query, _ now: Instant, _ permit: HastdGate.Permit? = nil
    ) -> Beginning {
        do {
            return .open(
                open(query, .child(try spawner.start(argv, keeping: .looks)), permit, at: now))
        } catch {
            return .answered(OpenLook.decoded(Output(error.status), query))
        }
    }
}

extension Query {
    /// The command line that it starts, where it is one of a tool.
    fileprivate var argv: [String]? {
        switch self {
        case .command(let look): look.argv
        case .userCommand(let look): look.argv
        case .processes, .path, .text, .port: nil
        }
    }
}
