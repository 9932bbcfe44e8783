@testable import Engine

/// A world around a dispatcher that sends signals, holds and endings at random, by a seed; and a
/// witness of everything that must never be.
struct Weather {
    /// What the dispatcher did that it must not do.
    private(set) var faults: [String] = []
    /// All that happened, for a person.
    private(set) var log: [String] = []
    private(set) var orderCount = 0
    private(set) var inputCount = 0
    private(set) var runs: [(direction: Plan.Direction, kind: Ending.Kind)] = []
    private(set) var hasLeft = false
    /// The direction of the newest signal.
    private(set) var newest: Plan.Direction?
    /// The newest record that was not cleared.
    private(set) var wanted: Wanted?

    private var dispatcher: Dispatcher
    private var random: Generator
    private var now = Instant.zero
    /// What is open, and what it is to answer when.
    private var open: [(id: WorkID, kind: Kind, until: Instant, of: Plan.Direction)] = []
    /// What the input that is answered is about.
    private var cause = Plan.Direction.release
    private var running: Plan.Direction?
    private var isTold = false
    private var isHeld = false
    private var givenUp = false
    private var lastID = 0
    private var serial = 0

    private enum Kind { case look, sleep }

    /// A small generator, the same in every process (SplitMix64).
    struct Generator {
        var state: UInt64
        mutating func next(_ limit: Int) -> Int {
            state &+= 0x9E37_79B9_7F4A_7C15
            var mixed = state
            mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
            mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
            return Int((mixed ^ (mixed >> 31)) % UInt64(limit))
        }
    }

    init(_ dispatcher: Dispatcher, seed: UInt64) {
        self.dispatcher = dispatcher
        random = Generator(state: seed)
    }

    /// Blows for so many inputs, calms down, and lets everything succeed.
    mutating func pass(_ count: Int) {
        let first = random.next(4) == 0 ? nil : record()
        wanted = first
        let kinds: [Ending.Kind] = [.stuck, .rolledBack, .done, .superseded]
        let earlier = Ending(
            kinds[random.next(4)], reason: "x", isCommitted: random.next(2) == 0)
        let direction: Plan.Direction = random.next(2) == 0 ? .acquire : .release
        let before = random.next(2) == 0 ? Leavings.nothing : .part
        let leavings = random.next(3) == 0 ? before.after(earlier, of: direction) : .nothing
        send(.start(wanted: first, leavings: leavings), "start")
        for _ in 0..<count {
            now = now + .milliseconds(random.next(4000))
            happen()
        }
        calm()
    }

    /// The last signal comes, nothing fails any more, and the rest plays out.
    private mutating func calm() {
        if isHeld { toggleHold() }
        signal()
        givenUp = false
        for _ in 0..<200 {
            if running != nil {
                end(isTold && running == .acquire && random.next(2) == 0 ? .superseded : .done)
            } else if let next = open.first {
                answer(next.id, next.kind, holds: true)
            } else {
                return
            }
        }
        faults.append("it does not come to rest")
    }

    private mutating func happen() {
        switch random.next(10) {
        case 0...2: signal()
        case 3: if random.next(4) == 0 { toggleHold() }
        case 4:
            let stale = WorkID(random.next(lastID + 3) + (open.isEmpty ? 0 : 1000))
            send(random.next(2) == 0 ? .woke(stale) : .looked(stale, Look(.holds, .none)), "stale")
        case 5: send(.wanted(old()), "old record")
        case 6...7:
            guard running != nil else { return answerOne() }
            let kinds = Ending.Kind.allCases.filter { $0 != .superseded || isTold }
            end(kinds[random.next(kinds.count)])
        default: answerOne()
        }
    }

    private mutating func answerOne() {
        guard !open.isEmpty else { return }
        let (id, kind, _, _) = open[random.next(open.count)]
        answer(id, kind, holds: random.next(2) == 0)
    }

    private mutating func record() -> Wanted {
        serial += 1
        return Wanted(
            direction: random.next(2) == 0 ? .acquire : .release, signal: "s", source: "s",
            at: now, serial: "\(100_000 + serial)")
    }

    private mutating func old() -> Wanted {
        Wanted(
            direction: random.next(2) == 0 ? .acquire : .release, signal: "s", source: "s",
            at: now, serial: serial == 0 ? "" : "\(100_000 + random.next(serial + 1))")
    }

