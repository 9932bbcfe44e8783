import Engine

/// The looks that are under way, and the latest answers; each query is asked once at a time.
struct Looks {
    private struct Sight {
        let answer: Answer
        let asked: Instant
        let seen: Instant
    }

    /// No reader takes an older answer: half of the longest pause between two looks.
    private static let shelfLife = Duration.milliseconds(250)
    /// With more answers than this the old ones are dropped.
    private static let capacity = 256

    private let spawner: Spawner
    private var latest: [Query: Sight] = [:]
    private var open: [OpenLook] = []

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
        case .success(let look):
            if let answer = look.answer { return note(query, answer, asked: now, at: now) }
            open.append(look)
            return nil
        case .failure(let fault):
            return note(query, fault.answer, asked: now, at: now)
        }
    }

    func due(at now: Instant) -> Instant {
        open.lazy.map { $0.due(at: now) }.min() ?? .never
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

    /// An answer that needed no waiting.
    private struct Immediate: Error {
        let answer: Answer
    }

    private func begin(_ query: Query, at now: Instant) -> Result<OpenLook, Immediate> {
        switch query {
        case .command(let look): start(look.argv, query, now)
        case .userCommand(let look): start(look.argv, query, now)
        case .processes: .failure(Immediate(answer: ProcessTable.read()))
        case .path(let path), .text(let path): begin(query, path, now)
        case .port(let host, let port):
            .success(OpenLook(query, .port(PortProbe(host: host, port: port, at: now)), asked: now))
        }
    }

    private func begin(
        _ query: Query,
        _ path: String,
        _ now: Instant
    ) -> Result<OpenLook, Immediate> {
        let isText = if case .text = query { true } else { false }
        guard path.hasPrefix("/"), !path.utf8.contains(0) else {
            return .failure(Immediate(answer: .missing(why: "'\(path)' is no absolute path")))
        }
        if PathLook.isImmediate(path) {
            let answer = isText ? PathLook.text(of: path) : PathLook.kind(of: path)
            return .failure(Immediate(answer: answer))
        }
        return start(isText ? PathLook.textTool(path) : PathLook.kindTool(path), query, now)
    }

    private func start(
        _ argv: [String],
        _ query: Query,
        _ now: Instant
    ) -> Result<OpenLook, Immediate> {
        do {
            return .success(OpenLook(query, .child(try spawner.start(argv)), asked: now))
        } catch {
            return .failure(
                Immediate(answer: OpenLook.decoded(Output(.notStarted(error.why)), query))
            )
        }
    }
}
