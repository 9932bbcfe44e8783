import Engine

/// A dispatcher, the worker around it, and a witness of what must never be.
struct DispatcherStory {
    /// What can come in; a number or another word may follow.
    static let words = [
        "acquire", "release", "hold", "unhold", "yes", "no", "unknown", "wake", "wait 1000",
        "wait 60000", "old 1", "stale 1", "stuck", "ends done",
        "stuck-serving", "ends stuck-serving",
    ]
    private static let longestWait = 3_600_000
    /// The longest time that signals.yaml can name.
    private static let longest = Duration.seconds(3600)
    /// What one input leads to at most.
    private static let orderLimit = 8
    /// So many answers must do, when nothing fails any more.
    private static let restLimit = 50

    /// Pairs of an input and what it led to.
    private(set) var features: Set<String> = []

    private let pair: Signals.Pair
    private var dispatcher: Dispatcher
    private var now = Instant.zero
    private var serial = 0
    /// The newest record that was not cleared.
    private var wanted: Wanted?
    private var leavings = Leavings.nothing
    private var held = Held.nothing
    /// Nobody serves the pair; the next signal starts a worker.
    private var hasLeft = true
    private var hasStarted = false
    private var open: (id: WorkID, isLook: Bool, until: Instant)?
    private var running: (direction: Plan.Direction, isTold: Bool)?
    private var lastRun: (direction: Plan.Direction, kind: Ending.Kind)?
    private var lastID = 0
    /// Whether the look that is answered holds, by which alone an acquire begins.
    private var isConfirmed = false
    /// How many looks must hold before an acquire may begin: one more after a stuck one.
    private var looksDue = 1

    init(_ pair: Signals.Pair) {
        self.pair = pair
        dispatcher = Dispatcher(pair) { [pair] in pair.acquire.onlyIf }
    }

    /// Plays one line; one that means nothing here is passed over.
    mutating func play(_ line: [String]) throws(Finding) {
        let number = line.count > 1 ? Int(line[1]) ?? 1 : 1
        switch line.first {
        case "acquire": try signal(.acquire)
        case "release": try signal(.release)
        case "hold": try hold(.all)
        case "hold-acquires": try hold(.acquires)
        case "unhold": try hold(.nothing)
        case "yes": try answer(.holds)
        case "no": try answer(.doesNot("no"))
        case "unknown": try answer(.unknown("why"))
        case "wake": try wake()
        case "wait": now = now + .milliseconds(min(max(0, number), Self.longestWait))
        case "old": try tell(.wanted(record(.release, min(max(0, number), serial))), "old")
        case "stale": try stale(number)
        case "stuck" where hasLeft: leavings = .part
        case "stuck-serving" where hasLeft: leavings = .service
        case "ends": try end(line.count > 1 ? line[1] : "left")
        default: return
        }
    }

    /// The last signal comes, and nothing fails any more.
    mutating func comeToRest() throws(Finding) {
        try hold(.nothing)
        let direction: Plan.Direction = serial % 2 == 0 ? .acquire : .release
        try signal(direction)
        for _ in 0..<Self.restLimit where !hasLeft {
            if running != nil { try end("done") } else { try wake() }
        }
        try expect(hasLeft && wanted == nil, "it does not come to rest")
        let isSo = lastRun.map { $0.direction == direction && $0.kind == .done } ?? false
        try expect(isSo, "\(direction) was wanted last, and \(lastRun.map { "\($0)" } ?? "-") done")
    }
}

// MARK: - What comes in

extension DispatcherStory {
    private func record(_ direction: Plan.Direction, _ serial: Int) -> Wanted {
        Wanted(
            direction: direction, signal: pair[direction].signal, source: "a story", at: now,
            serial: "\(1_000_000 + serial)")
    }

    private mutating func signal(_ direction: Plan.Direction) throws(Finding) {
        serial += 1
        let record = record(direction, serial)
        wanted = record
        guard hasLeft else { return try tell(.wanted(record), direction.rawValue) }
        if !held.covers(direction) { try start() }
    }

    /// A worker takes the lock.
    private mutating func start() throws(Finding) {
        dispatcher = Dispatcher(pair) { [pair] in pair.acquire.onlyIf }
        (hasLeft, hasStarted, lastID) = (false, false, 0)
        if leavings != .nothing { looksDue = 2 }
        try tell(.held(held), "held")
        hasStarted = true
        try tell(.start(wanted: wanted, leavings: leavings), "start")
    }

    private mutating func hold(_ held: Held) throws(Finding) {
        guard self.held != held else { return }
        self.held = held
        if !hasLeft {
            try tell(.held(held), "held \(held)")
        } else if let wanted, !held.covers(wanted.direction) {
            try start()
        }
    }