    private mutating func signal() {
        let record = record()
        wanted = record
        newest = record.direction
        let isFree = running == nil && !isHeld
        let orders = send(.wanted(record), "\(record.direction) \(record.serial)")
        // Nothing but a run under way, or a hold, may stand between a release and its signal.
        if record.direction == .release, isFree {
            let begins = orders.contains {
                if case .run(.release, _, _) = $0 { true } else { false }
            }
            let goesOn = open.contains { $0.kind == .sleep && $0.of == .release }
            if !begins, !goesOn { faults.append("release \(record.serial) waits") }
        }
    }

    private mutating func toggleHold() {
        isHeld.toggle()
        send(.held(isHeld ? .all : .nothing), isHeld ? "held" : "unheld")
    }

    private mutating func end(_ kind: Ending.Kind) {
        guard let direction = running else { return }
        runs.append((direction, kind))
        running = nil
        givenUp = kind == .interrupted || direction == .acquire && kind != .done
        cause = direction
        let isCommitted = kind == .stuck && direction == .acquire && random.next(2) == 0
        let required = random.next(2) == 0 ? [] : [FlagCondition("whole", .up)]
        send(
            .ended(Ending(kind, reason: "x", isCommitted: isCommitted), required: required),
            "ended \(direction) \(kind)\(isCommitted ? " serving" : "")")
    }

    private mutating func answer(_ id: WorkID, _ kind: Kind, holds: Bool) {
        guard let place = open.firstIndex(where: { $0.id == id }) else { return }
        let until = open.remove(at: place).until
        switch kind {
        case .sleep:
            now = max(now, until)
            send(.woke(id), "woke \(id.number)")
        case .look:
            if !holds { now = max(now, until) }
            let verdict: Verdict = holds ? .holds : .doesNot("no")
            cause = .acquire
            send(.looked(id, Look(verdict, .none)), "looked \(id.number) \(holds)")
        }
    }
}

// MARK: - The witness

extension Weather {
    @discardableResult
    private mutating func send(_ input: Dispatcher.Input, _ text: String) -> [Dispatcher.Order] {
        inputCount += 1
        let orders = dispatcher.handle(input, at: now)
        orderCount += orders.count
        let told = orders.compactMap(Tale.text).joined(separator: "; ")
        log.append("\(text) => \(told)")
        defer { cause = .release }
        if orders.count > 6 { faults.append("\(orders.count) orders at once") }
        for order in orders { take(order) }
        if open.count > 1 { faults.append("\(open.count) pieces of work are open") }
        if running != nil, !open.isEmpty { faults.append("work is open beside a run") }
        if running == nil, open.isEmpty, !hasLeft { faults.append("it waits for nothing") }
        return orders
    }

    private mutating func take(_ order: Dispatcher.Order) {
        switch order {
        case .work(.await(let id, _, let until, _)): begin(id, .look, until)
        case .work(.sleep(let id, let until)): begin(id, .sleep, until)
        case .work(.cancel(let id)): open.removeAll { $0.id == id }
        case .work: faults.append("work that is not its own")
        case .run(let direction, _, _):
            if running != nil { faults.append("two runs at once") }
            if isHeld { faults.append("a run begins although held") }
            running = direction
            isTold = false
            hasLeft = false
        case .supersede(let direction):
            if running == nil || running == direction || isTold {
                faults.append("superseded by \(direction)")
            }
            isTold = true
        case .clear(let record):
            if record.serial != wanted?.serial { faults.append("clears \(record.serial)") }
            let isDone = runs.last.map { $0.kind == .done } ?? false
            if !isDone, !givenUp { faults.append("clears what is neither done nor given up") }
            wanted = nil
        case .say(let text, _): if text.isEmpty { faults.append("says nothing") }
        case .leave:
            if wanted != nil, !isHeld { faults.append("leaves with something wanted") }
            if running != nil || !open.isEmpty { faults.append("leaves work behind") }
            hasLeft = true
        }
    }

    private mutating func begin(_ id: WorkID, _ kind: Kind, _ until: Instant) {
        if id.number <= lastID { faults.append("the id \(id.number) comes again") }
        lastID = id.number
        if until <= now || until > now + .seconds(3600) { faults.append("no limit") }
        if isHeld { faults.append("work begins although held") }
        let isRelease = wanted?.direction == .release
        if isRelease, until > now + .seconds(4) { faults.append("a release waits for long") }
        open.append((id, kind, until, isRelease ? .release : cause))
        hasLeft = false
    }
}