    private mutating func answer(_ verdict: Verdict) throws(Finding) {
        guard let (id, isLook, until) = open, isLook else { return }
        open = nil
        if verdict != .holds { now = max(now, until) }
        isConfirmed = verdict == .holds
        if isConfirmed { looksDue -= 1 }
        try tell(.looked(id, Look(verdict, .none)), "looked")
        isConfirmed = false
    }

    /// A sleep is over; a look holds.
    private mutating func wake() throws(Finding) {
        guard let (id, isLook, until) = open else { return }
        guard !isLook else { return try answer(.holds) }
        open = nil
        now = max(now, until)
        try tell(.woke(id), "woke")
    }

    private mutating func stale(_ number: Int) throws(Finding) {
        let id = WorkID(number)
        guard id != open?.id, !hasLeft else { return }
        try tell(.woke(id), "stale")
        try tell(.looked(id, Look(.holds, .none)), "stale")
    }

    private mutating func end(_ word: String) throws(Finding) {
        guard let (direction, _) = running else { return }
        let isServing = word == "stuck-serving"
        let kind = isServing ? .stuck : Ending.Kind(rawValue: word) ?? .left
        running = nil
        lastRun = (direction, kind)
        let isCommitted = isServing && direction == .acquire
        let ending = Ending(kind, reason: "so", isCommitted: isCommitted)
        leavings = leavings.after(ending, of: direction)
        if leavings == .nothing {
            looksDue = 1
        } else if direction == .acquire {
            looksDue = 2
        }
        try tell(.ended(ending), "\(direction) \(kind)")
    }
}

// MARK: - What comes of it

extension DispatcherStory {
    private mutating func tell(
        _ input: Dispatcher.Input, _ word: String
    ) throws(Finding) {
        guard !hasLeft else { return }
        let orders = dispatcher.handle(input, at: now)
        try expect(orders.count <= Self.orderLimit, "\(orders.count) orders at once")
        for order in orders {
            try expect(!hasLeft, "something is ordered after it has left")
            features.insert("\(word): \(try take(order))")
        }
        let isBusy = running != nil || open != nil || hasLeft || !hasStarted
        try expect(isBusy, "after \(word) it waits for nothing, and does not leave")
    }

    private mutating func take(_ order: Dispatcher.Order) throws(Finding) -> String {
        switch order {
        case .work(.await(let id, _, let until, _)):
            try begin(id, isLook: true, until)
            return "look"
        case .work(.sleep(let id, let until)):
            try begin(id, isLook: false, until)
            return "sleep"
        case .work(.cancel(let id)):
            try expect(id == open?.id, "it cancels what is not open")
            open = nil
            return "cancel"
        case .work: throw Finding("it orders work of a run")
        case .run(let direction, _, let terms):
            try began(direction)
            return "run \(direction) \(terms)"
        case .supersede(let direction):
            let isNews = running.map { $0.direction != direction && !$0.isTold } ?? false
            try expect(isNews, "a run is told of \(direction), which it knows or wants itself")
            running?.isTold = true
            return "supersede"
        case .clear(let record):
            try expect(record.serial == wanted?.serial, "it clears what is not the newest")
            wanted = nil
            return "clear"
        case .say(let text, let weight):
            try expect(!text.isEmpty && Text.isPrintable(text), "it says `\(text)`")
            return "say \(weight)"
        case .leave:
            try expect(running == nil && open == nil, "it leaves work behind")
            try expect(
                wanted.map { held.covers($0.direction) } ?? true,
                "it leaves, and something is wanted")
            hasLeft = true
            return "leave"
        }
    }

    private mutating func began(_ direction: Plan.Direction) throws(Finding) {
        try expect(running == nil, "two runs at once")
        try expect(open == nil, "a run begins beside other work")
        try expect(!held.covers(direction), "a run begins under a hold")
        try expect(wanted != nil, "a run begins that nobody wants")
        if direction == .acquire {
            try expect(isConfirmed, "an acquire begins that nothing confirmed")
            try expect(looksDue <= 0, "an acquire begins on what a stuck one left")
        }
        if direction == .acquire {
            try expect(wanted?.direction == .acquire, "a release is wanted")
        } else if wanted?.direction == .acquire, leavings == .service {
            try expect(looksDue < 2, "what may serve is given up for an acquire")
        }
        running = (direction, false)
    }

    private mutating func begin(
        _ id: WorkID, isLook: Bool, _ until: Instant
    ) throws(Finding) {
        try expect(open == nil && running == nil, "two pieces of work at once")
        try expect(id.number > lastID, "an id comes again")
        try expect(held != .all, "work begins under a hold")
        try expect(until >= now && until <= now + Self.longest, "a wait has no limit")
        lastID = id.number
        open = (id, isLook, until)
        if isLook, looksDue < 1 { looksDue = 1 }
    }
}
